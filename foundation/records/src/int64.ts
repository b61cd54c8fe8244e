/**
 * int64 fields at a position, as numbers: exact to 2^53 - 1, saturated beyond like ByteReader does
 * (Long.MAX_VALUE means "no limit" where clients write it).
 */
const TWO_POW_32 = 4294967296

export function readInt64(buffer: Buffer, position: number): number {
  const high = buffer.readInt32BE(position)
  const value = high * TWO_POW_32 + buffer.readUInt32BE(position + 4)
  if (Number.isSafeInteger(value)) return value
  return high < 0 ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER
}

export function writeInt64(buffer: Buffer, position: number, value: number): void {
  const high = Math.floor(value / TWO_POW_32)
  buffer.writeInt32BE(high, position)
  buffer.writeUInt32BE(value - high * TWO_POW_32, position + 4)
}
