/**
 * Sends records as fast as there is room for, or at a steady rate. With a rate, the latency of a record
 * counts from the moment when it was due, not from when it was sent: a producer that stalls must not
 * look good because it asked for nothing meanwhile (coordinated omission).
 */
import type { Producer } from '@ottla/client'
import type { Terminal } from '../terminal/terminal.ts'
import type { LatencyHistogram } from './latency-histogram.ts'
import { payloads } from './payload.ts'

const TICK_MS = 1

export interface Load {
  readonly topic: string
  readonly records: number
  readonly valueBytes: number
  /** Records a second; undefined as fast as it goes. */
  readonly rate: number | undefined
  readonly inFlightMax: number
  readonly latencies: LatencyHistogram
}

export interface Sent {
  /** Acknowledged so far. */
  records: number
}

/** Ends early, without an error, when the command is to stop; `sent` then says how far it came. */
export async function sendLoad(
  producer: Producer,
  { monotonicMs, every, signal }: Terminal,
  load: Load,
  sent: Sent,
): Promise<void> {
  const { topic, records, rate, inFlightMax, latencies } = load
  const values = payloads(load.valueBytes)
  const startMs = monotonicMs()
  let started = 0
  let failure: { readonly error: unknown } | undefined
  const wake: { up: () => void } = { up: () => undefined }
  const dueMs = (index: number): number =>
    rate === undefined ? monotonicMs() : startMs + (index * 1000) / rate
  const sendOne = (): void => {
    const fromMs = dueMs(started)
    const value = values[started % values.length] as Buffer
    started++
    producer.send(topic, { value }).then(
      () => {
        sent.records++
        latencies.record(monotonicMs() - fromMs)
        wake.up()
      },
      (error: unknown) => {
        failure ??= { error }
        wake.up()
      },
    )
  }
  const ticking =
    rate === undefined
      ? undefined
      : every(TICK_MS, () => {
          wake.up()
        })
  const onAbort = (): void => {
    wake.up()
  }
  signal.addEventListener('abort', onAbort)
  try {
    while (sent.records < records && failure === undefined && !signal.aborted) {
      while (
        started < records &&
        started - sent.records < inFlightMax &&
        (rate === undefined || dueMs(started) <= monotonicMs())
      ) {
        sendOne()
      }
      await new Promise<void>((resolve) => {
        wake.up = resolve
      })
    }
  } finally {
    ticking?.cancel()
    signal.removeEventListener('abort', onAbort)
  }
  if (failure !== undefined) throw failure.error
}
