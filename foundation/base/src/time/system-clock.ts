/** The real clock: the one room of the server where the process's own time and timers are named. */
import type { Clock, Timer } from './clock.ts'

/** Node fires a timer with a longer delay at once. */
const DELAY_MS_MAX = 2 ** 31 - 1

class SystemTimer implements Timer {
  #timeout: NodeJS.Timeout

  constructor(delayMs: number, onTime: () => void) {
    this.#timeout = this.#arm(delayMs, onTime)
  }

  /** A delay of more than 24 days ("never", in Kafka's configurations) is waited for in pieces. */
  #arm(delayMs: number, onTime: () => void): NodeJS.Timeout {
    if (delayMs <= DELAY_MS_MAX) return setTimeout(onTime, delayMs)
    return setTimeout(() => {
      this.#timeout = this.#arm(delayMs - DELAY_MS_MAX, onTime)
    }, DELAY_MS_MAX)
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
