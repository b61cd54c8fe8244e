/**
 * What `consume` and `tail` share: reads partitions from one offset up to another, or as a member of a
 * group, and prints.
 */
import type { Kafka, TopicPartition } from '@ottla/client'
import type { OffsetRange } from '../offsets/parse-offset.ts'
import { resolveRange } from '../offsets/resolve-offset.ts'
import type { Invocation } from '../parse/invocation.ts'
import { ReaderGone } from '../terminal/terminal.ts'
import { chosenPartitions } from './chosen-partitions.ts'
import { partitionBounds } from './partition-bounds.ts'
import { RecordPrinter } from './record-printer.ts'
import { requireTopics } from './require-topics.ts'
import { withKafka } from './with-kafka.ts'

const BATCH_RECORDS = 500
/** Longer waits would be felt on a terminal; shorter ones are writes of a single line. */
const BATCH_WAIT_MS = 20

export interface Reading {
  readonly range: OffsetRange
  readonly group: string | undefined
}

/** Everything of one partition that is still to come. */
interface Range {
  readonly topic: string
  readonly partition: number
  readonly fromOffset: number
  readonly untilOffset: number
}

export async function readRecords(
  invocation: Invocation,
  { range, group }: Reading,
): Promise<void> {
  const { options, terminal } = invocation
  const max = options.integer('num', { min: 0 }) ?? Infinity
  const printer = new RecordPrinter(terminal, options)
  if (max === 0) return
  await withKafka(invocation, async (kafka, wait) => {
    if (group !== undefined) {
      await requireTopics(kafka, invocation.arguments, wait)
      await readAsMember(kafka, invocation, { printer, max, group, range })
      return
    }
    const keys = await chosenPartitions(kafka, invocation, wait)
    const bounds = await partitionBounds(kafka, { keys, range, wait })
    const ranges = bounds
      .map(({ topic, partition, ...bound }): Range => {
        const { fromOffset, untilOffset } = resolveRange(range, bound)
        return { topic, partition, fromOffset, untilOffset }
      })
      .filter(({ fromOffset, untilOffset }) => fromOffset < untilOffset)
    if (ranges.length > 0) await readRanges(kafka, invocation, { printer, max, ranges })
  })
}

interface Work {
  readonly printer: RecordPrinter
  readonly max: number
}

async function readRanges(
  kafka: Kafka,
  { options, terminal }: Invocation,
  { printer, max, ranges }: Work & { readonly ranges: readonly Range[] },
): Promise<void> {
  const { signal } = terminal
  const open = new Map(ranges.map((range) => [`${range.topic} ${range.partition}`, range]))
  await using consumer = kafka.consumer({
    assign: ranges.map(({ topic, partition, fromOffset: offset }) => ({
      topic,
      partition,
      offset,
    })),
    from: 'earliest',
    ...isolation(options),
  })
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  let isWaiting = true
  // The last offsets of a range need not be records that are given out: a transaction's marker, or what
  // compaction removed. The position passes them all the same.
  // Only while nothing is in hand: what a batch holds is behind the position, and not yet printed.
  const watch = terminal.every(POSITION_PERIOD_MS, () => {
    if (!isWaiting) return
    for (const [key, { topic, partition, untilOffset }] of open) {
      const position = consumer.position({ topic, partition })
      if (position !== undefined && position >= untilOffset) open.delete(key)
    }
    if (open.size === 0) stop.abort()
  })
  try {
    for await (const batch of consumer.batches({ max: BATCH_RECORDS, signal: either })) {
      isWaiting = false
      for (const message of batch.messages) {
        const key = `${message.topic} ${message.partition}`
        const range = open.get(key)
        if (range === undefined) continue
        if (message.offset < range.untilOffset) printer.add(message)
        if (message.offset >= range.untilOffset - 1) open.delete(key)
        if (printer.isFull) await printer.flush()
        if (printer.count >= max || signal.aborted) break
      }
      await printer.flush()
      if (printer.count >= max || open.size === 0 || signal.aborted) break
      isWaiting = true
    }
  } catch (error) {
    if (!either.aborted) throw error
  } finally {
    watch.cancel()
    await printer.flush()
  }
}

const POSITION_PERIOD_MS = 200

function isolation(options: Invocation['options']): { isolation?: 'read_committed' } {
  return options.flag('read-committed') ? { isolation: 'read_committed' } : {}
}

async function readAsMember(
  kafka: Kafka,
  { options, terminal, arguments: topics }: Invocation,
  { printer, max, group, range }: Work & { readonly group: string; readonly range: OffsetRange },
): Promise<void> {
  const { signal } = terminal
  // With an end, what is printed is committed there, record by record exactly; without one from time to
  // time, as every consumer does.
  const isFinite = max < Infinity
  await using consumer = kafka.consumer({
    group,
    topics: [...new Set(topics)],
    from: range.from.at === 'end' ? 'latest' : 'earliest',
    autoCommit: !isFinite,
    ...isolation(options),
  })
  const next = new Map<string, TopicPartition & { offset: number }>()
  try {
    for await (const batch of consumer.batches({
      max: Math.min(BATCH_RECORDS, max),
      withinMs: BATCH_WAIT_MS,
      signal,
    })) {
      for (const message of batch.messages.slice(0, max - printer.count)) {
        const { topic, partition, offset } = message
        printer.add(message)
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
