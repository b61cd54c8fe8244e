/** Which refusals end a transaction, and which end the producer (KIP-588, KIP-1050). */
import { KafkaError, type KafkaErrorCode } from '../kafka-error.ts'

const FENCED: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
])

/** A new transaction would meet them again. */
const FATAL: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'CLUSTER_AUTHORIZATION_FAILED',
  'INVALID_TRANSACTION_TIMEOUT',
  'INVALID_TXN_STATE',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
  'UNSUPPORTED_VERSION',
])

/** Of the transaction's coordinator; what a partition's leader says is settled by the abort. */
export function isFatal(error: unknown): error is KafkaError {
  return error instanceof KafkaError && (FENCED.has(error.code) || FATAL.has(error.code))
}

/** The same with a text that helps, and marked as the last word of the producer. */
export function asFatal(error: KafkaError, transactionalId: string): KafkaError {
  const { apiKey, broker } = error
  const about = { cause: error, apiKey, broker, fatal: true, retriable: false }
  if (!FENCED.has(error.code)) return new KafkaError(error.code, error.message, about)
  return new KafkaError(
    'PRODUCER_FENCED',
    `${error.message}. Another producer uses the transactional id "${transactionalId}" by now: each running program needs an id of its own`,
    about,
  )
}

export function commitUnknown(error: unknown, transactionalId: string): KafkaError {
  const why = error instanceof Error ? error.message : String(error)
  return new KafkaError(
    'TIMED_OUT',
    `Whether the transaction of "${transactionalId}" was committed is not known: ${why}. The next producer of this id settles it; what a consumer has committed in it shows which way it went`,
    { cause: error, fatal: true, retriable: false },
  )
}

export function tooLong(transactionTimeoutMs: number): KafkaError {
  return new KafkaError(
    'TIMED_OUT',
    `The transaction was not committed within transactionTimeoutMs, ${transactionTimeoutMs} ms, and is aborted`,
  )
}

/** For what was never sent. */
export function abortedWith(error: unknown, transactionalId: string): KafkaError {
  const why = error instanceof Error ? error.message : String(error)
  return new KafkaError(
    'TRANSACTION_ABORTABLE',
    `Not sent: the transaction of "${transactionalId}" is aborted: ${why}`,
    { cause: error },
  )
}

export function hasEnded(transactionalId: string): KafkaError {
  return new KafkaError(
    'INVALID_TXN_STATE',
    `The transaction of "${transactionalId}" has ended: nothing more can be part of it`,
  )
}
