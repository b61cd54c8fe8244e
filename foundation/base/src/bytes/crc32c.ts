/**
 * CRC-32C (Castagnoli), the checksum of a record batch.
 *
 * The native code of `@node-rs/crc32` does several GB/s; where its binary does not load (an unusual
 * platform, an install without optional packages) a table-driven version of our own takes over: twice
 * the time for a hundred bytes, fifteen times for a megabyte. The test holds both to the same vectors.
 *
 * Bench: crc32c.bench.ts
 */
import { createRequire } from 'node:module'

type Crc32c = (bytes: Uint8Array, seed?: number) => number

const TABLE = buildTable()

function buildTable(): Uint32Array {
  const table = new Uint32Array(256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    // 0x82f63b78 is the Castagnoli polynomial with its bits reversed.
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
    table[byte] = crc
  }
  return table
}

export function crc32cPortable(bytes: Uint8Array, seed = 0): number {
  let crc = ~seed
  for (let i = 0; i < bytes.length; i++) {
    crc = (TABLE[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8)
  }
  return ~crc >>> 0
}

function loadNative(): Crc32c | undefined {
  try {
    const native = createRequire(import.meta.url)('@node-rs/crc32') as { crc32c: Crc32c }
    return native.crc32c
  } catch {
    return undefined
  }
}

const native = loadNative()

/** True when the native code is in use; shown at start so that a slow broker explains itself. */
export const isCrc32cNative = native !== undefined

/** Unsigned CRC-32C of `bytes`, going on from `seed` when a checksum spans several pieces. */
export const crc32c: Crc32c = native ?? crc32cPortable
