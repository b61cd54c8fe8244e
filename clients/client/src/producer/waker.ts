/**
 * Runs the sender: at the end of this turn of the event loop, once however often it is asked to, or at a
 * time that was said.
 */
import type { Clock, Timer } from '@ottla/base'

export class Waker {
  readonly #clock: Clock
  readonly #run: () => void
  #isScheduled = false
  #isClosed = false
  #timer: Timer | undefined
  /** When #timer fires; Infinity without one. */
  #timerAtMs = Infinity
  readonly #onTurnEnd = (): void => {
    this.#isScheduled = false
    if (!this.#isClosed) this.#run()
  }

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock
    this.#run = run
  }

  wake(): void {
    if (this.#isScheduled || this.#isClosed) return
    this.#isScheduled = true
    this.#clock.setImmediate(this.#onTurnEnd)
  }

  /** The earliest of the times counts that were said since it ran out; Infinity says none. */
  wakeAt(atMs: number, nowMs: number): void {
    if (atMs <= nowMs) this.wake()
    if (atMs === Infinity || atMs <= nowMs || this.#isClosed) return
    if (this.#timerAtMs <= atMs) return
    this.#timer?.cancel()
    this.#timerAtMs = atMs
    this.#timer = this.#clock.setTimer(atMs - nowMs, () => {
      this.#timer = undefined
      this.#timerAtMs = Infinity
      this.wake()
    })
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.cancel()
  }
}
