/** Asks the cluster for what an offset range needs to become numbers, and for no more. */
import type { Kafka, TopicPartition } from '@ottla/client'
import type { OffsetRange } from '../offsets/parse-offset.ts'
import type { PartitionBounds } from '../offsets/resolve-offset.ts'

export interface BoundsQuestion {
  readonly keys: readonly TopicPartition[]
  readonly range: OffsetRange
  readonly wait: { readonly signal: AbortSignal }
}

/** Throws the first refusal: reading some partitions and not others would look like all of them. */
export async function partitionBounds(
  kafka: Kafka,
  { keys, range, wait }: BoundsQuestion,
): Promise<(TopicPartition & PartitionBounds)[]> {
  const { from, until } = range
  const ask = (at: 'earliest' | 'latest' | { readonly timestampMs: number }) =>
    kafka.admin.topics.offsets(
      keys.map(({ topic, partition }) => ({ topic, partition, at })),
      wait,
    )
  const [starts, ends, froms, untils] = await Promise.all([
    ask('earliest'),
    ask('latest'),
    from.at === 'time' ? ask({ timestampMs: from.timestampMs }) : undefined,
    until.at === 'time' ? ask({ timestampMs: until.timestampMs }) : undefined,
  ])
  const found = (offsets: typeof froms, key: TopicPartition): number | undefined => {
    const offset = offsets?.value(key).offset
    return offset === undefined || offset < 0 ? undefined : offset
  }
  return keys.map(({ topic, partition }) => {
    const key = { topic, partition }
    return {
      ...key,
      startOffset: starts.value(key).offset,
      endOffset: ends.value(key).offset,
      fromTimeOffset: found(froms, key),
      untilTimeOffset: found(untils, key),
    }
  })
}
