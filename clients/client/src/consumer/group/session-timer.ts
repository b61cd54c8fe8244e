/**
 * When the coordinator must have given up on us: its session timeout after it was heard last. Stands
 * still while it holds a request of ours, as it does not expire members that wait for each other.
 */
import type { Clock, Timer } from '@ottla/base'

export interface SessionTimerOptions {
  readonly clock: Clock
  readonly timeoutMs: number
  readonly onExpired: () => void
}

export class SessionTimer {
  readonly #options: SessionTimerOptions
  #heardMs: number | undefined
  #timer: Timer | undefined

  constructor(options: SessionTimerOptions) {
    this.#options = options
  }

  /**
   * The coordinator answered a request that was sent at `sentMs`: it counts from when it read that, which
   * was no earlier. Without a time it counts from now, for answers that it may have held back for long.
   */
  hear(sentMs = this.#options.clock.monotonicMs()): void {
    this.#heardMs = Math.max(sentMs, this.#heardMs ?? sentMs)
    this.#timer ??= this.#set(this.#options.timeoutMs)
  }

  suspend(): void {
    this.#timer?.cancel()
    this.#timer = undefined
  }

  /** Goes on from when it was heard last; does nothing when it never was. */
  resume(): void {
    if (this.#heardMs === undefined || this.#timer !== undefined) return
    const elapsedMs = this.#options.clock.monotonicMs() - this.#heardMs
    this.#timer = this.#set(Math.max(0, this.#options.timeoutMs - elapsedMs))
  }

  stop(): void {
    this.suspend()
    this.#heardMs = undefined
  }

  #set(delayMs: number): Timer {
    const { clock, timeoutMs, onExpired } = this.#options
    return clock.setTimer(delayMs, () => {
      this.#timer = undefined
      const elapsedMs = clock.monotonicMs() - (this.#heardMs ?? 0)
      // Heard meanwhile: a timer for the rest is cheaper than one for each heartbeat. A rest of less
      // than a timer can measure would only set it again.
      if (elapsedMs <= timeoutMs - 1) this.#timer = this.#set(timeoutMs - elapsedMs)
      else {
        this.#heardMs = undefined
        onExpired()
      }
    })
  }
}

/**
 * How long a heartbeat may take: a connection that swallows it must be given up while there is time for
 * another one before the session ends.
 */
export function heartbeatTimeoutMs(
  { sessionTimeoutMs }: { readonly sessionTimeoutMs: number },
  { requestTimeoutMs }: { readonly requestTimeoutMs: number },
): number {
  return Math.min(requestTimeoutMs, sessionTimeoutMs / 3)
}
