import type { GroupDescription, Kafka } from '@ottla/client'
import { humanCount } from '../output/human.ts'
import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { withKafka } from './with-kafka.ts'

interface PartitionRow {
  readonly groupId: string
  readonly topic: string
  readonly partition: number
  readonly currentOffset: number | null
  readonly endOffset: number | null
  readonly lag: number | null
  readonly memberId: string | null
  readonly host: string | null
  readonly clientId: string | null
}

export async function groupDescribe(invocation: Invocation): Promise<void> {
  const groupIds = [...new Set(invocation.arguments)]
  await withKafka(invocation, async (kafka, wait) => {
    const groups = (await kafka.admin.groups.describe(groupIds, wait)).values()
    if (invocation.options.flag('members')) await printMembers(invocation, groups)
    else await printPartitions(invocation, { kafka, groups, wait })
  })
}

interface Asked {
  readonly kafka: Kafka
  readonly groups: readonly GroupDescription[]
  readonly wait: { readonly signal: AbortSignal }
}

async function printPartitions(
  invocation: Invocation,
  { kafka, groups, wait }: Asked,
): Promise<void> {
  const rows: PartitionRow[] = []
  const summaries: { groupId: string; totalLag: number; [field: string]: unknown }[] = []
  for (const group of groups) {
    const { totalLag, rows: own } = await partitionsOf(kafka, group, wait)
    rows.push(...own)
    const { groupId, type, state, coordinator, assignor, members } = group
    summaries.push({
      groupId,
      type,
      state,
      coordinator,
      assignor,
      memberCount: members.length,
      totalLag,
    })
  }
  await printListing(invocation, {
    schema: 'ottla/group.describe/1',
    plural: 'partitions',
    rows,
    columns: [
      { title: 'GROUP', value: ({ groupId }) => groupId },
      { title: 'TOPIC', value: ({ topic }) => topic },
      { title: 'PARTITION', value: ({ partition }) => partition, isRight: true },
      { title: 'CURRENT-OFFSET', value: ({ currentOffset }) => currentOffset, isRight: true },
      { title: 'LOG-END-OFFSET', value: ({ endOffset }) => endOffset, isRight: true },
      { title: 'LAG', value: ({ lag }) => lag, isRight: true },
      { title: 'CONSUMER-ID', value: ({ memberId }) => memberId },
      { title: 'HOST', value: ({ host }) => host },
      { title: 'CLIENT-ID', value: ({ clientId }) => clientId },
    ],
    name: ({ groupId, topic, partition }) => `${groupId} ${topic}-${partition}`,
    summary: { groups: summaries },
    heading: groups
      .map(
        ({ groupId, state, type, members, coordinator }, index) =>
          `Group ${groupId}: ${state}, ${type}, ${members.length} member${members.length === 1 ? '' : 's'}, ` +
          `lag ${humanCount(summaries[index]?.totalLag ?? 0)}, coordinator ${coordinator}`,
      )
      .join('\n'),
    empty: 'Nothing is committed and nothing is assigned',
  })
}

async function partitionsOf(
  kafka: Kafka,
  { groupId, members }: GroupDescription,
  wait: { readonly signal: AbortSignal },
): Promise<{ totalLag: number; rows: PartitionRow[] }> {
  const { totalLag, partitions } = await kafka.admin.groups.lag(groupId, wait)
  const owners = new Map(
    members.flatMap((member) =>
      member.assignment.map(({ topic, partition }) => [`${topic} ${partition}`, member] as const),
    ),
  )
  const rows: PartitionRow[] = []
  const row = (topic: string, partition: number, offsets: Partial<PartitionRow>): void => {
    const owner = owners.get(`${topic} ${partition}`)
    rows.push({
      groupId,
      topic,
      partition,
      currentOffset: null,
      endOffset: null,
      lag: null,
      ...offsets,
      memberId: owner?.memberId ?? null,
      host: owner?.clientHost ?? null,
      clientId: owner?.clientId ?? null,
    })
    owners.delete(`${topic} ${partition}`)
  }
  for (const [{ topic, partition }, outcome] of partitions) {
    if (!outcome.ok) row(topic, partition, {})
    else {
      const { committedOffset = null, endOffset, lag = null } = outcome.value
      row(topic, partition, { currentOffset: committedOffset, endOffset, lag })
    }
  }
  // Assigned, and nothing committed yet.
  for (const key of owners.keys()) {
    const [topic = '', partition = ''] = key.split(' ')
    row(topic, Number(partition), {})
  }
  rows.sort((a, b) =>
    a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1,
  )
  return { totalLag, rows }
}

async function printMembers(
  invocation: Invocation,
  groups: readonly GroupDescription[],
): Promise<void> {
  await printListing(invocation, {
    schema: 'ottla/group.members/1',
    plural: 'members',
    rows: groups.flatMap(({ groupId, members }) =>
      members.map(
        ({ memberId, groupInstanceId, clientHost, clientId, assignment, subscribedTopics }) => ({
          groupId,
          memberId,
          groupInstanceId,
          host: clientHost,
          clientId,
          partitionCount: assignment.length,
          assignment,
          subscribedTopics,
        }),
      ),
    ),
    columns: [
      { title: 'GROUP', value: ({ groupId }) => groupId },
      { title: 'CONSUMER-ID', value: ({ memberId }) => memberId },
      { title: 'INSTANCE-ID', value: ({ groupInstanceId }) => groupInstanceId, isWide: true },
      { title: 'HOST', value: ({ host }) => host },
      { title: 'CLIENT-ID', value: ({ clientId }) => clientId },
      { title: '#PARTITIONS', value: ({ partitionCount }) => partitionCount, isRight: true },
      {
        title: 'ASSIGNMENT',
        value: ({ assignment }) =>
          assignment.map(({ topic, partition }) => `${topic}-${partition}`).join(','),
        isWide: true,
      },
    ],
    name: ({ memberId }) => memberId,
    empty: 'There are no members',
  })
}
