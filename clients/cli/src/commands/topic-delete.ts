import { counted } from '../output/human.ts'
import type { Invocation } from '../parse/invocation.ts'
import { confirm } from '../terminal/confirm.ts'
import { printStatuses, statusOf, type ItemStatus } from './item-status.ts'
import { withKafka } from './with-kafka.ts'

const GONE = { UNKNOWN_TOPIC_OR_PARTITION: 'not there', UNKNOWN_TOPIC_ID: 'not there' }

export async function topicDelete(invocation: Invocation): Promise<number> {
  const { options, terminal } = invocation
  const names = [...new Set(invocation.arguments)]
  const isDryRun = options.flag('dry-run')
  const what = names.length === 1 ? `topic "${names[0] ?? ''}"` : counted(names.length, 'topic')
  if (!isDryRun && !(await confirm(terminal, options, `deletes ${what} with all records`))) return 0
  const fine = options.flag('if-exists') ? GONE : {}
  const rows = await withKafka(invocation, async (kafka, wait) => {
    const outcomes = isDryRun
      ? await kafka.admin.topics.describe(names, wait)
      : await kafka.admin.topics.delete(names, wait)
    const done = isDryRun ? 'would be deleted' : 'deleted'
    return names.map((name): ItemStatus & { readonly name: string } => ({
      name,
      ...statusOf(outcomes.get(name), done, fine),
    }))
  })
  return printStatuses(invocation, {
    schema: 'ottla/topic.delete/1',
    plural: 'topics',
    rows,
    columns: [
      { title: 'TOPIC', value: ({ name }) => name },
      { title: 'STATUS', value: ({ status }) => status },
    ],
    name: ({ name }) => name,
  })
}
