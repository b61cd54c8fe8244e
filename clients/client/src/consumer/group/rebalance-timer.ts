/**
 * How long the others have been waiting for this member in a rebalance: it lets go of its partitions
 * before the coordinator gives them away.
 *
 * The coordinator has been waiting for longer than we know of it, but not since it last said that all is
 * well: from there the time counts.
 */
import type { Clock, Timer } from '@ottla/base'

export interface RebalanceTimerOptions {
  readonly clock: Clock
  /** What the coordinator was told as rebalance.timeout.ms. */
  readonly timeoutMs: number
  readonly onExpired: () => void
}

export class RebalanceTimer {
  readonly #options: RebalanceTimerOptions
  #calmMs = 0
  #timer: Timer | undefined

  constructor(options: RebalanceTimerOptions) {
    this.#options = options
  }

  /** The coordinator waited for nobody when it read what was sent at `sentMs`, which was no earlier. */
  calm(sentMs: number): void {
    this.#calmMs = Math.max(this.#calmMs, sentMs)
  }

  /** While others wait for us. It expires once, however long they go on waiting after that. */
  set isRunning(isRunning: boolean) {
    if (!isRunning) {
      this.stop()
      return
    }
    const { clock, timeoutMs, onExpired } = this.#options
    const waitedMs = clock.monotonicMs() - this.#calmMs
    this.#timer ??= clock.setTimer(Math.max(0, timeoutMs - waitedMs), onExpired)
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = undefined
  }
}
