/**
 * The LZ4 frame format, version 1.6 of its description, as far as record batches need it.
 *
 *   | magic 04 22 4d 18 | flags | block descriptor | content size? uint64 | header checksum |
 *   | block ... | end mark 00 00 00 00 | content checksum? uint32 |
 *   block: | size uint32, top bit = stored as it is | bytes | block checksum? uint32 |
 *
 * All integers are little-endian. Checksums are xxHash32; that of the header is its second byte, over
 * flags to content size (KIP-57 is about the wrong one of message formats before 2).
 */
export const LZ4_MAGIC = 0x184d2204
export const LZ4_MAGIC_BYTES = 4

export const FLAG_VERSION_MASK = 0xc0
export const FLAG_VERSION_1 = 0x40
export const FLAG_BLOCKS_INDEPENDENT = 0x20
export const FLAG_BLOCK_CHECKSUM = 0x10
export const FLAG_CONTENT_SIZE = 0x08
export const FLAG_CONTENT_CHECKSUM = 0x04
export const FLAG_RESERVED = 0x02
export const FLAG_DICTIONARY = 0x01

export const BLOCK_STORED = 0x80000000

/** The least code of a block size, 64 KiB; the greatest is 7, 4 MiB. */
export const BLOCK_CODE_64_KIB = 4
const BLOCK_CODE_MAX = 7

/** The largest content of one block, or undefined where the code names none. */
export function blockBytesMaxOf(blockDescriptor: number): number | undefined {
  const code = blockDescriptor >>> 4
  // Compared with the whole byte shifted, so that a set reserved bit is refused as well.
  if (code < BLOCK_CODE_64_KIB || code > BLOCK_CODE_MAX || (blockDescriptor & 0x0f) !== 0) {
    return undefined
  }
  return 2 ** (8 + 2 * code)
}
