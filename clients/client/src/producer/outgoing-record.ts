/**
 * One record on its way into a batch: serialized, and one object for all of them, because a producer
 * puts one record at a time where it belongs.
 */
import type { RecordHeader, SimpleRecord } from '@ottla/records'
import type { HeadersInit } from '../message.ts'
import { KafkaError } from '../kafka-error.ts'

export interface MutableRecord extends SimpleRecord {
  key: Uint8Array | null
  value: Uint8Array | null
  timestamp: number
  headers: readonly RecordHeader[]
}

export const NO_HEADERS: readonly RecordHeader[] = []

/**
 * Length 5, attributes 1, timestamp delta 10, offset delta 5, lengths of key and value 5 each, count of
 * headers 5: what a record takes at most beside its content.
 */
const RECORD_OVERHEAD_BYTES_MAX = 36
/** Lengths of name and value. */
const HEADER_OVERHEAD_BYTES_MAX = 10

/** An upper bound of what the record takes in a batch; the unit in which the buffer is counted. */
export function recordBytes(
  key: Uint8Array | null,
  value: Uint8Array | null,
  headers: readonly RecordHeader[],
): number {
  let byteCount =
    RECORD_OVERHEAD_BYTES_MAX +
    (key === null ? 0 : key.length) +
    (value === null ? 0 : value.length)
  for (const header of headers) {
    byteCount += HEADER_OVERHEAD_BYTES_MAX + Buffer.byteLength(header.key)
    if (header.value !== null) byteCount += header.value.length
  }
  return byteCount
}

export function recordHeaders(init: HeadersInit | undefined): readonly RecordHeader[] {
  if (init === undefined) return NO_HEADERS
  const pairs = isIterable(init) ? init : Object.entries(init)
  const headers: RecordHeader[] = []
  for (const [key, value] of pairs) headers.push({ key, value: headerValue(key, value) })
  return headers
}

function isIterable(
  init: HeadersInit,
): init is Iterable<readonly [string, Uint8Array | string | null]> {
  return Symbol.iterator in init
}

function headerValue(name: string, value: Uint8Array | string | null): Buffer | null {
  if (value === null) return null
  if (typeof value === 'string') return Buffer.from(value, 'utf8')
  if (Buffer.isBuffer(value)) return value
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  }
  throw new KafkaError(
    'INVALID_ARGUMENT',
    `Header "${name}" is ${typeof value}: a string, bytes or null expected`,
  )
}
