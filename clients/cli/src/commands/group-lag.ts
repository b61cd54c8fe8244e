import { EXIT } from '../failure/exit-code.ts'
import { humanCount } from '../output/human.ts'
import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { note } from '../terminal/terminal.ts'
import { withKafka } from './with-kafka.ts'

interface Row {
  readonly groupId: string
  readonly topic: string
  readonly partitions: number
  /** null while nothing is known of any partition. */
  readonly lag: number | null
}

export async function groupLag(invocation: Invocation): Promise<number | void> {
  const max = invocation.options.integer('max', { min: 0 })
  const totals = new Map<string, number>()
  const rows = await withKafka(invocation, async (kafka, wait) => {
    const { groups } = kafka.admin
    const asked = [...new Set(invocation.arguments)]
    // Asked by name, a group that does not exist must not look like one that is not behind.
    if (asked.length > 0) (await groups.describe(asked, wait)).values()
    const groupIds =
      asked.length > 0 ? asked : (await groups.list(wait)).map(({ groupId }) => groupId)
    const found: Row[] = []
    for (const groupId of groupIds) {
      const { totalLag, partitions } = await groups.lag(groupId, wait)
      totals.set(groupId, totalLag)
      const byTopic = Map.groupBy(partitions, ([{ topic }]) => topic)
      for (const [topic, own] of byTopic) {
        const lags = own.flatMap(([, outcome]) =>
          outcome.ok && outcome.value.lag !== undefined ? [outcome.value.lag] : [],
        )
        const lag = lags.length === 0 ? null : lags.reduce((sum, one) => sum + one, 0)
        found.push({ groupId, topic, partitions: own.length, lag })
      }
    }
    return found
  })
  await printListing(invocation, {
    schema: 'ottla/group.lag/1',
    plural: 'topics',
    rows,
    columns: [
      { title: 'GROUP', value: ({ groupId }) => groupId },
      { title: 'TOPIC', value: ({ topic }) => topic },
      { title: 'PARTITIONS', value: ({ partitions }) => partitions, isRight: true },
      { title: 'LAG', value: ({ lag }) => lag, isRight: true },
    ],
    name: ({ groupId, topic }) => `${groupId} ${topic}`,
    summary: { totalLag: [...totals.values()].reduce((sum, lag) => sum + lag, 0) },
    empty: 'Nothing is committed',
  })
  const behind = [...totals].filter(([, lag]) => max !== undefined && lag > max)
  for (const [groupId, lag] of behind) {
    note(
      invocation.terminal,
      `Group "${groupId}" is ${humanCount(lag)} records behind, more than ${max ?? 0}`,
    )
  }
  return behind.length > 0 ? EXIT.failed : undefined
}
