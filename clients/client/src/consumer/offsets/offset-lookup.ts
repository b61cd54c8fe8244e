/** Positions that are known by what they mean (a time, the oldest record, the end): the leader is asked. */
import type { BrokerId } from '@ottla/base'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import { askAbout, isCurrent, onRefused, type AskedPartition } from './asked-partition.ts'
import {
  LIST_OFFSETS,
  listOffsets,
  questionOf,
  type OffsetQuestion,
  type PartitionAnswer,
} from './offset-requests.ts'
import { LATEST_TIMESTAMP, timestampOf } from './offset-spec.ts'

export async function lookUpOffsets(
  context: ConsumerContext,
  leaderId: BrokerId,
  partitions: readonly AssignedPartition[],
): Promise<void> {
  const { cluster, settings } = context
  await askAbout(context, partitions, async (asked) => {
    const connection = await cluster.connectionTo(leaderId)
    const { broker } = connection
    const ask = (questions: readonly OffsetQuestion[]): Promise<readonly PartitionAnswer[]> =>
      listOffsets(connection, questions, {
        isReadCommitted: settings.isReadCommitted,
        timeoutMs: cluster.options.requestTimeoutMs,
      })
    const nowMs = cluster.world.clock.wallMs()
    const answers = await ask(
      asked.map(({ partition }) =>
        questionOf(cluster, partition, timestampOf(partition.resetTo, nowMs)),
      ),
    )
    const beyond: AskedPartition[] = []
    for (const [i, one] of asked.entries()) {
      const answer = answers[i] as PartitionAnswer
      // No record of that time or later: the end, as if it were still to come.
      if (answer.errorCode === 0 && answer.offset < 0) beyond.push(one)
      else onOffset(context, one, broker, answer)
    }
    if (beyond.length === 0) return
    const ends = await ask(
      beyond.map(({ partition }) => questionOf(cluster, partition, LATEST_TIMESTAMP)),
    )
    for (const [i, one] of beyond.entries()) {
      onOffset(context, one, broker, ends[i] as PartitionAnswer)
    }
  })
}

function onOffset(
  context: ConsumerContext,
  one: AskedPartition,
  broker: string,
  { errorCode, offset, leaderEpoch }: PartitionAnswer,
): void {
  if (!isCurrent(one)) return
  const { partition } = one
  if (errorCode === 0) partition.moveTo(offset, leaderEpoch)
  else onRefused(context, partition, { errorCode, apiKey: LIST_OFFSETS.key, broker })
}
