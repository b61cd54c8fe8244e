/**
 * The one error of this client: what a broker answered, under Kafka's name for it, or what went wrong
 * before there was an answer.
 *
 * `retriable` says whether the same call may succeed later: the client has already tried for as long as
 * it was told to. `fatal` says that the object it came from can do no more (a fenced producer, a closed
 * client). The text says what happened, where, and what to do.
 */
import { apiName, errorName, isRetriable, type ErrorName } from '@ottla/protocol'

/** Of this client, next to Kafka's own names. */
export type ClientErrorCode =
  | 'BUFFER_EXHAUSTED'
  | 'CLIENT_CLOSED'
  | 'CONNECTION_FAILED'
  | 'CONNECTION_LOST'
  | 'DELIVERY_TIMED_OUT'
  | 'DESERIALIZATION_FAILED'
  | 'INVALID_ARGUMENT'
  | 'LISTENER_FAILED'
  | 'MALFORMED_RESPONSE'
  | 'SERIALIZATION_FAILED'
  | 'TIMED_OUT'

export type KafkaErrorCode = ErrorName | ClientErrorCode

export interface KafkaErrorOptions {
  readonly cause?: unknown
  /** Default: what Kafka says of its own codes; of ours true for what time may mend. */
  readonly retriable?: boolean
  /** Default false. */
  readonly fatal?: boolean
  /** The request it answers. */
  readonly apiKey?: number | undefined
  /** host:port of the broker that answered, or did not. */
  readonly broker?: string | undefined
}

const RETRIABLE: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'BUFFER_EXHAUSTED',
  'CONNECTION_FAILED',
  'CONNECTION_LOST',
  'TIMED_OUT',
])

/**
 * ```ts
 * try {
 *   await orders.send({ key, value })
 * } catch (error) {
 *   if (error instanceof KafkaError && error.code === 'MESSAGE_TOO_LARGE') …
 * }
 * ```
 */
export class KafkaError extends Error {
  override readonly name = 'KafkaError'
  readonly code: KafkaErrorCode
  readonly retriable: boolean
  readonly fatal: boolean
  readonly apiKey: number | undefined
  readonly broker: string | undefined

  constructor(code: KafkaErrorCode, message: string, options: KafkaErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.retriable = options.retriable ?? RETRIABLE.has(code)
    this.fatal = options.fatal ?? false
    this.apiKey = options.apiKey
    this.broker = options.broker
  }
}

export interface Answered {
  readonly apiKey: number
  readonly broker: string
  /** The broker's own words, where the API has some. */
  readonly message?: string | null
  /** What it is about: `topic "orders" partition 3`, `group "billing"`. */
  readonly what?: string
}

/** For an error code in an answer; the code must not be 0. */
export function answeredError(errorCode: number, answered: Answered): KafkaError {
  const { apiKey, broker, message, what } = answered
  const code = errorName(errorCode)
  const about = what === undefined ? '' : ` for ${what}`
  const words = message === undefined || message === null || message === '' ? '' : `: ${message}`
  const known = code === 'UNKNOWN_SERVER_ERROR' && errorCode !== -1 ? ` (code ${errorCode})` : ''
  return new KafkaError(
    code,
    `${apiName(apiKey)}${about} was answered ${code}${known} by ${broker}${words}`,
    { retriable: isRetriable(errorCode), apiKey, broker },
  )
}
