import type { Kafka } from '@ottla/client'
import { parseOffset, type OffsetRange } from '../offsets/parse-offset.ts'
import { resolveRange } from '../offsets/resolve-offset.ts'
import { humanCount } from '../output/human.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { confirm } from '../terminal/confirm.ts'
import { chosenPartitions } from './chosen-partitions.ts'
import { printStatuses, statusOf, type ItemStatus } from './item-status.ts'
import { partitionBounds } from './partition-bounds.ts'
import { withKafka } from './with-kafka.ts'

interface Cut {
  readonly topic: string
  readonly partition: number
  readonly startOffset: number
  readonly before: number
  readonly records: number
}

export async function topicTrim(invocation: Invocation): Promise<number> {
  const { options, terminal } = invocation
  const range = readBefore(options.text('before'), terminal.wallMs())
  const isDryRun = options.flag('dry-run')
  return await withKafka(invocation, async (kafka, wait) => {
    const cuts = await planCuts(kafka, invocation, range)
    const total = cuts.reduce((sum, { records }) => sum + records, 0)
    const what = `deletes ${humanCount(total)} records of topic "${invocation.arguments[0] ?? ''}"`
    if (!isDryRun && total > 0 && !(await confirm(terminal, options, what))) return 0
    const real = cuts.filter(({ records }) => records > 0)
    const outcomes = isDryRun ? undefined : await kafka.admin.topics.deleteRecords(real, wait)
    const rows = cuts.map((cut): Cut & ItemStatus => ({
      ...cut,
      ...(cut.records === 0
        ? { status: 'nothing to delete' }
        : statusOf(outcomes?.get(cut), isDryRun ? 'would be trimmed' : 'trimmed')),
    }))
    return printStatuses(invocation, {
      schema: 'ottla/topic.trim/1',
      plural: 'partitions',
      rows,
      columns: [
        { title: 'TOPIC', value: ({ topic }) => topic },
        { title: 'PARTITION', value: ({ partition }) => partition, isRight: true },
        { title: 'START-OFFSET', value: ({ startOffset }) => startOffset, isRight: true },
        { title: 'BEFORE', value: ({ before }) => before, isRight: true },
        { title: 'RECORDS', value: ({ records }) => records, isRight: true },
        { title: 'STATUS', value: ({ status }) => status },
      ],
      name: ({ topic, partition }) => `${topic}-${partition}`,
    })
  })
}

function readBefore(text: string | undefined, nowMs: number): OffsetRange {
  if (text === undefined) {
    throw new UsageError('Say up to where: --before N, end, @-7d, or -N to keep the last N')
  }
  const range = parseOffset(text, nowMs)
  if (range.until.at !== 'never' || range.from.at === 'stored') {
    throw new UsageError(
      `Cannot trim before "${text}": one place is wanted, such as 1000, end or @-7d`,
    )
  }
  return range
}

async function planCuts(kafka: Kafka, invocation: Invocation, range: OffsetRange): Promise<Cut[]> {
  const wait = { signal: invocation.terminal.signal }
  const keys = await chosenPartitions(kafka, invocation, wait)
  const bounds = await partitionBounds(kafka, { keys, range, wait })
  return bounds.map(({ topic, partition, ...bound }) => {
    // A log cannot be cut behind its end.
    const before = Math.min(resolveRange(range, bound).fromOffset, bound.endOffset)
    const { startOffset } = bound
    return { topic, partition, startOffset, before, records: before - startOffset }
  })
}
