/**
 * Strings on the wire: int16 length in fixed versions, unsigned varint of length + 1 in flexible ones.
 *
 *   fixed:     [ length int16, -1 for null ][ UTF-8 ]
 *   flexible:  [ length + 1 uvarint, 0 for null ][ UTF-8 ]
 */
import { MalformedError, type ByteReader, type ByteWriter } from '@ottla/base'

const STRING_BYTES_MAX = 32767

/** Any negative length is null, as in Kafka; flexible versions could name longer strings, none may. */
export function readString(reader: ByteReader, flexible: boolean): string | null {
  const length = flexible ? reader.readUnsignedVarint() - 1 : reader.readInt16()
  if (length > STRING_BYTES_MAX) {
    throw new MalformedError(`Cannot read a string of ${length} bytes`, reader.position)
  }
  return length < 0 ? null : reader.readUtf8(length)
}

export function writeString(writer: ByteWriter, flexible: boolean, value: string): void {
  const byteCount = Buffer.byteLength(value, 'utf8')
  if (byteCount > STRING_BYTES_MAX) {
    throw new RangeError(
      `Cannot encode a string of ${byteCount} bytes: ${STRING_BYTES_MAX} are allowed`,
    )
  }
  if (flexible) writer.writeUnsignedVarint(byteCount + 1)
  else writer.writeInt16(byteCount)
  writer.writeUtf8(value, byteCount)
}

export function writeNullString(writer: ByteWriter, flexible: boolean): void {
  if (flexible) writer.writeUint8(0)
  else writer.writeInt16(-1)
}
