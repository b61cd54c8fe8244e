import type { Kafka } from '@ottla/client'
import { humanCount, humanMs } from '../output/human.ts'
import { Progress } from '../output/progress.ts'
import type { Invocation } from '../parse/invocation.ts'
import { LatencyHistogram } from '../perf/latency-histogram.ts'
import { payloads } from '../perf/payload.ts'
import { perfResult, type Measurement } from '../perf/perf-result.ts'
import { withPerfTopic, type PerfTopic } from '../perf/perf-topic.ts'
import { printPerf } from '../perf/print-perf.ts'
import { SIZE_MAX } from './perf-produce.ts'
import { producerOptions } from './produce.ts'
import { withKafka } from './with-kafka.ts'

const RECORDS_DEFAULT = 1000
const SIZE_DEFAULT = 100
/** The first ones pay for connections and for cold code. */
const WARM_UP_RECORDS = 20

export async function perfE2e(invocation: Invocation): Promise<void> {
  const measurement = await withKafka(invocation, (kafka) =>
    withPerfTopic(kafka, invocation, (topic) => measureE2e(kafka, invocation, topic)),
  )
  await printPerf(invocation, perfResult(measurement))
}

async function measureE2e(
  kafka: Kafka,
  { options, terminal }: Invocation,
  { name: topic, partitions }: PerfTopic,
): Promise<Measurement> {
  const { signal, monotonicMs } = terminal
  const records = options.integer('num', { min: 1, max: 1e9 }) ?? RECORDS_DEFAULT
  const valueBytes = options.integer('size', { min: 0, max: SIZE_MAX }) ?? SIZE_DEFAULT
  const latencies = new LatencyHistogram()
  const values = payloads(valueBytes)
  const partition = 0
  const { offset } = await kafka.admin.topics.offsets(
    { topic, partition, at: 'latest' },
    { signal },
  )
  await using producer = kafka.producer(producerOptions(options))
  await using consumer = kafka.consumer({ assign: [{ topic, partition, offset }] })
  const messages = consumer[Symbol.asyncIterator]()
  let startMs = monotonicMs()
  let received = 0
  const progress = new Progress(terminal, () => {
    const p99 = latencies.count === 0 ? '-' : humanMs(latencies.percentileMs(0.99))
    return `${humanCount(latencies.count)} of ${humanCount(records)} records, p99 ${p99}`
  })
  try {
    while (latencies.count < records && !signal.aborted) {
      const sentMs = monotonicMs()
      const value = values[received % values.length] as Buffer
      await Promise.all([messages.next(), producer.send(topic, { value, partition }, { signal })])
      received++
      if (received > WARM_UP_RECORDS) latencies.record(monotonicMs() - sentMs)
      else startMs = monotonicMs()
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    progress.stop()
  }
  const bytes = latencies.count * valueBytes
  return {
    kind: 'e2e',
    topic,
    partitions,
    records: latencies.count,
    bytes,
    elapsedMs: monotonicMs() - startMs,
    latencies,
  }
}
