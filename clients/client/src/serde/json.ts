/** JSON, and a schema that it is held to on the way out and on the way in. */
import { KafkaError, type KafkaErrorCode } from '../kafka-error.ts'
import type { Serde, SerdeContext } from './serde.ts'
import type { OutputOf, StandardIssue, StandardResult, StandardSchema } from './standard-schema.ts'

export interface JsonOptions {
  /**
   * 'both' by default. A schema that transforms (text to a Date, say) is for reading: what it gives is
   * not what it takes.
   */
  readonly validate?: 'both' | 'read' | 'write'
}

/**
 * JSON as UTF-8. With a schema (any Standard Schema: zod, valibot, arktype …) values are checked before
 * they are sent and after they are received: SERIALIZATION_FAILED and DESERIALIZATION_FAILED name what
 * is wrong. Without one the type is taken on trust.
 *
 * ```ts
 * const Order = z.object({ id: z.string(), total: z.number() })
 * const Orders = kafka.topic('orders', { key: string(), value: json(Order) })
 * ```
 */
export function json<S extends StandardSchema>(schema: S, options?: JsonOptions): Serde<OutputOf<S>>
export function json<T = unknown>(): Serde<T>
export function json(schema?: StandardSchema, options: JsonOptions = {}): Serde<unknown> {
  if (schema === undefined) return { serialize: toBytes, deserialize: fromBytes }
  const { validate = 'both' } = options
  return {
    serialize:
      validate === 'read'
        ? toBytes
        : (value, context) => {
            const result = schema['~standard'].validate(value)
            // What was given is sent, not what the schema makes of it: the reader does that again.
            return then(result, (outcome) => {
              accept(outcome, 'SERIALIZATION_FAILED', context)
              return toBytes(value, context)
            })
          },
    deserialize:
      validate === 'write'
        ? fromBytes
        : (bytes, context) =>
            then(schema['~standard'].validate(fromBytes(bytes, context)), (outcome) =>
              accept(outcome, 'DESERIALIZATION_FAILED', context),
            ),
  }
}

function toBytes(value: unknown, context: SerdeContext): Uint8Array {
  const text = JSON.stringify(value) as string | undefined
  if (text !== undefined) return Buffer.from(text, 'utf8')
  throw new KafkaError(
    'SERIALIZATION_FAILED',
    `The ${context.part} for topic "${context.topic}" is ${typeof value}, which JSON cannot say`,
  )
}

function fromBytes(bytes: Buffer, context: SerdeContext): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new KafkaError(
      'DESERIALIZATION_FAILED',
      `The ${context.part} of a record of topic "${context.topic}" is not JSON`,
      { cause },
    )
  }
}

/** Without a promise where there was none. */
function then<T, R>(value: T | Promise<T>, next: (value: T) => R): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}

function accept<T>(outcome: StandardResult<T>, code: KafkaErrorCode, context: SerdeContext): T {
  if (outcome.issues === undefined) return outcome.value
  const what = outcome.issues.map(issueText).join('; ')
  throw new KafkaError(
    code,
    `The ${context.part} for topic "${context.topic}" does not fit its schema: ${what}`,
    { cause: outcome.issues },
  )
}

function issueText({ message, path = [] }: StandardIssue): string {
  const names = path.map((part) => String(typeof part === 'object' ? part.key : part))
  return names.length === 0 ? message : `${names.join('.')}: ${message}`
}
