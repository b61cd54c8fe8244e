/** What a member is told when it is made, with Kafka's defaults. */
import { KafkaError } from '../../kafka-error.ts'
import type { AssignorName } from './assignors/assignor.ts'

/** How long a member tries to say goodbye. */
export const LEAVE_TIMEOUT_MS = 5000

export interface GroupOptions {
  readonly groupId: string
  /** A static member (KIP-345): a restart within the session timeout gives its partitions back. */
  readonly groupInstanceId?: string | undefined
  /**
   * 'consumer' is KIP-848, where the coordinator assigns; in 'classic' a member does. 'auto' (default)
   * takes the first where the coordinator serves it and the group can be of that kind.
   */
  readonly protocol?: 'auto' | 'classic' | 'consumer' | undefined
  /**
   * 45000 by default. A member that was not heard for so long is thrown out; it gives its own partitions
   * up as lost after the same time. With KIP-848 the coordinator uses its own session timeout.
   */
  readonly sessionTimeoutMs?: number | undefined
  /** 3000 by default; of the classic protocol, as KIP-848's coordinator names the interval. */
  readonly heartbeatIntervalMs?: number | undefined
  /**
   * max.poll.interval.ms, 300000 by default: how long a rebalance waits for this member. `onRevoked`
   * that takes longer loses the partitions.
   */
  readonly rebalanceTimeoutMs?: number | undefined
  /** Of the classic protocol; cooperative-sticky, then range by default. See `joinModes`. */
  readonly assignors?: readonly AssignorName[] | undefined
  /** 'uniform' or 'range' of KIP-848; the coordinator's choice by default. */
  readonly serverAssignor?: string | undefined
  readonly rack?: string | undefined
  readonly topics?: readonly string[] | undefined
  /**
   * Topics whose name it matches somewhere, next to `topics`. KIP-848 coordinators match it themselves
   * (as RE2); where they cannot, names are matched here when the metadata is refreshed.
   */
  readonly pattern?: RegExp | undefined
}

export interface MemberSettings {
  readonly groupId: string
  readonly groupInstanceId: string | null
  readonly sessionTimeoutMs: number
  readonly heartbeatIntervalMs: number
  readonly rebalanceTimeoutMs: number
  readonly assignors: readonly AssignorName[]
  readonly serverAssignor: string | null
  readonly rack: string | null
}

export function memberSettings(options: GroupOptions): MemberSettings {
  const settings = {
    groupId: options.groupId,
    groupInstanceId: options.groupInstanceId ?? null,
    sessionTimeoutMs: options.sessionTimeoutMs ?? 45_000,
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? 3000,
    rebalanceTimeoutMs: options.rebalanceTimeoutMs ?? 300_000,
    assignors: options.assignors ?? (['cooperative-sticky', 'range'] as const),
    serverAssignor: options.serverAssignor ?? null,
    rack: options.rack ?? null,
  }
  const { heartbeatIntervalMs, sessionTimeoutMs } = settings
  if (settings.groupId === '') throw invalid('The group has no name: give it one')
  if (settings.groupInstanceId === '') throw invalid('groupInstanceId is empty: leave it out')
  if (!(heartbeatIntervalMs > 0 && heartbeatIntervalMs < sessionTimeoutMs)) {
    throw invalid(
      `heartbeatIntervalMs is ${heartbeatIntervalMs} and sessionTimeoutMs ${sessionTimeoutMs}: the interval must be the shorter one, a third of it as a rule`,
    )
  }
  return settings
}

function invalid(text: string): KafkaError {
  return new KafkaError('INVALID_ARGUMENT', text)
}
