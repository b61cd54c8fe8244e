/**
 * The controller decides one thing at a time: a decision sees the effect of the one before it, which saves
 * the compares from failing. Waiting until listeners have dealt with it is outside of the turn.
 *
 * Bounded, waits included, so that a flood of requests or a listener that hangs is refused and not collected.
 */
import { MetadataStoreError, StoreClosedError } from '../metadata-store.ts'

export const OPERATIONS_MAX = 1_000

export class OperationQueue {
  #lastTurn: Promise<unknown> = Promise.resolve()
  readonly #running = new Set<Promise<unknown>>()
  #isClosed = false

  /** `decide` runs in its turn, `settle` after it. */
  async run<T>(decide: () => Promise<T>, settle: (decided: T) => Promise<void>): Promise<T> {
    if (this.#isClosed) throw new StoreClosedError()
    if (this.#running.size >= OPERATIONS_MAX) {
      throw new MetadataStoreError(
        `Cannot change the cluster: ${OPERATIONS_MAX} changes are under way already; try again later`,
      )
    }
    const running = this.#runInTurn(decide, settle)
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }

  /** Takes nothing more; returns when everything that was taken is done. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#running)
  }

  async #runInTurn<T>(decide: () => Promise<T>, settle: (decided: T) => Promise<void>): Promise<T> {
    const turn = this.#lastTurn.then(decide)
    // The next turn comes whether this one failed or not; its error belongs to its caller alone.
    this.#lastTurn = turn.catch(() => {})
    const decided = await turn
    await settle(decided)
    return decided
  }
}
