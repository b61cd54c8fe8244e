/** The real clock: the one room of the server where the process's own time and timers are named. */
import type { Clock, Timer } from './clock.ts'

class SystemTimer implements Timer {
  readonly #timeout: NodeJS.Timeout

  constructor(delayMs: number, onTime: () => void) {
    this.#timeout = setTimeout(onTime, delayMs)
  }

  cancel(): void {
    clearTimeout(this.#timeout)
  }
}

export const systemClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer: (delayMs, onTime) => new SystemTimer(delayMs, onTime),
  setImmediate: (run) => {
    setImmediate(run)
  },
}
