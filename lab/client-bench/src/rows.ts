/** What is measured, one row after the other. A row runs in a process of its own, given one client. */
import { catchUp, tail } from './consuming.ts'
import type { Contender } from './contender.ts'
import type { Measured } from './measured.ts'
import { LIST_RECORDS, LISTS_IN_FLIGHT, sendInBulk, sendOneByOne } from './sending.ts'

/** The C program on librdkafka has these loads too. */
export type CMode = 'produce' | 'consume' | 'tail'

export interface Row {
  readonly name: string
  readonly what: string
  readonly recordBytes: number
  /** Records that the topic holds before the row begins. */
  readonly filledWith: number
  readonly topicCount: number
  readonly isBulk: boolean
  /** What the ratios are of; a ratio over 1 is better than ours either way. */
  readonly judgedBy: 'recordsPerSecond' | 'p99Ms'
  readonly warmUpSeconds: number
  readonly cMode: CMode | undefined
  readonly rate?: number
  readonly run: (client: Contender, topics: readonly string[], seconds: number) => Promise<Measured>
}

const CATCH_UP_RECORDS = 1_000_000
const TAIL_RATE = 1000

/**
 * The first record of a partition took Apache Kafka some 20 ms here, and there are 600 partitions: with
 * less, what differs is the window into which they fall.
 */
const MANY_TOPICS_WARM_UP_SECONDS = 10

const SENDING = {
  recordBytes: 100,
  filledWith: 0,
  topicCount: 1,
  isBulk: false,
  judgedBy: 'recordsPerSecond',
  warmUpSeconds: 1,
  cMode: undefined,
} as const

function awaited(name: string, what: string, lanes: number, topicCount = 1): Row {
  const { recordBytes } = SENDING
  return {
    ...SENDING,
    name,
    what,
    topicCount,
    warmUpSeconds: topicCount > 1 ? MANY_TOPICS_WARM_UP_SECONDS : SENDING.warmUpSeconds,
    run: (client, topics, seconds) => sendOneByOne(client, topics, { seconds, lanes, recordBytes }),
  }
}

function bulk(name: string, recordBytes: number): Row {
  return {
    ...SENDING,
    name,
    what: `lists of ${LIST_RECORDS} records of ${recordBytes} B, ${LISTS_IN_FLIGHT} at a time`,
    recordBytes,
    isBulk: true,
    cMode: 'produce',
    run: (client, [topic], seconds) =>
      sendInBulk(client, topic as string, { seconds, recordBytes }),
  }
}

export const ROWS: readonly Row[] = [
  awaited('send-awaited', 'records of 100 B, each awaited before the next', 1),
  awaited('send-100-in-flight', 'records of 100 B, a hundred awaited at a time', 100),
  awaited('send-200-topics', 'the same over two hundred topics', 100, 200),
  bulk('bulk-100B', 100),
  bulk('bulk-1KiB', 1024),
  {
    ...SENDING,
    name: 'catch-up-100B',
    what: `a group of one reads ${CATCH_UP_RECORDS} records of 100 B from the beginning`,
    filledWith: CATCH_UP_RECORDS,
    warmUpSeconds: 0,
    cMode: 'consume',
    run: (client, [topic]) =>
      catchUp(client, topic as string, { count: CATCH_UP_RECORDS, recordBytes: 100 }),
  },
  {
    ...SENDING,
    name: 'tail-1k',
    what: `${TAIL_RATE} records of 100 B a second, from due to read by a group of one; ratio of p99`,
    warmUpSeconds: 0,
    judgedBy: 'p99Ms',
    cMode: 'tail',
    rate: TAIL_RATE,
    run: (client, [topic], seconds) =>
      tail(client, topic as string, { seconds, rate: TAIL_RATE, recordBytes: 100 }),
  },
]
