/** `admin.partitions`: where the replicas of partitions live, and which of them leads. */
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { electLeaders, type ElectionResult, type ElectLeadersOptions } from './elect-leaders.ts'
import {
  listReassignments,
  reassign,
  type OngoingReassignment,
  type Reassignment,
  type ReassignOptions,
} from './reassign.ts'

export interface ListReassignmentsOptions extends AdminOptions {
  /** All by default. */
  readonly partitions?: readonly TopicPartition[]
}

export class Partitions {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /**
   * Begins to move replicas; `listReassignments` shows what is left to do.
   * `await admin.partitions.reassign([{ topic: 'orders', partition: 0, replicas: [2, 3, 4] }])`
   */
  reassign(
    reassignments: readonly Reassignment[],
    options: ReassignOptions = {},
  ): Promise<Outcomes<TopicPartition, void>> {
    return reassign(this.#cluster, reassignments, options)
  }

  /** Calls off what is under way. NO_REASSIGNMENT_IN_PROGRESS where nothing is. */
  cancelReassignments(
    partitions: readonly TopicPartition[],
    options: AdminOptions = {},
  ): Promise<Outcomes<TopicPartition, void>> {
    const off = partitions.map(({ topic, partition }) => ({ topic, partition, replicas: null }))
    return reassign(this.#cluster, off, options)
  }

  /** What is under way, by partition. */
  listReassignments({ partitions, ...options }: ListReassignmentsOptions = {}): Promise<
    Outcomes<TopicPartition, OngoingReassignment>
  > {
    return listReassignments(this.#cluster, partitions, options)
  }

  /**
   * Has the preferred replicas lead again, as after a broker has come back.
   * `await admin.partitions.electLeaders('all')`
   */
  electLeaders(
    partitions: readonly TopicPartition[] | 'all',
    options: ElectLeadersOptions = {},
  ): Promise<Outcomes<TopicPartition, ElectionResult>> {
    return electLeaders(this.#cluster, partitions, options)
  }
}
