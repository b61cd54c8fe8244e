/**
 * Counts and arrays of primitives: int32 count in fixed versions, unsigned varint of count + 1 in
 * flexible ones. A count is checked against the bytes left before anything is allocated.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { notNull } from './not-null.ts'
import { readString, writeString } from './strings.ts'

/** -1 for null; any negative count is null, as in Kafka. */
export function readCount(reader: ByteReader, flexible: boolean, elementBytesMin: number): number {
  const count = flexible ? reader.readUnsignedVarint() - 1 : reader.readInt32()
  return count < 0 ? -1 : reader.checkCount(count, elementBytesMin)
}

/** Also the length of bytes; -1 for null. */
export function writeCount(writer: ByteWriter, flexible: boolean, count: number): void {
  if (flexible) writer.writeUnsignedVarint(count + 1)
  else writer.writeInt32(count)
}

export function readInt8Array(reader: ByteReader, flexible: boolean): number[] | null {
  const count = readCount(reader, flexible, 1)
  if (count < 0) return null
  const values: number[] = []
  for (let index = 0; index < count; index++) values.push(reader.readInt8())
  return values
}

export function readInt16Array(reader: ByteReader, flexible: boolean): number[] | null {
  const count = readCount(reader, flexible, 2)
  if (count < 0) return null
  const values: number[] = []
  for (let index = 0; index < count; index++) values.push(reader.readInt16())
  return values
}

export function readInt32Array(reader: ByteReader, flexible: boolean): number[] | null {
  const count = readCount(reader, flexible, 4)
  if (count < 0) return null
  const values: number[] = []
  for (let index = 0; index < count; index++) values.push(reader.readInt32())
  return values
}

export function readInt64Array(reader: ByteReader, flexible: boolean): number[] | null {
  const count = readCount(reader, flexible, 8)
  if (count < 0) return null
  const values: number[] = []
  for (let index = 0; index < count; index++) values.push(reader.readInt64())
  return values
}

export function readStringArray(reader: ByteReader, flexible: boolean): string[] | null {
  const count = readCount(reader, flexible, flexible ? 1 : 2)
  if (count < 0) return null
  const values: string[] = []
  for (let index = 0; index < count; index++) {
    values.push(notNull(reader, readString(reader, flexible), 'an element'))
  }
  return values
}

export function writeInt8Array(writer: ByteWriter, flexible: boolean, values: number[]): void {
  writeCount(writer, flexible, values.length)
  for (const value of values) writer.writeInt8(value)
}

export function writeInt16Array(writer: ByteWriter, flexible: boolean, values: number[]): void {
  writeCount(writer, flexible, values.length)
  for (const value of values) writer.writeInt16(value)
}

export function writeInt32Array(writer: ByteWriter, flexible: boolean, values: number[]): void {
  writeCount(writer, flexible, values.length)
  for (const value of values) writer.writeInt32(value)
}

export function writeInt64Array(writer: ByteWriter, flexible: boolean, values: number[]): void {
  writeCount(writer, flexible, values.length)
  for (const value of values) writer.writeInt64(value)
}

export function writeStringArray(writer: ByteWriter, flexible: boolean, values: string[]): void {
  writeCount(writer, flexible, values.length)
  for (const value of values) writeString(writer, flexible, value)
}
