/** A topic as the admin client shows it. */
import type { BrokerId, Uuid } from '@ottla/base'
import type { AclOperation } from '../acls/acl-operations.ts'

export interface TopicDescription {
  readonly name: string
  /** All zeros from a broker that has none. */
  readonly id: Uuid
  readonly isInternal: boolean
  /** In the order of their numbers. */
  readonly partitions: readonly PartitionDescription[]
  /** undefined when not asked for. */
  readonly authorizedOperations: readonly AclOperation[] | undefined
}

export interface PartitionDescription {
  readonly partition: number
  /** undefined while there is none. */
  readonly leader: BrokerId | undefined
  /** -1 when not known. */
  readonly leaderEpoch: number
  /** The first is the preferred leader. */
  readonly replicas: readonly BrokerId[]
  readonly inSyncReplicas: readonly BrokerId[]
  readonly offlineReplicas: readonly BrokerId[]
  /** Replicas outside of the ISR that may still lead (KIP-966); undefined where the broker has no such. */
  readonly eligibleLeaderReplicas: readonly BrokerId[] | undefined
  readonly lastKnownEligibleLeaderReplicas: readonly BrokerId[] | undefined
}

export function leaderOf(id: number): BrokerId | undefined {
  return id < 0 ? undefined : (id as BrokerId)
}

export function inOrder(partitions: readonly PartitionDescription[]): PartitionDescription[] {
  return [...partitions].sort((a, b) => a.partition - b.partition)
}
