/** The loads that read: from the beginning as fast as it goes, and at the tail of a steady flow. */
import type { Contender } from './contender.ts'
import { Measurement, type Measured } from './measured.ts'
import { payload } from './sending.ts'

const TAIL_WARM_UP_MS = 1000
const TICK_MS = 1

export async function catchUp(
  client: Contender,
  topic: string,
  options: { count: number; recordBytes: number },
): Promise<Measured> {
  let records = 0
  // The join of the group is not what is measured.
  let measurement: Measurement | undefined
  let measured: Measured | undefined
  await client.consume(topic, () => {
    measurement ??= new Measurement()
    if (++records < options.count) return true
    measured ??= measurement.end(records, options.recordBytes, [])
    return false
  })
  return measured as Measured
}

/**
 * One process sends on a schedule that waits for nobody and reads what it sent. A latency counts from
 * the moment at which its record was due, so a client that holds up the event loop is charged for it.
 */
export async function tail(
  client: Contender,
  topic: string,
  options: { seconds: number; rate: number; recordBytes: number },
): Promise<Measured> {
  const latenciesMs: number[] = []
  let beginMs = Number.POSITIVE_INFINITY
  let endMs = Number.POSITIVE_INFINITY
  let measurement: Measurement | undefined
  let measured: Measured | undefined
  const flow = startFlow(client, topic, options)
  const reading = client.consume(topic, (value) => {
    const dueMs = value.readDoubleLE(0)
    const nowMs = performance.now()
    if (beginMs === Number.POSITIVE_INFINITY) {
      beginMs = nowMs + TAIL_WARM_UP_MS
      endMs = beginMs + options.seconds * 1000
    }
    if (dueMs < beginMs) return true
    measurement ??= new Measurement()
    if (dueMs < endMs) {
      latenciesMs.push(nowMs - dueMs)
      return true
    }
    measured ??= measurement.end(latenciesMs.length, options.recordBytes, latenciesMs)
    return false
  })
  try {
    await Promise.race([reading, flow.failed])
  } finally {
    await flow.stop()
  }
  return measured as Measured
}

interface Flow {
  readonly failed: Promise<never>
  stop(): Promise<void>
}

function startFlow(
  client: Contender,
  topic: string,
  { rate, recordBytes }: { rate: number; recordBytes: number },
): Flow {
  const { promise: failed, reject } = Promise.withResolvers<never>()
  // It is raced; a failure after the end of the race concerns nobody.
  failed.catch(() => undefined)
  const startedMs = performance.now()
  const pending = new Set<Promise<void>>()
  let sent = 0
  const timer = setInterval(() => {
    for (;;) {
      const dueMs = startedMs + (sent * 1000) / rate
      if (dueMs > performance.now()) return
      sent++
      const value = payload(recordBytes)
      value.writeDoubleLE(dueMs, 0)
      const sending = client.send(topic, value).then(() => void pending.delete(sending), reject)
      pending.add(sending)
    }
  }, TICK_MS)
  return {
    failed,
    stop: async () => {
      clearInterval(timer)
      await Promise.race([Promise.all(pending), failed.catch(() => undefined)])
    },
  }
}
