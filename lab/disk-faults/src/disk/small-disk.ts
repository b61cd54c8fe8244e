/**
 * A file system of a fixed size in memory (tmpfs), to be filled to the last byte. Mounting needs root.
 *
 * It is unmounted when the test is over, and at the latest when this process exits.
 */
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { TemporaryDirectory } from './temporary-directory.ts'

const FILLER = 'filler'
const PIECE_BYTES = 64 * 1024

/** Why there can be no small disk here; false when there can. */
export function whyNoSmallDisk(): string | false {
  if (process.platform !== 'linux') return 'tmpfs is Linux'
  if (process.getuid?.() !== 0) return 'mounting a tmpfs needs root'
  try {
    new SmallDisk(1024 * 1024)[Symbol.dispose]()
    return false
  } catch (error) {
    return `a tmpfs cannot be mounted: ${(error as Error).message}`
  }
}

export class SmallDisk {
  readonly #home = new TemporaryDirectory()
  readonly path: string
  readonly #unmountAtExit = (): void => this.#unmount()
  #isMounted = false

  constructor(sizeBytes: number) {
    this.path = this.#home.file('disk')
    mkdirSync(this.path)
    const options = `size=${sizeBytes},mode=755`
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', this.path])
    if (mount.status !== 0) {
      this.#home[Symbol.dispose]()
      throw new Error(mount.error?.message ?? String(mount.stderr).trim())
    }
    this.#isMounted = true
    process.once('exit', this.#unmountAtExit)
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.path)
    return bavail * bsize
  }

  /** Takes what is left with a file of another program, up to `leaveBytes`. */
  fill(leaveBytes = 0): void {
    const piece = Buffer.alloc(PIECE_BYTES)
    const descriptor = openSync(join(this.path, FILLER), 'a')
    try {
      for (let left = this.freeBytes - leaveBytes; left > 0;) {
        left -= writeSync(descriptor, piece, 0, Math.min(left, PIECE_BYTES))
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    } finally {
      closeSync(descriptor)
    }
  }

  /** Gives back what `fill` took. */
  free(): void {
    rmSync(join(this.path, FILLER), { force: true })
  }

  makeReadOnly(): void {
    const { status, stderr } = spawnSync('mount', ['-o', 'remount,ro', this.path])
    if (status !== 0) throw new Error(String(stderr).trim())
  }

  #unmount(): void {
    if (!this.#isMounted) return
    this.#isMounted = false
    // Lazily: whoever still has a file open is on its way out.
    spawnSync('umount', ['-l', this.path])
  }

  [Symbol.dispose](): void {
    process.off('exit', this.#unmountAtExit)
    this.#unmount()
    this.#home[Symbol.dispose]()
  }
}
