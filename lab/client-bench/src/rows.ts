/** What is measured, one row after the other. A row runs in a process of its own, given one client. */
import type { Contender } from './contender.ts'

export interface Measured {
  readonly records: number
  readonly bytes: number
  readonly seconds: number
  /** Milliseconds from the call to its acknowledgement; empty for rows about throughput alone. */
  readonly latenciesMs: readonly number[]
}

export interface Row {
  readonly name: string
  readonly what: string
  readonly recordBytes: number
  /** Records that the topic holds before the row begins. */
  readonly filledWith: number
  readonly topicCount: number
  readonly run: (client: Contender, topics: readonly string[], seconds: number) => Promise<Measured>
}

const MANY_SIZE = 1000
const MANY_IN_FLIGHT = 4

/** `lanes` senders, each awaiting its own record before the next. */
async function sendOneByOne(
  client: Contender,
  topics: readonly string[],
  options: { seconds: number; lanes: number; recordBytes: number },
): Promise<Measured> {
  const value = payload(options.recordBytes)
  const latenciesMs: number[] = []
  const startedMs = performance.now()
  const untilMs = startedMs + options.seconds * 1000
  let next = 0
  const lane = async (): Promise<void> => {
    for (;;) {
      const beganMs = performance.now()
      if (beganMs >= untilMs) return
      await client.send(topics[next++ % topics.length] as string, value)
      latenciesMs.push(performance.now() - beganMs)
    }
  }
  await Promise.all(Array.from({ length: options.lanes }, lane))
  return measured(latenciesMs.length, options.recordBytes, startedMs, latenciesMs)
}

async function sendInBulk(
  client: Contender,
  topics: readonly string[],
  options: { seconds: number; recordBytes: number },
): Promise<Measured> {
  const values = Array.from({ length: MANY_SIZE }, () => payload(options.recordBytes))
  const startedMs = performance.now()
  const untilMs = startedMs + options.seconds * 1000
  let records = 0
  const lane = async (): Promise<void> => {
    while (performance.now() < untilMs) {
      await client.sendMany(topics[0] as string, values)
      records += MANY_SIZE
    }
  }
  await Promise.all(Array.from({ length: MANY_IN_FLIGHT }, lane))
  return measured(records, options.recordBytes, startedMs, [])
}

async function catchUp(
  client: Contender,
  topics: readonly string[],
  options: { count: number; recordBytes: number },
): Promise<Measured> {
  let records = 0
  let startedMs = 0
  await client.consume(topics[0] as string, () => {
    // The join of the group is not what is measured.
    if (records++ === 0) startedMs = performance.now()
    return records < options.count
  })
  return measured(records, options.recordBytes, startedMs, [])
}

function measured(
  records: number,
  recordBytes: number,
  startedMs: number,
  latenciesMs: readonly number[],
): Measured {
  const seconds = (performance.now() - startedMs) / 1000
  return { records, bytes: records * recordBytes, seconds, latenciesMs }
}

/** Not all the same byte, so that nothing along the way finds it easy. */
function payload(byteCount: number): Buffer {
  const bytes = Buffer.alloc(byteCount)
  for (let i = 0; i < byteCount; i++) bytes[i] = (i * 31 + (i >> 3)) & 0xff
  return bytes
}

const CATCH_UP_RECORDS = 1_000_000

function sending(name: string, what: string, lanes: number, topicCount = 1): Row {
  const recordBytes = 100
  return {
    name,
    what,
    recordBytes,
    filledWith: 0,
    topicCount,
    run: (client, topics, seconds) => sendOneByOne(client, topics, { seconds, lanes, recordBytes }),
  }
}

function bulk(name: string, recordBytes: number): Row {
  return {
    name,
    what: `lists of ${MANY_SIZE} records of ${recordBytes} B, ${MANY_IN_FLIGHT} at a time`,
    recordBytes,
    filledWith: 0,
    topicCount: 1,
    run: (client, topics, seconds) => sendInBulk(client, topics, { seconds, recordBytes }),
  }
}

export const ROWS: readonly Row[] = [
  sending('send-awaited', 'records of 100 B, each awaited before the next', 1),
  sending('send-100-in-flight', 'records of 100 B, a hundred awaited at a time', 100),
  sending('send-200-topics', 'the same over two hundred topics', 100, 200),
  bulk('bulk-100B', 100),
  bulk('bulk-1KiB', 1024),
  {
    name: 'catch-up-100B',
    what: `a group of one reads ${CATCH_UP_RECORDS} records of 100 B from the beginning`,
    recordBytes: 100,
    filledWith: CATCH_UP_RECORDS,
    topicCount: 1,
    run: (client, topics) => catchUp(client, topics, { count: CATCH_UP_RECORDS, recordBytes: 100 }),
  },
]
