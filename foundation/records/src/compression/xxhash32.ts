/**
 * xxHash32 with seed 0, the checksum of LZ4 frames (header, blocks, content).
 *
 * Four lanes take four bytes each of every 16; what is left is folded in by fours and ones. All
 * arithmetic is modulo 2^32, hence Math.imul.
 */
const PRIME_1 = 0x9e3779b1 | 0
const PRIME_2 = 0x85ebca77 | 0
const PRIME_3 = 0xc2b2ae3d | 0
const PRIME_4 = 0x27d4eb2f | 0
const PRIME_5 = 0x165667b1 | 0

/** Unsigned hash of the bytes from `start` to `end`. */
export function xxhash32(bytes: Buffer, start = 0, end = bytes.length): number {
  const length = end - start
  let at = start
  let hash = PRIME_5
  if (length >= 16) {
    let lane1 = (PRIME_1 + PRIME_2) | 0
    let lane2 = PRIME_2
    let lane3 = 0
    let lane4 = -PRIME_1 | 0
    for (const last = end - 16; at <= last; at += 16) {
      lane1 = round(lane1, wordAt(bytes, at))
      lane2 = round(lane2, wordAt(bytes, at + 4))
      lane3 = round(lane3, wordAt(bytes, at + 8))
      lane4 = round(lane4, wordAt(bytes, at + 12))
    }
    hash = rotate(lane1, 1) + rotate(lane2, 7) + rotate(lane3, 12) + rotate(lane4, 18)
  }
  hash = (hash + length) | 0
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(rotate((hash + Math.imul(wordAt(bytes, at), PRIME_3)) | 0, 17), PRIME_4)
  }
  for (; at < end; at++) {
    hash = (hash + Math.imul(bytes[at] as number, PRIME_5)) | 0
    hash = Math.imul(rotate(hash, 11), PRIME_1)
  }
  return avalanche(hash)
}

function round(lane: number, word: number): number {
  return Math.imul(rotate((lane + Math.imul(word, PRIME_2)) | 0, 13), PRIME_1)
}

function avalanche(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 15), PRIME_2)
  mixed = Math.imul(mixed ^ (mixed >>> 13), PRIME_3)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits))
}

/** Little-endian, without the checks of readInt32LE: the callers stay inside `end`. */
function wordAt(bytes: Buffer, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  )
}
