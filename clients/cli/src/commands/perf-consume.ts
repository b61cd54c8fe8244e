import type { Kafka } from '@ottla/client'
import { EXIT } from '../failure/exit-code.ts'
import { CommandFailure } from '../failure/command-failure.ts'
import { humanCount, humanRate } from '../output/human.ts'
import { Progress } from '../output/progress.ts'
import type { Invocation } from '../parse/invocation.ts'
import { perfResult, type Measurement } from '../perf/perf-result.ts'
import { withPerfTopic, type PerfTopic } from '../perf/perf-topic.ts'
import { printPerf } from '../perf/print-perf.ts'
import { note } from '../terminal/terminal.ts'
import { partitionBounds } from './partition-bounds.ts'
import { measureProduce, RECORDS_MAX } from './perf-produce.ts'
import { withKafka } from './with-kafka.ts'

export async function perfConsume(invocation: Invocation): Promise<void> {
  const { terminal } = invocation
  const measurement = await withKafka(invocation, (kafka) =>
    withPerfTopic(kafka, invocation, async (topic) => {
      if (topic.isOwn) {
        note(terminal, 'Filling a topic to read from …')
        await measureProduce(kafka, invocation, topic)
      }
      return measureConsume(kafka, invocation, topic)
    }),
  )
  await printPerf(invocation, perfResult(measurement))
}

async function measureConsume(
  kafka: Kafka,
  { options, terminal }: Invocation,
  { name: topic, partitions }: PerfTopic,
): Promise<Measurement> {
  const { signal } = terminal
  const keys = Array.from({ length: partitions }, (_, partition) => ({ topic, partition }))
  const range = { from: { at: 'start' }, until: { at: 'end' } } as const
  const bounds = await partitionBounds(kafka, { keys, range, wait: { signal } })
  const there = bounds.reduce((sum, { startOffset, endOffset }) => sum + endOffset - startOffset, 0)
  const wanted = Math.min(options.integer('num', { min: 1, max: RECORDS_MAX }) ?? Infinity, there)
  if (wanted === 0) {
    throw new CommandFailure(`Topic "${topic}" is empty: there is nothing to read`, {
      exitCode: EXIT.failed,
      hint: `"ottla perf produce -t ${topic}" fills it`,
    })
  }
  let records = 0
  let bytes = 0
  await using consumer = kafka.consumer({
    assign: keys.map((key) => ({ ...key, offset: 'earliest' as const })),
  })
  const startMs = terminal.monotonicMs()
  const progress = new Progress(terminal, () => {
    const seconds = (terminal.monotonicMs() - startMs) / 1000
    return `${humanCount(records)} of ${humanCount(wanted)} records, ${humanCount(records / seconds)} records/s, ${humanRate(bytes / seconds)}`
  })
  try {
    for await (const batch of consumer.batches({ signal })) {
      for (const { key, value } of batch.messages)
        bytes += (key?.length ?? 0) + (value?.length ?? 0)
      records += batch.size
      if (records >= wanted) break
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    progress.stop()
  }
  return {
    kind: 'consume',
    topic,
    partitions,
    records,
    bytes,
    elapsedMs: terminal.monotonicMs() - startMs,
  }
}
