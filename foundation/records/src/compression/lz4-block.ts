/**
 * Decodes one LZ4 block: a row of sequences, each some literals and then a copy of earlier output.
 *
 *   | token: 4 bits literal length, 4 bits match length - 4 | more literal length | literals |
 *   | offset uint16 LE | more match length |        (the last sequence ends after its literals)
 *
 * In TypeScript because it is as fast as the native call (which allocates and copies per block), can
 * stop exactly at a limit, and reads linked blocks straight from the output.
 *
 * Bench: codec.bench.ts
 */
import { contentMalformed } from './decompression-failure.ts'

/** From here on a native copy beats the byte loop. */
const NATIVE_COPY_BYTES_MIN = 48
const MATCH_BYTES_MIN = 4
/** A length of 15 in the token goes on in the following bytes. */
const NIBBLE_MAX = 15

export interface Lz4BlockInput {
  readonly source: Buffer
  readonly start: number
  readonly end: number
}

export interface Lz4BlockOutput {
  readonly target: Buffer
  readonly start: number
  /** Nothing is written from here on. */
  readonly limit: number
  /** Matches reach back to here: the block's own start, or the frame's when blocks are linked. */
  readonly historyStart: number
}

/** Returned instead of an end position when the block does not fit below the limit. */
export const LZ4_BLOCK_DOES_NOT_FIT = -1

/** Position after the last byte written, or LZ4_BLOCK_DOES_NOT_FIT. */
export function decodeLz4Block(input: Lz4BlockInput, output: Lz4BlockOutput): number {
  const { source, end } = input
  const { target, limit, historyStart } = output
  let read = input.start
  let write = output.start

  for (;;) {
    if (read >= end) throw cut(read)
    const token = source[read++] as number

    let literalBytes = token >>> 4
    if (literalBytes === NIBBLE_MAX) {
      let more: number
      do {
        if (read >= end) throw cut(read)
        more = source[read++] as number
        literalBytes += more
      } while (more === 255)
    }
    if (literalBytes > end - read) throw cut(read)
    if (literalBytes > limit - write) return LZ4_BLOCK_DOES_NOT_FIT
    if (literalBytes > NATIVE_COPY_BYTES_MIN) {
      source.copy(target, write, read, read + literalBytes)
      read += literalBytes
      write += literalBytes
    } else {
      const literalsEnd = read + literalBytes
      while (read < literalsEnd) target[write++] = source[read++] as number
    }
    if (read === end) return write

    if (end - read < 2) throw cut(read)
    const distance = (source[read] as number) | ((source[read + 1] as number) << 8)
    if (distance === 0 || distance > write - historyStart) {
      throw contentMalformed('lz4', `a match reaches back ${distance} bytes`, { position: read })
    }
    read += 2

    let matchBytes = token & NIBBLE_MAX
    if (matchBytes === NIBBLE_MAX) {
      let more: number
      do {
        if (read >= end) throw cut(read)
        more = source[read++] as number
        matchBytes += more
      } while (more === 255)
    }
    matchBytes += MATCH_BYTES_MIN
    if (matchBytes > limit - write) return LZ4_BLOCK_DOES_NOT_FIT
    write = copyMatch(target, write, distance, matchBytes)
  }
}

/**
 * A match may overlap what it writes: distance 1 repeats one byte. Each native copy then takes all
 * that is there already, so the piece doubles every time.
 */
function copyMatch(target: Buffer, start: number, distance: number, byteCount: number): number {
  const from = start - distance
  const end = start + byteCount
  let write = start
  if (byteCount > NATIVE_COPY_BYTES_MIN) {
    while (write < end) {
      const piece = Math.min(end - write, write - from)
      target.copyWithin(write, from, from + piece)
      write += piece
    }
    return end
  }
  let read = from
  while (write < end) target[write++] = target[read++] as number
  return end
}

function cut(position: number): Error {
  return contentMalformed('lz4', 'a block ends inside a sequence', { position })
}
