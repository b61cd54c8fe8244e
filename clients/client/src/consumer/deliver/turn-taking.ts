/**
 * A loop over records that are already here never lets go of the event loop: promises that are resolved
 * run before sockets and timers do, heartbeats included. So now and then it has to wait for a turn.
 */
import type { Clock } from '@ottla/base'

/** The clock is looked at once in so many records … */
const RECORDS_PER_LOOK = 128
/** … and after so long others get their turn. */
const TURN_MS = 8

export class TurnTaking {
  readonly #clock: Clock
  #recordCount = 0
  #sinceMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#sinceMs = clock.monotonicMs()
  }

  /** Asked once per record. */
  isDue(): boolean {
    this.#recordCount++
    if (this.#recordCount < RECORDS_PER_LOOK) return false
    this.#recordCount = 0
    return this.#clock.monotonicMs() - this.#sinceMs >= TURN_MS
  }

  next(): Promise<void> {
    return new Promise<void>((resolve) => {
      this.#clock.setImmediate(() => {
        this.#sinceMs = this.#clock.monotonicMs()
        resolve()
      })
    })
  }
}
