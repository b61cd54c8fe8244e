/**
 * DescribeProducers (KIP-664): who writes to a partition with a producer id, as its leader knows it. An
 * open transaction whose producer no coordinator knows holds up readers for ever: this finds it, and
 * `abort` ends it.
 */
import type { DescribeProducersResponseProducerState } from '@ottla/protocol/describe-producers-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { byTopic } from '../../consumer/group/partition-set.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { partitionKeyOf, partitionText, toLeaders, toPartition } from '../asking/leader.ts'
import { toBrokers } from '../asking/one-broker.ts'
import { settleEach } from '../asking/settle-each.ts'
import { DESCRIBE_PRODUCERS } from './transaction-apis.ts'

export interface DescribeProducersOptions extends AdminOptions {
  /** A follower, to see what it knows; the leader by default. */
  readonly brokerId?: number
}

export interface ActiveProducer {
  readonly producerId: number
  readonly producerEpoch: number
  readonly lastSequence: number
  /** Milliseconds since 1970; -1 when not known. */
  readonly lastTimestampMs: number
  /** undefined when it has written no marker yet. */
  readonly coordinatorEpoch: number | undefined
  /** First offset of its open transaction; undefined while none is open. */
  readonly transactionStartOffset: number | undefined
}

export function describeProducers(
  cluster: Cluster,
  partitions: readonly TopicPartition[],
  { brokerId, ...options }: DescribeProducersOptions,
): Promise<Outcomes<TopicPartition, ActiveProducer[]>> {
  return settleEach<TopicPartition, TopicPartition, ActiveProducer[]>(cluster, {
    items: partitions,
    keyOf: toPartition,
    textOf: partitionKeyOf,
    router: brokerId === undefined ? toLeaders((one) => one) : toBrokers(() => brokerId),
    ask: async (peer, items, settle) => {
      const { topics } = await peer.request(DESCRIBE_PRODUCERS, {
        topics: [...byTopic(items)].map(([name, own]) => ({
          name,
          partitionIndexes: own.map(({ partition }) => partition),
        })),
      })
      const byKey = new Map(items.map((item) => [partitionKeyOf(item), item]))
      for (const { name, partitions: answered } of topics) {
        for (const result of answered) {
          const item = byKey.get(partitionKey(name, result.partitionIndex))
          if (item === undefined) continue
          const what = partitionText(item)
          const producers = (): ActiveProducer[] => result.activeProducers.map(producerOf)
          settle(item, peer.outcome(DESCRIBE_PRODUCERS, result, what, producers))
        }
      }
    },
    options,
  })
}

function producerOf(state: DescribeProducersResponseProducerState): ActiveProducer {
  const known = (value: number): number | undefined => (value < 0 ? undefined : value)
  return {
    producerId: state.producerId,
    producerEpoch: state.producerEpoch,
    lastSequence: state.lastSequence,
    lastTimestampMs: state.lastTimestamp,
    coordinatorEpoch: known(state.coordinatorEpoch),
    transactionStartOffset: known(state.currentTxnStartOffset),
  }
}
