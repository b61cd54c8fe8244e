/** Runs what is to be done, once per turn however often it is asked for, and again when time has come. */
import type { Clock, Timer } from '@ottla/base'

export class WorkLoop {
  readonly #clock: Clock
  /** Returns when to run again without being woken; Infinity for not at all. Monotonic. */
  readonly #run: (nowMs: number) => number
  #isScheduled = false
  #isClosed = false
  #timer: Timer | undefined
  readonly #runOnce = (): void => {
    this.#isScheduled = false
    if (this.#isClosed) return
    this.#timer?.cancel()
    this.#timer = undefined
    const nowMs = this.#clock.monotonicMs()
    const dueMs = this.#run(nowMs)
    if (dueMs !== Infinity && !this.#isClosed) {
      this.#timer = this.#clock.setTimer(Math.max(0, dueMs - nowMs), this.wake)
    }
  }

  constructor(clock: Clock, run: (nowMs: number) => number) {
    this.#clock = clock
    this.#run = run
  }

  readonly wake = (): void => {
    if (this.#isScheduled || this.#isClosed) return
    this.#isScheduled = true
    queueMicrotask(this.#runOnce)
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.cancel()
  }
}
