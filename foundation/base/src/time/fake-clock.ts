/**
 * A clock that stands still until a test moves it. Timers fire in the order of their time, ties in the
 * order they were set; wall and monotonic time move together from `startWallMs`.
 */
import type { Clock, Timer } from './clock.ts'

interface Waiting {
  readonly atMs: number
  readonly order: number
  readonly onTime: () => void
}

export class FakeClock implements Clock {
  readonly #startWallMs: number
  #nowMs = 0
  #order = 0
  readonly #waiting = new Set<Waiting>()

  constructor(startWallMs = 1_700_000_000_000) {
    this.#startWallMs = startWallMs
  }

  wallMs(): number {
    return this.#startWallMs + this.#nowMs
  }

  monotonicMs(): number {
    return this.#nowMs
  }

  get timerCount(): number {
    return this.#waiting.size
  }

  setTimer(delayMs: number, onTime: () => void): Timer {
    const waiting = { atMs: this.#nowMs + delayMs, order: this.#order++, onTime }
    this.#waiting.add(waiting)
    return { cancel: () => void this.#waiting.delete(waiting) }
  }

  setImmediate(run: () => void): void {
    this.setTimer(0, run)
  }

  /** Moves time on by `durationMs` and fires everything due on the way, at its own time. */
  advance(durationMs: number): void {
    const untilMs = this.#nowMs + durationMs
    for (;;) {
      const next = this.#nextDue(untilMs)
      if (next === undefined) break
      this.#fire(next)
    }
    // A timer may itself have moved the clock further.
    this.#nowMs = Math.max(this.#nowMs, untilMs)
  }

  /** Fires what is due next, however far away; false when nothing waits. To look between two events. */
  advanceOne(): boolean {
    const next = this.#nextDue(Infinity)
    if (next === undefined) return false
    this.#fire(next)
    return true
  }

  #fire(waiting: Waiting): void {
    this.#waiting.delete(waiting)
    this.#nowMs = Math.max(this.#nowMs, waiting.atMs)
    waiting.onTime()
  }

  #nextDue(untilMs: number): Waiting | undefined {
    let next: Waiting | undefined
    for (const waiting of this.#waiting) {
      if (waiting.atMs > untilMs) continue
      if (next === undefined || isEarlier(waiting, next)) next = waiting
    }
    return next
  }
}

function isEarlier(a: Waiting, b: Waiting): boolean {
  return a.atMs === b.atMs ? a.order < b.order : a.atMs < b.atMs
}
