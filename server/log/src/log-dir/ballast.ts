/**
 * `ottla-ballast`: a little space that is kept for the day when the disk is full.
 *
 * A broker that cannot start cannot delete anything either, and a start writes some small files (the
 * lock, what boot it is, indexes of the last segments). When the disk has no room for them the ballast
 * is given up, and records are refused until it could be made again: what it held is for starting,
 * stopping and deleting.
 *
 * It holds noise, really written: a file system that compresses, or leaves holes, would keep nothing
 * for a file of zeros. Not synced: losing it in a crash costs nothing.
 */
import { writeFile } from '../checkpoint/replace-file.ts'
import type { Disk } from '../disk.ts'
import type { DiskSpace } from '../log-state.ts'
import { isDiskError } from '../storage-error.ts'

export const BALLAST_FILE = 'ottla-ballast'
export const BALLAST_BYTES = 256 * 1024
/** So much must be free for it to be made: it takes a half, the other is for whoever waited for room. */
const FREE_BYTES_MIN = 2 * BALLAST_BYTES

export class Ballast implements DiskSpace {
  readonly #disk: Disk
  readonly #directory: string
  readonly #path: string
  isShort = false

  constructor(disk: Disk, directory: string) {
    this.#disk = disk
    this.#directory = directory
    this.#path = `${directory}/${BALLAST_FILE}`
  }

  /** The disk is full; returns whether there is more room now. */
  giveUp(): boolean {
    try {
      if (!this.#disk.exists(this.#path)) return false
      this.#disk.unlink(this.#path)
    } catch (error) {
      if (!isDiskError(error)) throw error
      return false
    }
    this.isShort = true
    return true
  }

  /** Makes it when there is room; without, the disk goes on as it is. */
  make(): void {
    try {
      if (this.#isWhole() || this.#disk.freeBytes(this.#directory) >= FREE_BYTES_MIN) {
        if (!this.#isWhole()) writeFile(this.#disk, this.#path, noise())
        this.isShort = false
      }
    } catch (error) {
      if (!isDiskError(error)) throw error
    }
  }

  /** At a stop: whatever there is room for, for the start that follows. */
  makeOfWhatIsLeft(): void {
    if (!this.isShort) return
    try {
      const leftBytes = this.#disk.freeBytes(this.#directory)
      const bytes = noise().subarray(0, Math.min(BALLAST_BYTES, leftBytes))
      if (bytes.length > 0) writeFile(this.#disk, this.#path, bytes)
    } catch (error) {
      if (!isDiskError(error)) throw error
    }
  }

  #isWhole(): boolean {
    return this.#disk.exists(this.#path) && this.#disk.sizeInBytes(this.#path) === BALLAST_BYTES
  }
}

/** Bytes that do not compress; a linear congruence whose low bits, which repeat soon, are left out. */
function noise(): Buffer {
  const bytes = Buffer.allocUnsafeSlow(BALLAST_BYTES)
  let state = 1
  for (let i = 0; i < BALLAST_BYTES; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[i] = state >>> 24
  }
  return bytes
}
