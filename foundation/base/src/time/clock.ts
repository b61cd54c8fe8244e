/**
 * Time as it is passed in. Everything that waits or stamps takes a Clock, so that a whole cluster can
 * run on simulated time by seed. The only real one is `systemClock`.
 */
export interface Timer {
  /** Does nothing when the timer has fired already. */
  cancel(): void
}

export interface Clock {
  /** Wall time in milliseconds since 1970; may jump when an operator or NTP sets it. */
  wallMs(): number
  /** Never goes back; only differences mean anything. Fractions of a millisecond count. */
  monotonicMs(): number
  setTimer(delayMs: number, onTime: () => void): Timer
  /** After the events of this turn of the loop have been dealt with. */
  setImmediate(run: () => void): void
}
