/**
 * Space that is held back on the disk for what makes room: a file of noise beside the metadata, which
 * is emptied when a deletion finds the disk full, and made again as soon as there is room.
 *
 * A precaution, so nothing here fails: what could not be held back is tried again with the next `fill`.
 * Noise, really written: a file system that compresses, or leaves holes, would hold nothing for zeros. Not
 * synced: losing it in a crash costs nothing.
 */
import { closeSync, openSync, statSync, truncateSync, writeSync } from 'node:fs'

const PIECE_BYTES = 64 * 1024

export class SpaceReserve {
  readonly #path: string
  #heldBytes: number

  constructor(path: string) {
    this.#path = path
    this.#heldBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  }

  /** Takes what there is, when it is less than asked. */
  fill(sizeBytes: number): void {
    if (this.#heldBytes >= sizeBytes) return
    try {
      this.#extend(sizeBytes)
    } catch {
      // The disk is full, or the file is not ours to write: the next time.
    }
  }

  #extend(sizeBytes: number): void {
    const descriptor = openSync(this.#path, 'a', 0o644)
    try {
      while (this.#heldBytes < sizeBytes) {
        const piece = noise(this.#heldBytes)
        const wantedBytes = Math.min(PIECE_BYTES, sizeBytes - this.#heldBytes)
        this.#heldBytes += writeSync(descriptor, piece, 0, wantedBytes)
      }
    } finally {
      closeSync(descriptor)
    }
  }

  /** Gives the space back to the disk. */
  release(): void {
    if (this.#heldBytes === 0) return
    try {
      truncateSync(this.#path)
      this.#heldBytes = 0
    } catch {
      // Whoever wanted the space is refused by the disk, and says so.
    }
  }
}

/** Bytes that do not compress: a linear congruence, without its low bits, which repeat soon. */
function noise(seed: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(PIECE_BYTES)
  let state = seed >>> 0
  for (let i = 0; i < PIECE_BYTES; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}
