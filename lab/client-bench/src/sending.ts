/** The loads that send: single records that are awaited, and lists of records. */
import type { Contender } from './contender.ts'
import { Measurement, type Measured } from './measured.ts'

export const LIST_RECORDS = 1000
export const LISTS_IN_FLIGHT = 4

/** `lanes` senders, each awaiting its own record before the next. */
export async function sendOneByOne(
  client: Contender,
  topics: readonly string[],
  options: { seconds: number; lanes: number; recordBytes: number },
): Promise<Measured> {
  const value = payload(options.recordBytes)
  const latenciesMs: number[] = []
  const measurement = new Measurement()
  const untilMs = measurement.beganMs + options.seconds * 1000
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
  return measurement.end(latenciesMs.length, options.recordBytes, latenciesMs)
}

export async function sendInBulk(
  client: Contender,
  topic: string,
  options: { seconds: number; recordBytes: number },
): Promise<Measured> {
  const values = Array.from({ length: LIST_RECORDS }, () => payload(options.recordBytes))
  const measurement = new Measurement()
  const untilMs = measurement.beganMs + options.seconds * 1000
  let records = 0
  const lane = async (): Promise<void> => {
    while (performance.now() < untilMs) {
      await client.sendMany(topic, values)
      records += LIST_RECORDS
    }
  }
  await Promise.all(Array.from({ length: LISTS_IN_FLIGHT }, lane))
  return measurement.end(records, options.recordBytes, [])
}

/** Not all the same byte, so that nothing along the way finds it easy. */
export function payload(byteCount: number): Buffer {
  const bytes = Buffer.alloc(byteCount)
  for (let i = 0; i < byteCount; i++) bytes[i] = (i * 31 + (i >> 3)) & 0xff
  return bytes
}
