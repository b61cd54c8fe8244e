/** One at a time, in the order of the calls. */
import { untilAborted } from '../async/abort.ts'

export class Turns {
  #last: Promise<void> = Promise.resolve()

  /** Runs when all that were called before are done; rejects as `run` does, or when `signal` aborts before its turn. */
  async take<T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> {
    const turn = Promise.withResolvers<undefined>()
    const before = this.#last
    // Also of one that gave up in line: those behind it still wait for those before it.
    this.#last = before.then(() => turn.promise)
    try {
      await untilAborted(before, signal)
      return await run()
    } finally {
      turn.resolve(undefined)
    }
  }

  /** Resolves when all that were called so far are done. */
  done(): Promise<void> {
    return this.#last
  }
}
