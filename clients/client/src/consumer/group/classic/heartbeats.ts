/**
 * Says that we live, on a timer that waits for nobody's work. One beat at a time; one that fails is
 * repeated sooner than the next is due.
 */
import type { Timer } from '@ottla/base'
import { backoffMs, type BackoffOptions } from '../../../connection/backoff.ts'
import type { ClientWorld } from '../../../world.ts'

export interface HeartbeatsOptions {
  readonly world: ClientWorld
  readonly intervalMs: number
  readonly retryBackoff: BackoffOptions
  /** Resolves when it was heard; false when it was not. */
  readonly beat: () => Promise<boolean>
}

export class Heartbeats {
  readonly #options: HeartbeatsOptions
  #timer: Timer | undefined
  #isRunning = false
  #isBeating = false
  #failureCount = 0

  constructor(options: HeartbeatsOptions) {
    this.#options = options
  }

  set isRunning(isRunning: boolean) {
    if (isRunning === this.#isRunning) return
    this.#isRunning = isRunning
    this.#failureCount = 0
    this.#timer?.cancel()
    this.#timer = undefined
    if (isRunning && !this.#isBeating) this.#schedule()
  }

  #schedule(): void {
    const { world, intervalMs, retryBackoff } = this.#options
    const delayMs =
      this.#failureCount === 0
        ? intervalMs
        : Math.min(intervalMs, backoffMs(world.random, this.#failureCount, retryBackoff))
    this.#timer = world.clock.setTimer(delayMs, () => {
      this.#timer = undefined
      void this.#beat()
    })
  }

  async #beat(): Promise<void> {
    this.#isBeating = true
    const isHeard = await this.#options.beat()
    this.#isBeating = false
    this.#failureCount = isHeard ? 0 : this.#failureCount + 1
    // It may have been stopped, or stopped and started again, meanwhile.
    if (this.#isRunning && this.#timer === undefined) this.#schedule()
  }
}
