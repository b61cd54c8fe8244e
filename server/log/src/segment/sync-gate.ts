/**
 * How many syncs run at once over all logs. Each holds a thread of the pool that cold reads need too
 * (four by default), and a device gains nothing from a long queue of them.
 */
export class SyncGate {
  readonly #inFlightMax: number
  #inFlight = 0
  readonly #waiting: Array<(done: () => void) => void> = []

  constructor(inFlightMax: number) {
    this.#inFlightMax = inFlightMax
  }

  /** Runs `start` now or when it is its turn; it calls `done` once, when its sync has ended. */
  enter(start: (done: () => void) => void): void {
    if (this.#inFlight >= this.#inFlightMax) {
      this.#waiting.push(start)
      return
    }
    this.#inFlight++
    start(this.#leave)
  }

  readonly #leave = (): void => {
    this.#inFlight--
    const next = this.#waiting.shift()
    if (next !== undefined) this.enter(next)
  }
}
