/** A topic that does not exist is most often a slip of the finger: says which one was meant. */
import type { Kafka } from '@ottla/client'
import { CommandFailure } from '../failure/command-failure.ts'
import { EXIT } from '../failure/exit-code.ts'
import { didYouMean } from '../parse/nearest.ts'

export async function requireTopics(
  kafka: Kafka,
  names: readonly string[],
  wait: { readonly signal: AbortSignal },
): Promise<Map<string, number>> {
  const topics = await kafka.admin.topics.list({ ...wait, includeInternal: true })
  const counts = new Map(topics.map(({ name, partitionCount }) => [name, partitionCount]))
  const missing = names.find((name) => !counts.has(name))
  if (missing === undefined) return counts
  throw new CommandFailure(`There is no topic "${missing}".${didYouMean(missing, counts.keys())}`, {
    exitCode: EXIT.notFound,
    hint: '"ottla topic list" shows what there is, "ottla topic create" makes one',
  })
}
