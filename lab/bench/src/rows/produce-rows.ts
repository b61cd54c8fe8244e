/**
 * Producing as fast as the client can, in the three ways that cost a broker most differently:
 * full batches, one record a request, and every batch on the disk before it is acknowledged.
 */
import { loadMetrics, loadValues, type Row } from './row.ts'

interface ProduceRow {
  readonly name: string
  readonly about: string
  readonly partitions: number
  readonly recordBytes: number
  readonly producer: readonly string[]
  readonly isDurable: boolean
  readonly goals: { readonly throughput: number; readonly cpu: number }
}

const BATCHED = { throughput: 1, cpu: 0.5 }
/** So many in flight that the broker is never waited for, and no more than drains in seconds. */
const ONE_RECORD_A_REQUEST = [
  'linger.ms=0',
  'batch.num.messages=1',
  'queue.buffering.max.messages=10000',
]

const rows: readonly ProduceRow[] = [
  ...[1, 16].flatMap((partitions) =>
    [100, 1024].map((recordBytes) => ({
      name: `produce-${sizeName(recordBytes)}-${partitions}p`,
      about: `acks=1, linger 5 ms, ${partitionsName(partitions)}`,
      partitions,
      recordBytes,
      producer: ['acks=1'],
      isDurable: false,
      goals: BATCHED,
    })),
  ),
  {
    name: 'single-100B-1p',
    about: 'acks=1, one record a request, up to 10,000 in flight, 1 partition',
    partitions: 1,
    recordBytes: 100,
    producer: ['acks=1', ...ONE_RECORD_A_REQUEST],
    isDurable: false,
    goals: { throughput: 3, cpu: 0.5 },
  },
  ...[1, 16].map((partitions) => ({
    name: `durable-1KiB-${partitions}p`,
    about: `acks=all after fsync, linger 5 ms, ${partitionsName(partitions)}`,
    partitions,
    recordBytes: 1024,
    producer: ['acks=all'],
    isDurable: true,
    goals: BATCHED,
  })),
  {
    name: 'durable-single-100B-1p',
    about: 'acks=all after fsync, one record a request, up to 10,000 in flight, 1 partition',
    partitions: 1,
    recordBytes: 100,
    producer: ['acks=all', ...ONE_RECORD_A_REQUEST],
    isDurable: true,
    goals: { throughput: 3, cpu: 0.5 },
  },
]

export const produceRows: readonly Row[] = rows.map(produceRow)

function produceRow(row: ProduceRow): Row {
  const { partitions, recordBytes } = row
  return {
    name: row.name,
    about: row.about,
    metrics: loadMetrics(row.goals),
    run: async ({ contestant, scale, isVerified }) => {
      const broker = await contestant.broker()
      const topicConfig = row.isDurable ? contestant.side.durableTopicConfig : []
      return contestant.onTopic(broker, { partitions, topicConfig }, async (topic) => {
        const figures = await contestant.load(broker, topic, {
          mode: 'produce',
          partitions,
          recordBytes,
          warmUpSeconds: scale.warmUpSeconds,
          warmUpMaxBytes: scale.maxBytes / 4,
          seconds: scale.seconds,
          maxBytes: scale.maxBytes,
          producer: row.producer,
        })
        if (isVerified)
          await contestant.work(broker, topic, {
            mode: 'verify',
            partitions,
            records: figures.ackedRecords,
            consumer: ['check.crcs=true'],
          })
        return { values: loadValues(figures), loads: [figures] }
      })
    },
  }
}

export function sizeName(recordBytes: number): string {
  return recordBytes % 1024 === 0 ? `${recordBytes / 1024}KiB` : `${recordBytes}B`
}

function partitionsName(partitions: number): string {
  return partitions === 1 ? '1 partition' : `${partitions} partitions`
}
