import type { Kafka } from '@ottla/client'
import { humanCount, humanMs, humanRate } from '../output/human.ts'
import { Progress } from '../output/progress.ts'
import type { Invocation } from '../parse/invocation.ts'
import { LatencyHistogram } from '../perf/latency-histogram.ts'
import { perfResult, type Measurement } from '../perf/perf-result.ts'
import { withPerfTopic, type PerfTopic } from '../perf/perf-topic.ts'
import { printPerf } from '../perf/print-perf.ts'
import { sendLoad } from '../perf/send-load.ts'
import { producerOptions } from './produce.ts'
import { withKafka } from './with-kafka.ts'

const RECORDS_DEFAULT = 100_000
const SIZE_DEFAULT = 1024
const IN_FLIGHT_DEFAULT = 10_000
export const RECORDS_MAX = 1e12
export const SIZE_MAX = 64 * 1024 * 1024

export async function perfProduce(invocation: Invocation): Promise<void> {
  const measurement = await withKafka(invocation, (kafka) =>
    withPerfTopic(kafka, invocation, (topic) => measureProduce(kafka, invocation, topic)),
  )
  await printPerf(invocation, perfResult(measurement))
}

/** Also what fills a topic before it is read. */
export async function measureProduce(
  kafka: Kafka,
  { options, terminal }: Invocation,
  { name: topic, partitions }: PerfTopic,
): Promise<Measurement> {
  const records = options.integer('num', { min: 1, max: RECORDS_MAX }) ?? RECORDS_DEFAULT
  const valueBytes = options.integer('size', { min: 0, max: SIZE_MAX }) ?? SIZE_DEFAULT
  const rate = options.knows('rate') ? options.number('rate', { min: 0.001 }) : undefined
  const inFlightMax =
    (options.knows('in-flight') ? options.integer('in-flight', { min: 1, max: 1e6 }) : undefined) ??
    IN_FLIGHT_DEFAULT
  const latencies = new LatencyHistogram()
  const sent = { records: 0 }
  await using producer = kafka.producer(producerOptions(options))
  // The first send pays for metadata and connections; it is not what is measured.
  await producer.send(topic, { value: Buffer.alloc(valueBytes) }, { signal: terminal.signal })
  const startMs = terminal.monotonicMs()
  const progress = new Progress(terminal, () => {
    const seconds = (terminal.monotonicMs() - startMs) / 1000
    return (
      `${humanCount(sent.records)} of ${humanCount(records)} records, ` +
      `${humanCount(sent.records / seconds)} records/s, ${humanRate((sent.records * valueBytes) / seconds)}, ` +
      `p99 ${latencies.count === 0 ? '-' : humanMs(latencies.percentileMs(0.99))}`
    )
  })
  try {
    await sendLoad(
      producer,
      terminal,
      { topic, records, valueBytes, rate, inFlightMax, latencies },
      sent,
    )
  } finally {
    progress.stop()
  }
  return {
    kind: 'produce',
    topic,
    partitions,
    records: sent.records,
    bytes: sent.records * valueBytes,
    elapsedMs: terminal.monotonicMs() - startMs,
    latencies,
  }
}
