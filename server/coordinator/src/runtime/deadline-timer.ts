/**
 * A deadline that is moved far more often than it is reached: each heartbeat moves the session of its
 * member. Moving it later only stores a number; the timer that is set already looks at the deadline when
 * it fires and goes on waiting. So a heartbeat neither allocates nor touches the timer queue.
 */
import type { Clock, Timer } from '@ottla/base'

/** Longer delays overflow the 32 bits of a timer and would fire at once. */
const TIMER_DELAY_MS_MAX = 2_147_483_647

export class DeadlineTimer {
  readonly #clock: Clock
  readonly #onDeadline: () => void
  #deadlineMs: number | undefined
  #timer: Timer | undefined
  /** When the set timer fires; at or before the deadline. */
  #firesAtMs = 0

  constructor(clock: Clock, onDeadline: () => void) {
    this.#clock = clock
    this.#onDeadline = onDeadline
  }

  /** Replaces the deadline, if there was one. */
  set(delayMs: number): void {
    const deadlineMs = this.#clock.monotonicMs() + delayMs
    this.#deadlineMs = deadlineMs
    if (this.#timer !== undefined && this.#firesAtMs <= deadlineMs) return
    this.#arm(delayMs)
  }

  cancel(): void {
    this.#deadlineMs = undefined
    this.#timer?.cancel()
    this.#timer = undefined
  }

  #arm(delayMs: number): void {
    this.#timer?.cancel()
    const boundedMs = Math.min(delayMs, TIMER_DELAY_MS_MAX)
    this.#firesAtMs = this.#clock.monotonicMs() + boundedMs
    this.#timer = this.#clock.setTimer(boundedMs, this.#onTime)
  }

  readonly #onTime = (): void => {
    this.#timer = undefined
    if (this.#deadlineMs === undefined) return
    const leftMs = this.#deadlineMs - this.#clock.monotonicMs()
    if (leftMs > 0) {
      this.#arm(leftMs)
      return
    }
    this.#deadlineMs = undefined
    this.#onDeadline()
  }
}
