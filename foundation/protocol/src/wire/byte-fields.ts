/** `bytes` and `records` on the wire: an int32 length or a compact one, then an opaque slice. */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { writeCount } from './arrays.ts'

/** A view into the frame; whoever keeps it beyond the request copies it. */
export function readBytes(reader: ByteReader, flexible: boolean): Buffer | null {
  const length = flexible ? reader.readUnsignedVarint() - 1 : reader.readInt32()
  return length < 0 ? null : reader.readSlice(length)
}

export function writeBytes(writer: ByteWriter, flexible: boolean, value: Buffer): void {
  writeCount(writer, flexible, value.length)
  writer.writeBytes(value)
}
