/**
 * The times that run out for a member, whatever its protocol: its session, the patience of the others in
 * a rebalance, and the pause after a failure. The rhythm of heartbeats is the protocol's own.
 */
import type { Timer } from '@ottla/base'
import type { Cluster } from '../../cluster/cluster.ts'
import { backoffMs } from '../../connection/backoff.ts'
import type { MemberSettings } from './group-options.ts'
import { RebalanceTimer } from './rebalance-timer.ts'
import { SessionTimer } from './session-timer.ts'

export interface MemberTimersOptions {
  readonly cluster: Cluster
  readonly settings: MemberSettings
  readonly onSessionExpired: () => void
  readonly onRebalanceTimedOut: () => void
  readonly onBackedOff: () => void
}

/** As both machines say it. */
export interface MemberState {
  readonly isHoldingUpTheGroup: boolean
  readonly isOver: boolean
}

export class MemberTimers {
  readonly session: SessionTimer
  readonly rebalance: RebalanceTimer
  readonly #cluster: Cluster
  readonly #onBackedOff: () => void
  #backoffTimer: Timer | undefined

  constructor(options: MemberTimersOptions) {
    const { cluster, settings } = options
    const { clock } = cluster.world
    this.#cluster = cluster
    this.#onBackedOff = options.onBackedOff
    this.session = new SessionTimer({
      clock,
      timeoutMs: settings.sessionTimeoutMs,
      onExpired: options.onSessionExpired,
    })
    this.rebalance = new RebalanceTimer({
      clock,
      timeoutMs: settings.rebalanceTimeoutMs,
      onExpired: options.onRebalanceTimedOut,
    })
  }

  /** Said after each step of the machine: what runs follows from where it stands, so none is forgotten. */
  follow({ isHoldingUpTheGroup, isOver }: MemberState): void {
    this.rebalance.isRunning = isHoldingUpTheGroup && !isOver
    if (!isOver) return
    this.session.stop()
    this.#backoffTimer?.cancel()
  }

  backOff(failureCount: number): void {
    const { world, options } = this.#cluster
    const delayMs = backoffMs(world.random, failureCount, options.retryBackoff)
    this.#backoffTimer = world.clock.setTimer(delayMs, this.#onBackedOff)
  }

  stop(): void {
    this.session.stop()
    this.rebalance.stop()
    this.#backoffTimer?.cancel()
  }
}
