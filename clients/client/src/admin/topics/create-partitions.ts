/** CreatePartitions, versions 0 to 3. */
import type { Cluster } from '../../cluster/cluster.ts'
import type { ValidateOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { brokerTimeoutMs, toController } from '../asking/any-broker.ts'
import { isPassing, settleEach } from '../asking/settle-each.ts'
import { CREATE_PARTITIONS } from './topic-apis.ts'

export interface MorePartitions {
  readonly topic: string
  /** How many there are to be in all. */
  readonly count: number
  /** Brokers of each new partition; the cluster chooses by default. */
  readonly assignments?: readonly (readonly number[])[]
}

export type MorePartitionsOptions = ValidateOptions

export function createPartitions(
  cluster: Cluster,
  topics: readonly MorePartitions[],
  options: MorePartitionsOptions,
): Promise<Outcomes<string, void>> {
  return settleEach<MorePartitions, string, void>(cluster, {
    items: topics,
    keyOf: ({ topic }) => topic,
    textOf: (topic) => topic,
    router: toController(cluster),
    // Timed out at the broker, it goes on all the same: asked again, the count would be there already.
    isRetriable: (error) => isPassing(error) && error.code !== 'REQUEST_TIMED_OUT',
    ask: async (peer, items, settle) => {
      const { results } = await peer.request(CREATE_PARTITIONS, {
        topics: items.map(({ topic: name, count, assignments }) => ({
          name,
          count,
          assignments: assignments?.map((ids) => ({ brokerIds: [...ids] })) ?? null,
        })),
        timeoutMs: brokerTimeoutMs(cluster, options),
        validateOnly: options.validateOnly ?? false,
      })
      const byName = new Map(results.map((result) => [result.name, result]))
      for (const item of items) {
        const result = byName.get(item.topic)
        if (result === undefined) continue
        const what = `topic "${item.topic}"`
        settle(
          item,
          peer.outcome(CREATE_PARTITIONS, result, what, () => undefined),
        )
      }
    },
    options,
  })
}
