/** Records as a member of a group, with its stored offsets. */
import type { Kafka, TopicPartition } from '@ottla/client'
import type { OffsetRange } from '../offsets/parse-offset.ts'
import type { Invocation } from '../parse/invocation.ts'
import { ReaderGone } from '../terminal/terminal.ts'
import { BATCH_RECORDS, isolation, type Work } from './read-ranges.ts'
import { watermarksOf } from './watermarks-of.ts'

/** Longer waits would be felt on a terminal; shorter ones are writes of a single line. */
const BATCH_WAIT_MS = 20

export interface MemberWork extends Work {
  readonly group: string
  readonly range: OffsetRange
  readonly topics: readonly (RegExp | string)[]
}

export async function readAsMember(
  kafka: Kafka,
  { options, terminal }: Invocation,
  { printer, max, outage, group, range, topics }: MemberWork,
): Promise<void> {
  const { signal } = terminal
  // With an end, what is printed is committed there, record by record exactly; without one from time to
  // time, as every consumer does.
  const isFinite = max < Infinity
  await using consumer = kafka.consumer({
    group,
    topics,
    from: range.from.at === 'end' ? 'latest' : 'earliest',
    autoCommit: !isFinite,
    ...isolation(options),
  })
  const watermarks = watermarksOf(consumer)
  const next = new Map<string, TopicPartition & { offset: number }>()
  try {
    for await (const batch of consumer.batches({
      max: Math.min(BATCH_RECORDS, max),
      withinMs: BATCH_WAIT_MS,
      signal,
    })) {
      outage.onAnswer()
      for (const message of batch.messages.slice(0, max - printer.count)) {
        const { topic, partition, offset } = message
        printer.add(message, watermarks)
        next.set(`${topic} ${partition}`, { topic, partition, offset: offset + 1 })
      }
      await printer.flush()
      // Asking for the next batch says that this one is done. When the reader is gone (EPIPE) it is not: who
      // reads next gets it again.
      if (signal.aborted || printer.count >= max) break
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  if (isFinite && !(signal.reason instanceof ReaderGone)) await consumer.commit([...next.values()])
}
