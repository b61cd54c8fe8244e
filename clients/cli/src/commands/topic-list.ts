import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { topicPattern } from '../parse/topic-pattern.ts'
import { withKafka } from './with-kafka.ts'

export async function topicList(invocation: Invocation): Promise<void> {
  const { options } = invocation
  const [pattern] = invocation.arguments
  const expression = pattern === undefined ? undefined : topicPattern(pattern)
  const includeInternal = options.flag('internal')
  const topics = await withKafka(invocation, (kafka, wait) =>
    kafka.admin.topics.list({ ...wait, includeInternal }),
  )
  await printListing(invocation, {
    schema: 'ottla/topic.list/1',
    plural: 'topics',
    rows: topics
      .filter(({ name }) => expression === undefined || expression.test(name))
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
