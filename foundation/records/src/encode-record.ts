/**
 * Encodes one record into a flat buffer; the layout is drawn in record-cursor.ts.
 *
 * Sizes come first because a record begins with its own length, as a varint. The caller makes room.
 */
import type { RecordHeader, SimpleRecord } from './simple-record.ts'

/** Length fields of null are -1, which takes one byte as a varint. */
const NULL_LENGTH = -1
const ATTRIBUTES_BYTES = 1

export interface RecordDeltas {
  readonly timestampDelta: number
  readonly offsetDelta: number
}

export function varintBytes(value: number): number {
  return unsignedBytes(zigzag(value))
}

/** Position after the last byte. */
export function writeVarint(target: Buffer, at: number, value: number): number {
  let position = at
  let rest = zigzag(value)
  while (rest >= 0x80) {
    target[position++] = (rest & 0x7f) | 0x80
    // Not a shift: timestamp deltas go beyond 32 bits.
    rest = Math.floor(rest / 128)
  }
  target[position++] = rest
  return position
}

function zigzag(value: number): number {
  return value >= 0 ? value * 2 : value * -2 - 1
}

function unsignedBytes(value: number): number {
  let byteCount = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 128)) byteCount++
  return byteCount
}

/** Attributes and deltas: what stands between a record's length and its content. */
export function prefixBytes(deltas: RecordDeltas): number {
  return ATTRIBUTES_BYTES + varintBytes(deltas.timestampDelta) + varintBytes(deltas.offsetDelta)
}

/** Key, value and headers. */
export function contentBytes(record: SimpleRecord): number {
  let byteCount = bytesFieldBytes(record.key) + bytesFieldBytes(record.value)
  const headers = record.headers
  if (headers === undefined) return byteCount + varintBytes(0)
  byteCount += varintBytes(headers.length)
  for (const header of headers) {
    const keyBytes = Buffer.byteLength(header.key)
    byteCount += varintBytes(keyBytes) + keyBytes + bytesFieldBytes(header.value)
  }
  return byteCount
}

function bytesFieldBytes(bytes: Uint8Array | null): number {
  if (bytes === null) return varintBytes(NULL_LENGTH)
  return varintBytes(bytes.length) + bytes.length
}

/** Length, attributes and deltas; returns where the content goes. */
export function writePrefix(
  target: Buffer,
  at: number,
  bodyBytes: number,
  deltas: RecordDeltas,
): number {
  let position = writeVarint(target, at, bodyBytes)
  target[position++] = 0
  position = writeVarint(target, position, deltas.timestampDelta)
  return writeVarint(target, position, deltas.offsetDelta)
}

export function writeContent(target: Buffer, at: number, record: SimpleRecord): number {
  let position = writeBytesField(target, at, record.key)
  position = writeBytesField(target, position, record.value)
  const headers: readonly RecordHeader[] = record.headers ?? []
  position = writeVarint(target, position, headers.length)
  for (const header of headers) {
    const keyBytes = Buffer.byteLength(header.key)
    position = writeVarint(target, position, keyBytes)
    position += target.write(header.key, position, keyBytes, 'utf8')
    position = writeBytesField(target, position, header.value)
  }
  return position
}

function writeBytesField(target: Buffer, at: number, bytes: Uint8Array | null): number {
  if (bytes === null) return writeVarint(target, at, NULL_LENGTH)
  const position = writeVarint(target, at, bytes.length)
  target.set(bytes, position)
  return position + bytes.length
}
