/**
 * Replicas moved to other brokers (KIP-455): AlterPartitionReassignments begins or calls off, and
 * ListPartitionReassignments tells what is under way. The controller answers when it has noted the wish;
 * the copying takes its time after that.
 */
import type { Cluster } from '../../cluster/cluster.ts'
import { byTopic } from '../../consumer/group/partition-set.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import { Outcomes, succeeded, type Outcome } from '../outcome.ts'
import { askController, brokerTimeoutMs, toController } from '../asking/any-broker.ts'
import { partitionKeyOf, partitionText, toPartition } from '../asking/leader.ts'
import { settleEach } from '../asking/settle-each.ts'
import { ALTER_PARTITION_REASSIGNMENTS, LIST_PARTITION_REASSIGNMENTS } from './partition-apis.ts'

export interface ReassignOptions extends AdminOptions {
  /** False refuses a list that is longer or shorter than the present one. Default true. */
  readonly allowReplicationFactorChange?: boolean
}

export interface Reassignment extends TopicPartition {
  /** Brokers, the first one preferred as leader; null calls off what is under way. */
  readonly replicas: readonly number[] | null
}

export interface OngoingReassignment {
  /** All that hold a copy now, coming and going ones included. */
  readonly replicas: readonly number[]
  readonly addingReplicas: readonly number[]
  readonly removingReplicas: readonly number[]
}

export function reassign(
  cluster: Cluster,
  reassignments: readonly Reassignment[],
  options: ReassignOptions,
): Promise<Outcomes<TopicPartition, void>> {
  return settleEach<Reassignment, TopicPartition, void>(cluster, {
    items: reassignments,
    keyOf: toPartition,
    textOf: partitionKeyOf,
    router: toController(cluster),
    ask: async (peer, items, settle) => {
      const response = await peer.request(ALTER_PARTITION_REASSIGNMENTS, {
        timeoutMs: brokerTimeoutMs(cluster, options),
        allowReplicationFactorChange: options.allowReplicationFactorChange ?? true,
        topics: [...byTopic(items)].map(([name, own]) => ({
          name,
          partitions: own.map(({ partition, replicas }) => ({
            partitionIndex: partition,
            replicas: replicas === null ? null : [...replicas],
          })),
        })),
      })
      peer.check(ALTER_PARTITION_REASSIGNMENTS, response)
      const byKey = new Map(items.map((item) => [partitionKeyOf(item), item]))
      for (const { name, partitions } of response.responses) {
        for (const result of partitions) {
          const item = byKey.get(partitionKey(name, result.partitionIndex))
          if (item === undefined) continue
          const what = partitionText(item)
          const outcome = peer.outcome(ALTER_PARTITION_REASSIGNMENTS, result, what, () => undefined)
          settle(item, outcome)
        }
      }
    },
    options,
  })
}

/** Of all partitions, or of some; what is not under way is not in it. */
export function listReassignments(
  cluster: Cluster,
  partitions: readonly TopicPartition[] | undefined,
  options: AdminOptions,
): Promise<Outcomes<TopicPartition, OngoingReassignment>> {
  return askController(cluster, options, async (peer) => {
    const response = await peer.request(LIST_PARTITION_REASSIGNMENTS, {
      timeoutMs: brokerTimeoutMs(cluster, options),
      topics:
        partitions === undefined
          ? null
          : [...byTopic(partitions)].map(([name, own]) => ({
              name,
              partitionIndexes: own.map(({ partition }) => partition),
            })),
    })
    peer.check(LIST_PARTITION_REASSIGNMENTS, response)
    const entries = response.topics.flatMap(({ name: topic, partitions: ongoing }) =>
      ongoing.map(
        ({
          partitionIndex: partition,
          replicas,
          addingReplicas,
          removingReplicas,
        }): [TopicPartition, Outcome<OngoingReassignment>] => [
          { topic, partition },
          succeeded({ replicas, addingReplicas, removingReplicas }),
        ],
      ),
    )
    return new Outcomes(entries, partitionKeyOf)
  })
}
