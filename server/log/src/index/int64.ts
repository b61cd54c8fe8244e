/**
 * int64 in big-endian bytes as a number, exact to 2^53 - 1; the index files are made of them.
 */
const TWO_POW_32 = 4294967296

export function readInt64(bytes: Buffer, position: number): number {
  return bytes.readInt32BE(position) * TWO_POW_32 + bytes.readUInt32BE(position + 4)
}

export function writeInt64(bytes: Buffer, value: number, position: number): void {
  const high = Math.floor(value / TWO_POW_32)
  bytes.writeInt32BE(high, position)
  bytes.writeUInt32BE(value - high * TWO_POW_32, position + 4)
}
