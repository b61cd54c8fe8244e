import { CommandFailure } from '../failure/command-failure.ts'
import { EXIT } from '../failure/exit-code.ts'
import { parseOffset } from '../offsets/parse-offset.ts'
import type { Invocation } from '../parse/invocation.ts'
import { UsageError } from '../parse/usage-error.ts'
import { confirm } from '../terminal/confirm.ts'
import { partitionNumber } from './chosen-partitions.ts'
import { printStatuses, statusOf, type ItemStatus } from './item-status.ts'
import { withKafka } from './with-kafka.ts'

type Target =
  | 'earliest'
  | 'latest'
  | { readonly timestampMs: number }
  | { readonly offset: number }
  | { readonly shift: number }

interface Row extends ItemStatus {
  readonly groupId: string
  readonly topic: string
  readonly partition: number
  readonly fromOffset: number | null
  readonly toOffset: number | null
}

export async function groupSeek(invocation: Invocation): Promise<number> {
  const { options, terminal } = invocation
  const [groupId = ''] = invocation.arguments
  const to = readTarget(options.text('to'), terminal.wallMs())
  const topics = options.list('topic')
  const numbers = options.list('partition').map(partitionNumber)
  if (numbers.length > 0 && topics.length !== 1) {
    throw new UsageError('--partition wants one --topic: partitions of which topic are meant?')
  }
  const [topic = ''] = topics
  const scope =
    numbers.length > 0
      ? { partitions: numbers.map((partition) => ({ topic, partition })) }
      : topics.length > 0
        ? { topics }
        : {}
  const dryRun = options.flag('dry-run')
  if (!dryRun && !(await confirm(terminal, options, `moves group "${groupId}"`))) return 0
  const outcomes = await withKafka(invocation, (kafka, wait) =>
    kafka.admin.groups.resetOffsets(groupId, { ...wait, ...scope, to, dryRun }),
  )
  const rows = [...outcomes].map(([key, outcome]): Row => ({
    groupId,
    topic: key.topic,
    partition: key.partition,
    fromOffset: outcome.ok ? (outcome.value.from ?? null) : null,
    toOffset: outcome.ok ? outcome.value.to : null,
    ...statusOf(outcome, dryRun ? 'would be moved' : 'moved'),
  }))
  if (rows.length === 0) {
    throw new CommandFailure(`Group "${groupId}" has committed nothing: there is nothing to move`, {
      exitCode: EXIT.notFound,
      hint: '--topic NAME gives it offsets of a topic; "ottla group list" shows what there is',
    })
  }
  return printStatuses(invocation, {
    schema: 'ottla/group.seek/1',
    plural: 'partitions',
    rows,
    columns: [
      { title: 'GROUP', value: (row) => row.groupId },
      { title: 'TOPIC', value: (row) => row.topic },
      { title: 'PARTITION', value: ({ partition }) => partition, isRight: true },
      { title: 'OLD-OFFSET', value: ({ fromOffset }) => fromOffset, isRight: true },
      { title: 'NEW-OFFSET', value: ({ toOffset }) => toOffset, isRight: true },
      { title: 'STATUS', value: ({ status }) => status },
    ],
    name: (row) => `${row.topic}-${row.partition}`,
  })
}

function readTarget(text: string | undefined, nowMs: number): Target {
  if (text === undefined) throw new UsageError('Say where to: --to start, end, N, +N, -N or @TIME')
  const { from, until } = parseOffset(text, nowMs)
  if (until.at !== 'never') {
    throw new UsageError(`Cannot move to "${text}": one place is wanted, not a range`)
  }
  switch (from.at) {
    case 'start':
      return 'earliest'
    case 'end':
      return 'latest'
    case 'offset':
      return { offset: from.offset }
    case 'afterStart':
      return { shift: from.records }
    case 'beforeEnd':
      return { shift: -from.records }
    case 'time':
      return { timestampMs: from.timestampMs }
    case 'stored':
      throw new UsageError('The group is where it is stored to be: say another place with --to')
  }
}
