/** Keys and values to bytes; what a serde throws becomes SERIALIZATION_FAILED. */
import { KafkaError } from '../kafka-error.ts'
import type { Serializer } from '../topic.ts'

type Bytes = Uint8Array | null

/** Asynchronous only where the serde is. */
export function serialize<T>(
  serializer: Serializer<T>,
  value: T | null | undefined,
  context: { readonly topic: string; readonly part: 'key' | 'value' },
): Bytes | Promise<Bytes> {
  if (value === null || value === undefined) return null
  let bytes: Uint8Array | Promise<Uint8Array>
  try {
    bytes = serializer.serialize(value, context)
  } catch (cause) {
    throw failed(context, cause)
  }
  if (bytes instanceof Uint8Array) return bytes
  return later(bytes, context)
}

async function later(
  bytes: Promise<Uint8Array>,
  context: { readonly topic: string; readonly part: 'key' | 'value' },
): Promise<Uint8Array> {
  let value: unknown
  try {
    value = await bytes
  } catch (cause) {
    throw failed(context, cause)
  }
  if (value instanceof Uint8Array) return value
  throw failed(context, new TypeError(`${typeof value} in place of bytes`))
}

function failed({ topic, part }: { topic: string; part: string }, cause: unknown): KafkaError {
  if (cause instanceof KafkaError && cause.code === 'SERIALIZATION_FAILED') return cause
  const why = cause instanceof Error ? cause.message : String(cause)
  return new KafkaError(
    'SERIALIZATION_FAILED',
    `Cannot serialize the ${part} of a record for topic "${topic}": ${why}`,
    { cause },
  )
}
