/**
 * Randomness as it is passed in: ids and jitter come from here, so that a run can be repeated by seed.
 */
import { randomBytes } from 'node:crypto'

export interface Random {
  /** `byteCount` bytes; unguessable when the source is the system's. */
  bytes(byteCount: number): Buffer
  /** A fraction in [0, 1). */
  fraction(): number
}

export const systemRandom: Random = {
  bytes: (byteCount) => randomBytes(byteCount),
  fraction: () => Math.random(),
}

/** The same sequence for the same seed (mulberry32); for tests and simulation only. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    bytes: (byteCount) => {
      const bytes = Buffer.alloc(byteCount)
      for (let i = 0; i < byteCount; i++) bytes[i] = Math.floor(next() * 256)
      return bytes
    },
    fraction: next,
  }
}
