/**
 * A Fetch request that found too little and waits: for records in one of its partitions, or for its
 * deadline (station 12 of the produce path wakes it).
 *
 * It registers with each of its partitions; a partition that moves calls `dueAtTurnEnd`, and at the end
 * of the turn the owner looks again, once, however many partitions moved.
 */
import type { Clock, Timer, Turn, TurnTask } from '@ottla/base'

/** What a partition does for those who wait for it. */
export interface FetchSource {
  addFetch(fetch: DelayedFetch): void
  removeFetch(fetch: DelayedFetch): void
}

export interface FetchOwner {
  /** Looks again; returns true when the fetch has been answered. */
  onFetchProgress(): boolean
  /** The deadline has come: answer with what there is. */
  onFetchDeadline(): void
}

export class DelayedFetch implements TurnTask {
  readonly #owner: FetchOwner
  readonly #partitions: readonly FetchSource[]
  readonly #turn: Turn
  readonly #timer: Timer
  #isTurnEndDue = false
  #isDone = false

  constructor(options: {
    owner: FetchOwner
    partitions: readonly FetchSource[]
    turn: Turn
    clock: Clock
    waitMs: number
  }) {
    this.#owner = options.owner
    this.#partitions = options.partitions
    this.#turn = options.turn
    for (const partition of this.#partitions) partition.addFetch(this)
    this.#timer = options.clock.setTimer(Math.max(0, options.waitMs), () => {
      if (this.#isDone) return
      this.cancel()
      this.#owner.onFetchDeadline()
    })
  }

  dueAtTurnEnd(): void {
    if (this.#isTurnEndDue || this.#isDone) return
    this.#isTurnEndDue = true
    this.#turn.atEnd('wake', this)
  }

  onTurnEnd(): void {
    this.#isTurnEndDue = false
    if (this.#isDone) return
    if (this.#owner.onFetchProgress()) this.cancel()
  }

  /** Leaves every list; nothing is called afterwards. */
  cancel(): void {
    if (this.#isDone) return
    this.#isDone = true
    this.#timer.cancel()
    for (const partition of this.#partitions) partition.removeFetch(this)
  }
}
