/**
 * The tagged section at the end of every struct of a flexible version (KIP-482).
 *
 *   [ count uvarint ] then per field [ tag uvarint ][ size uvarint ][ size bytes ]
 *
 * Unknown tags are skipped by their size, which is how a newer peer adds fields without a new version.
 */
import { MalformedError, type ByteReader, type ByteWriter } from '@ottla/base'

/** Capacity for one field; larger ones grow. */
export const TAGGED_FIELD_BYTES = 128

export function skipTaggedFields(reader: ByteReader): void {
  for (let left = reader.readUnsignedVarint(); left > 0; left--) {
    reader.readUnsignedVarint()
    reader.skip(readTaggedSize(reader))
  }
}

export function readTaggedSize(reader: ByteReader): number {
  const byteCount = reader.readUnsignedVarint()
  if (byteCount <= reader.remaining) return byteCount
  throw new MalformedError(
    `Cannot read a tagged field of ${byteCount} bytes: ${reader.remaining} are left`,
    reader.position,
  )
}

/** A known field must use exactly the bytes it announced. */
export function endTaggedField(reader: ByteReader, end: number): void {
  if (reader.position === end) return
  throw new MalformedError('Cannot read a tagged field: its size is wrong', reader.position)
}

export function writeTaggedField(writer: ByteWriter, tag: number, field: ByteWriter): void {
  writer.writeUnsignedVarint(tag)
  writer.writeUnsignedVarint(field.length)
  for (const chunk of field.finish()) writer.writeBytes(chunk)
}
