/**
 * Things to do once, some time later; all of them are dropped when the manager closes, so that nothing
 * touches the disk (or keeps the process) after that. What is dropped is done by the next start.
 */
import type { Clock, Timer } from '@ottla/base'

export class DelayedWork {
  readonly #clock: Clock
  readonly #timers = new Set<Timer>()
  #isClosed = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get count(): number {
    return this.#timers.size
  }

  after(delayMs: number, run: () => void): void {
    if (this.#isClosed) return
    const timer = this.#clock.setTimer(delayMs, () => {
      this.#timers.delete(timer)
      run()
    })
    this.#timers.add(timer)
  }

  close(): void {
    this.#isClosed = true
    for (const timer of this.#timers) timer.cancel()
    this.#timers.clear()
  }
}
