import { counted } from '../output/human.ts'
import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { requireTopics } from './require-topics.ts'
import { withKafka } from './with-kafka.ts'

const PARTITIONS_MAX = 100_000

export async function topicAddPartitions(invocation: Invocation): Promise<void> {
  const { options } = invocation
  const [topic = ''] = invocation.arguments
  const to = options.integer('to', { min: 1, max: PARTITIONS_MAX })
  const by = options.integer('by', { min: 1, max: PARTITIONS_MAX })
  if ((to === undefined) === (by === undefined)) {
    throw new UsageError('Say either --to N (how many in all) or --by N (how many more)')
  }
  const validateOnly = options.flag('dry-run')
  const row = await withKafka(invocation, async (kafka, wait) => {
    const before = (await requireTopics(kafka, [topic], wait)).get(topic) ?? 0
    const after = to ?? before + (by ?? 0)
    if (after <= before) {
      throw new UsageError(
        `Topic "${topic}" has ${counted(before, 'partition')} already: it can only grow, to ${before + 1} or more`,
      )
    }
    await kafka.admin.topics.createPartitions(topic, after, { ...wait, validateOnly })
    return { name: topic, before, after, status: validateOnly ? 'would be grown' : 'grown' }
  })
  await printListing(invocation, {
    schema: 'ottla/topic.add-partitions/1',
    plural: 'topics',
    rows: [row],
    columns: [
      { title: 'TOPIC', value: ({ name }) => name },
      { title: 'BEFORE', value: ({ before }) => before, isRight: true },
      { title: 'AFTER', value: ({ after }) => after, isRight: true },
      { title: 'STATUS', value: ({ status }) => status },
    ],
    name: ({ name }) => name,
  })
}
