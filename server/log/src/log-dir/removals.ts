/**
 * Files and directories that are out of the logs' way and go some time later, when no reader can be
 * left. Off the event loop and one at a time: to unlink a segment of a gigabyte keeps a thread for 50
 * to 200 ms, and sixteen partitions at once would keep every thread of the pool, which reads need too.
 *
 * All of it is dropped when the manager closes, so that nothing touches the disk (or keeps the process)
 * after that. What is dropped is done by the next start, which knows it by its name.
 */
import type { Clock, Logger, Timer } from '@ottla/base'
import type { Disk } from '../disk.ts'
import { systemCodeOf } from '../storage-error.ts'

export interface Removal {
  readonly files: readonly string[]
  /** Removed after its files, which are all that is in it. */
  readonly directory?: string
}

export class Removals {
  readonly #disk: Disk
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #timers = new Set<Timer>()
  /** No more of them than there are files that were renamed to go. */
  readonly #queue: Removal[] = []
  #isRemoving = false
  #isClosed = false
  #onIdle: (() => void) | undefined

  constructor(disk: Disk, clock: Clock, logger: Logger) {
    this.#disk = disk
    this.#clock = clock
    this.#logger = logger
  }

  /** Asks `what` when the time has come; undefined when there is nothing to do any more. */
  after(delayMs: number, what: () => Removal | undefined): void {
    if (this.#isClosed) return
    const timer = this.#clock.setTimer(delayMs, () => {
      this.#timers.delete(timer)
      const removal = what()
      if (removal === undefined) return
      this.#queue.push(removal)
      if (!this.#isRemoving) this.#removeNext()
    })
    this.#timers.add(timer)
  }

  /** A partition directory that was renamed; there are no directories in it. */
  directoryAfter(delayMs: number, path: string): void {
    this.after(delayMs, () => {
      try {
        return { files: this.#disk.list(path).map((name) => `${path}/${name}`), directory: path }
      } catch (error) {
        this.#warn(path, error)
        return undefined
      }
    })
  }

  #removeNext(): void {
    const removal = this.#isClosed ? undefined : this.#queue.shift()
    this.#isRemoving = removal !== undefined
    if (removal === undefined) this.#onIdle?.()
    else this.#removeFile(removal, 0)
  }

  #removeFile(removal: Removal, index: number): void {
    const path = removal.files[index]
    if (path === undefined || this.#isClosed) {
      this.#removeDirectory(removal)
      return
    }
    this.#disk.unlinkLater(path, (error) => {
      // Gone already: the log was deleted meanwhile, and the file moved with its directory.
      if (error !== undefined && systemCodeOf(error) !== 'ENOENT') this.#warn(path, error)
      this.#removeFile(removal, index + 1)
    })
  }

  #removeDirectory({ directory }: Removal): void {
    try {
      if (directory !== undefined && !this.#isClosed) this.#disk.removeDirectory(directory)
    } catch (error) {
      this.#warn(directory, error)
    }
    this.#removeNext()
  }

  #warn(path: string | undefined, error: unknown): void {
    this.#logger.warn('Cannot remove what was deleted; the next start tries again', { path, error })
  }

  /** Resolves when the file that is being unlinked is gone: whoever has the directory next is alone. */
  async close(): Promise<void> {
    this.#isClosed = true
    for (const timer of this.#timers) timer.cancel()
    this.#timers.clear()
    this.#queue.length = 0
    if (!this.#isRemoving) return
    await new Promise<void>((resolve) => {
      this.#onIdle = resolve
    })
  }
}
