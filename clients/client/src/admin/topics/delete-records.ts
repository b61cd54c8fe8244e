/** DeleteRecords, versions 0 to 2, at the leader of each partition. */
import type { Cluster } from '../../cluster/cluster.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import { byTopic } from '../../consumer/group/partition-set.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { brokerTimeoutMs } from '../asking/any-broker.ts'
import { partitionKeyOf, partitionText, toLeaders, toPartition } from '../asking/leader.ts'
import { settleEach } from '../asking/settle-each.ts'
import { DELETE_RECORDS } from './topic-apis.ts'

export interface RecordsToDelete extends TopicPartition {
  /** The first offset that stays; 'latest' for all that is there now (up to the high watermark). */
  readonly before: number | 'latest'
}

const HIGH_WATERMARK = -1

export function deleteRecords(
  cluster: Cluster,
  records: readonly RecordsToDelete[],
  options: AdminOptions,
): Promise<Outcomes<TopicPartition, number>> {
  return settleEach<RecordsToDelete, TopicPartition, number>(cluster, {
    items: records,
    keyOf: toPartition,
    textOf: partitionKeyOf,
    router: toLeaders((one) => one),
    ask: async (peer, items, settle) => {
      const { topics } = await peer.request(DELETE_RECORDS, {
        topics: [...byTopic(items)].map(([name, own]) => ({
          name,
          partitions: own.map(({ partition, before }) => ({
            partitionIndex: partition,
            offset: before === 'latest' ? HIGH_WATERMARK : before,
          })),
        })),
        timeoutMs: brokerTimeoutMs(cluster, options),
      })
      const byKey = new Map(items.map((item) => [partitionKeyOf(item), item]))
      for (const { name, partitions } of topics) {
        for (const result of partitions) {
          const item = byKey.get(partitionKey(name, result.partitionIndex))
          if (item === undefined) continue
          const what = partitionText(item)
          settle(
            item,
            peer.outcome(DELETE_RECORDS, result, what, () => result.lowWatermark),
          )
        }
      }
    },
    options,
  })
}
