/**
 * Records of partitions from one offset up to another, printed. Who follows topics gets what is added to
 * them later, too: new partitions, and with a pattern new topics, from their beginning.
 */
import type { Consumer, Kafka, TopicPartition } from '@ottla/client'
import type { Invocation } from '../parse/invocation.ts'
import type { OutageWatch } from './outage-watch.ts'
import type { RecordPrinter } from './record-printer.ts'
import { watermarksOf } from './watermarks-of.ts'

export const BATCH_RECORDS = 500
const POSITION_PERIOD_MS = 200

/** Everything of one partition that is still to come. */
export interface Range extends TopicPartition {
  /** Moves on with what is printed. */
  fromOffset: number | 'earliest'
  readonly untilOffset: number
}

export interface Work {
  readonly printer: RecordPrinter
  readonly max: number
  readonly outage: OutageWatch
}

/** What is to be followed, for as long as the reading goes on. */
export interface Followed {
  readonly known: readonly TopicPartition[]
  readonly isWanted: (topic: string) => boolean
  readonly periodMs: number
}

export interface RangesWork extends Work {
  readonly ranges: readonly Range[]
  readonly followed: Followed | undefined
}

type OpenRanges = Map<string, Range>

export async function readRanges(
  kafka: Kafka,
  invocation: Invocation,
  { printer, max, outage, ranges, followed }: RangesWork,
): Promise<void> {
  const open: OpenRanges = new Map(ranges.map((range) => [keyOf(range), range]))
  const known = new Set((followed?.known ?? []).map(keyOf))
  for (;;) {
    const stop = new AbortController()
    const found: Range[] = []
    using _watch = watchForNew(kafka, invocation, { followed, outage, known, found, stop })
    await readOpen(kafka, invocation, {
      printer,
      max,
      outage,
      open,
      stop,
      isFollowing: followed !== undefined,
    })
    if (found.length === 0) return
    // A consumer of given partitions takes no more: another one goes on where this one has come to.
    for (const range of found) open.set(keyOf(range), range)
  }
}

interface Watching {
  readonly followed: Followed | undefined
  readonly outage: OutageWatch
  readonly known: Set<string>
  readonly found: Range[]
  readonly stop: AbortController
}

/** Looks from time to time; what it cannot learn now it learns the next time. */
function watchForNew(
  kafka: Kafka,
  { terminal }: Invocation,
  { followed, outage, known, found, stop }: Watching,
): Disposable {
  if (followed === undefined) return { [Symbol.dispose]: () => undefined }
  const { isWanted, periodMs } = followed
  const over = new AbortController()
  const look = async (): Promise<void> => {
    const topics = await kafka.admin.topics.list({ includeInternal: true, signal: over.signal })
    if (over.signal.aborted) return
    outage.onAnswer()
    for (const { name, isInternal, partitionCount } of topics) {
      if (!isWanted(name) || isInternal) continue
      for (let partition = 0; partition < partitionCount; partition++) {
        const range: Range = {
          topic: name,
          partition,
          fromOffset: 'earliest',
          untilOffset: Infinity,
        }
        if (known.has(keyOf(range))) continue
        known.add(keyOf(range))
        found.push(range)
      }
    }
    if (found.length > 0) stop.abort()
  }
  let isLooking = false
  const timer = terminal.every(periodMs, () => {
    if (isLooking || stop.signal.aborted) return
    isLooking = true
    look()
      .catch(() => undefined)
      .finally(() => {
        isLooking = false
      })
  })
  return {
    [Symbol.dispose]: () => {
      over.abort()
      timer.cancel()
    },
  }
}

interface OpenWork extends Work {
  /** Without those that are read to their end, and with how far the others are. */
  readonly open: OpenRanges
  readonly stop: AbortController
  /** Then it is not done when nothing is open. */
  readonly isFollowing: boolean
}

async function readOpen(
  kafka: Kafka,
  { options, terminal }: Invocation,
  { printer, max, outage, open, stop, isFollowing }: OpenWork,
): Promise<void> {
  const { signal } = terminal
  await using consumer = kafka.consumer({
    assign: [...open.values()].map(({ topic, partition, fromOffset: offset }) => ({
      topic,
      partition,
      offset,
    })),
    from: 'earliest',
    ...isolation(options),
  })
  const watermarks = watermarksOf(consumer)
  const either = AbortSignal.any([signal, stop.signal])
  const isDone = (): boolean => printer.count >= max || (open.size === 0 && !isFollowing)
  let isWaiting = true
  let failure: unknown
  const giveUpWhenGone = async (): Promise<void> => {
    failure = await outage.failure(kafka, either)
    if (failure !== undefined) stop.abort()
  }
  const watch = terminal.every(POSITION_PERIOD_MS, () => {
    if (isFollowing || !isWaiting) return
    closeEmpty(consumer, open)
    if (open.size === 0) stop.abort()
    if (hasEnd(open)) void giveUpWhenGone()
  })
  try {
    for await (const batch of consumer.batches({ max: BATCH_RECORDS, signal: either })) {
      isWaiting = false
      outage.onAnswer()
      for (const message of batch.messages) {
        const key = keyOf(message)
        const range = open.get(key)
        if (range === undefined) continue
        if (message.offset < range.untilOffset) printer.add(message, watermarks)
        if (message.offset >= range.untilOffset - 1) open.delete(key)
        else range.fromOffset = message.offset + 1
        if (printer.isFull) await printer.flush()
        if (printer.count >= max || signal.aborted) break
      }
      await printer.flush()
      if (isDone() || signal.aborted) break
      isWaiting = true
    }
  } catch (error) {
    if (!either.aborted) throw error
  } finally {
    watch.cancel()
    await printer.flush()
  }
  if (failure !== undefined) throw failure
}

/** Without -e, a reading of given partitions waits for more, and for the cluster. */
function hasEnd(open: OpenRanges): boolean {
  return [...open.values()].every(({ untilOffset }) => untilOffset < Infinity)
}

/**
 * The last offsets of a range need not be records that are given out: a transaction's marker, or what
 * compaction removed. The position passes them all the same. Asked only while nothing is in hand: what a
 * batch holds is behind the position, and not yet printed.
 */
function closeEmpty(consumer: Consumer, open: OpenRanges): void {
  for (const [key, { topic, partition, untilOffset }] of open) {
    const position = consumer.position({ topic, partition })
    if (position !== undefined && position >= untilOffset) open.delete(key)
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic} ${partition}`
}

export function isolation(options: Invocation['options']): { isolation?: 'read_committed' } {
  return options.flag('read-committed') ? { isolation: 'read_committed' } : {}
}
