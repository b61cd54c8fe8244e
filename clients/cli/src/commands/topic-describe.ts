import type { Kafka } from '@ottla/client'
import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { requireTopics } from './require-topics.ts'
import { withKafka } from './with-kafka.ts'

type Wait = { readonly signal: AbortSignal }

export async function topicDescribe(invocation: Invocation): Promise<void> {
  const names = [...new Set(invocation.arguments)]
  await withKafka(invocation, async (kafka, wait) => {
    await requireTopics(kafka, names, wait)
    if (invocation.options.flag('configs'))
      await describeConfigs(invocation, { kafka, names, wait })
    else await describePartitions(invocation, { kafka, names, wait })
  })
}

interface Asked {
  readonly kafka: Kafka
  readonly names: readonly string[]
  readonly wait: Wait
}

async function describePartitions(
  invocation: Invocation,
  { kafka, names, wait }: Asked,
): Promise<void> {
  const topics = (await kafka.admin.topics.describe(names, wait)).values()
  const keys = topics.flatMap(({ name: topic, partitions }) =>
    partitions
      .filter(({ leader }) => leader !== undefined)
      .map(({ partition }) => ({ topic, partition })),
  )
  const [starts, ends] = await Promise.all(
    (['earliest', 'latest'] as const).map((at) =>
      kafka.admin.topics.offsets(
        keys.map((key) => ({ ...key, at })),
        wait,
      ),
    ),
  )
  const offsetOf = (offsets: typeof starts, topic: string, partition: number): number | null => {
    const outcome = offsets?.get({ topic, partition })
    return outcome?.ok === true ? outcome.value.offset : null
  }
  await printListing(invocation, {
    schema: 'ottla/topic.describe/1',
    plural: 'partitions',
    rows: topics.flatMap(({ name: topic, partitions }) =>
      partitions.map(({ partition, leader = null, leaderEpoch, replicas, inSyncReplicas }) => ({
        topic,
        partition,
        leader: leader as number | null,
        leaderEpoch,
        replicas: replicas as readonly number[],
        inSyncReplicas: inSyncReplicas as readonly number[],
        startOffset: offsetOf(starts, topic, partition),
        endOffset: offsetOf(ends, topic, partition),
      })),
    ),
    columns: [
      { title: 'TOPIC', value: ({ topic }) => topic },
      { title: 'PARTITION', value: ({ partition }) => partition, isRight: true },
      { title: 'LEADER', value: ({ leader }) => leader, isRight: true },
      { title: 'EPOCH', value: ({ leaderEpoch }) => leaderEpoch, isRight: true, isWide: true },
      { title: 'REPLICAS', value: ({ replicas }) => replicas.join(',') },
      { title: 'ISR', value: ({ inSyncReplicas }) => inSyncReplicas.join(',') },
      { title: 'START-OFFSET', value: ({ startOffset }) => startOffset, isRight: true },
      { title: 'END-OFFSET', value: ({ endOffset }) => endOffset, isRight: true },
    ],
    name: ({ topic, partition }) => `${topic}-${partition}`,
    summary: {
      topics: topics.map(({ name, id, isInternal, partitions }) => ({
        name,
        id,
        isInternal,
        partitionCount: partitions.length,
      })),
    },
  })
}

async function describeConfigs(
  invocation: Invocation,
  { kafka, names, wait }: Asked,
): Promise<void> {
  const isAll = invocation.options.flag('all')
  const outcomes = await kafka.admin.configs.describe(
    names.map((name) => ({ type: 'topic' as const, name })),
    wait,
  )
  outcomes.values()
  await printListing(invocation, {
    schema: 'ottla/topic.configs/1',
    plural: 'configs',
    rows: outcomes
      .successes()
      .flatMap(([{ name: topic }, entries]) =>
        entries
          .filter(({ isDefault }) => isAll || !isDefault)
          .map(({ name, value, source, isDefault }) => ({ topic, name, value, source, isDefault })),
      ),
    columns: [
      { title: 'TOPIC', value: ({ topic }) => topic },
      { title: 'KEY', value: ({ name }) => name },
      { title: 'VALUE', value: ({ value }) => value },
      { title: 'SOURCE', value: ({ source }) => source },
    ],
    name: ({ name }) => name,
    empty: 'Every setting is at its default; --all shows them',
  })
}
