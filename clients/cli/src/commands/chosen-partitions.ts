/** The partitions that a command is about: all of its topics, or those of -p. */
import type { Kafka, TopicPartition } from '@ottla/client'
import type { Invocation } from '../parse/invocation.ts'
import { CommandFailure } from '../failure/command-failure.ts'
import { EXIT } from '../failure/exit-code.ts'
import { requireTopics } from './require-topics.ts'
import { UsageError } from '../parse/usage-error.ts'

const PARTITION_MAX = 1_000_000

export async function chosenPartitions(
  kafka: Kafka,
  { options, arguments: topics }: Pick<Invocation, 'options' | 'arguments'>,
  wait: { readonly signal: AbortSignal },
): Promise<TopicPartition[]> {
  const wanted = options
    .list('partition')
    .flatMap((text) => text.split(','))
    .map(partitionNumber)
  const names = [...new Set(topics)]
  const counts = await requireTopics(kafka, names, wait)
  return names.flatMap((topic) => {
    const count = counts.get(topic) ?? 0
    const beyond = wanted.find((partition) => partition >= count)
    if (beyond !== undefined) {
      throw new CommandFailure(
        `Topic "${topic}" has no partition ${beyond}: it has ${count}, numbered from 0`,
        { exitCode: EXIT.notFound, hint: `"ottla topic describe ${topic}" shows them` },
      )
    }
    const all = Array.from({ length: count }, (_, partition) => partition)
    return (wanted.length === 0 ? all : [...new Set(wanted)]).map((partition) => ({
      topic,
      partition,
    }))
  })
}

export function partitionNumber(text: string): number {
  const partition = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (partition <= PARTITION_MAX) return partition
  throw new UsageError(`Cannot use "${text}" as a partition: a number from 0 on is expected`)
}
