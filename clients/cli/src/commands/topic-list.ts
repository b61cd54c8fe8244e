import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { withKafka } from './with-kafka.ts'

export async function topicList(invocation: Invocation): Promise<void> {
  const { options } = invocation
  const [pattern] = invocation.arguments
  const matches = pattern === undefined ? () => true : matcher(pattern)
  const includeInternal = options.flag('internal')
  const topics = await withKafka(invocation, (kafka, wait) =>
    kafka.admin.topics.list({ ...wait, includeInternal }),
  )
  await printListing(invocation, {
    schema: 'ottla/topic.list/1',
    plural: 'topics',
    rows: topics
      .filter(({ name }) => matches(name))
      .map(({ name, id, isInternal, partitionCount }) => ({
        name,
        id,
        isInternal,
        partitionCount,
      })),
    columns: [
      { title: 'TOPIC', value: ({ name }) => name },
      { title: 'PARTITIONS', value: ({ partitionCount }) => partitionCount, isRight: true },
      { title: 'ID', value: ({ id }) => id, isWide: true },
      { title: 'INTERNAL', value: ({ isInternal }) => isInternal, isWide: true },
    ],
    name: ({ name }) => name,
    empty: pattern === undefined ? 'There are no topics' : `No topic matches "${pattern}"`,
  })
}

function matcher(pattern: string): (name: string) => boolean {
  try {
    const expression = new RegExp(pattern)
    return (name) => expression.test(name)
  } catch (error) {
    throw new UsageError(`Cannot use "${pattern}" as a pattern: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
