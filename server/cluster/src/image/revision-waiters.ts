/**
 * Those who wait until some revision of the metadata store is reached.
 *
 * One who asks after the fact gets the same answer as one who waited, also when reaching it failed: between
 * the return of a transaction and the asking for its revision everything may have happened already.
 */
interface Waiter {
  readonly revision: number
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** The revisions above the first, up to the second, were reached with an error. */
interface Failure {
  readonly above: number
  readonly upTo: number
  readonly error: unknown
}

/** Far more than can lie between a transaction and the question. */
const FAILURES_MAX = 64

export class RevisionWaiters {
  #reached: number
  #waiters: Waiter[] = []
  #failures: Failure[] = []

  constructor(reached: number) {
    this.#reached = reached
  }

  async wait(revision: number): Promise<void> {
    if (revision > this.#reached) {
      await new Promise<void>((resolve, reject) => {
        this.#waiters.push({ revision, resolve, reject })
      })
      return
    }
    const failure = this.#failures.find(({ above, upTo }) => above < revision && revision <= upTo)
    if (failure !== undefined) throw failure.error
  }

  /** With an error, `revision` and those since the last one reached have failed. */
  reach(revision: number, error?: unknown): void {
    if (error !== undefined) {
      this.#failures.push({ above: this.#reached, upTo: revision, error })
      if (this.#failures.length > FAILURES_MAX) this.#failures.shift()
    }
    this.#reached = revision
    if (this.#waiters.length === 0) return
    const reached = this.#waiters.filter((waiter) => waiter.revision <= revision)
    this.#waiters = this.#waiters.filter((waiter) => waiter.revision > revision)
    for (const waiter of reached) {
      if (error === undefined) waiter.resolve()
      else waiter.reject(error)
    }
  }
}
