/** Files that Apache Kafka wrote, opened and continued by Ottla, and given back. */
import { offset } from '@ottla/base'
import {
  runJava,
  fetchJars,
  runTool,
  startApacheKafka,
  type ApacheKafka,
} from '@ottla/lab-apache-kafka'
import type { LogManager, PartitionLog } from '@ottla/log'
import { buildBatch, COMPRESSION_NAMES, decodeEndTxnMarker, RecordBatchView } from '@ottla/records'
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { faultsOfIndexes, filesOf } from './dump-log-segments.ts'
import { openLogs, readBatches } from './open-logs.ts'
import { sampleRecord, toSampleRecord } from './sample-records.ts'

const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd']
const RECORDS = 8000
const TRANSACTIONS = 10
const RECORDS_EACH = 20
const BASE_TIMESTAMP = 1_700_000_000_000
const KAFKA_PROPERTIES = {
  'log.segment.bytes': 1024 * 1024,
  'log.index.interval.bytes': 1024,
  'log.retention.ms': -1,
}
const CONFIG = { segmentBytes: 1024 * 1024, indexIntervalBytes: 1024, retentionMs: -1 }

const root = mkdtempSync(join(tmpdir(), 'apache-log-'))
const kafkaDirectory = join(root, 'kafka')
/** The topic folders as a running broker has them, and as a clean stop leaves them. */
const running = join(root, 'running')
const stopped = join(root, 'stopped')

before(async () => {
  const kafka = await startApacheKafka({ directory: kafkaDirectory, properties: KAFKA_PROPERTIES })
  try {
    await writeSamples(kafka)
    copyTopics(kafka.logDirectory, running)
  } finally {
    await kafka.stop()
  }
  copyTopics(kafka.logDirectory, stopped)
})
after(() => rmSync(root, { recursive: true, force: true }))

async function writeSamples(kafka: ApacheKafka): Promise<void> {
  const source = join(dirname(fileURLToPath(import.meta.url)), 'SampleRecords.java')
  const args = [BASE_TIMESTAMP, RECORDS, TRANSACTIONS, RECORDS_EACH].map(String)
  const written = await runJava(await fetchJars('broker'), source, [
    kafka.bootstrapServers,
    ...args,
  ])
  assert.equal(written.exitCode, 0, written.stderr)
}

function copyTopics(from: string, to: string): void {
  for (const name of readdirSync(from))
    if (/^(codec|transactions)/.test(name))
      cpSync(join(from, name), join(to, name), { recursive: true })
}

/** Closed with the test, also when it fails: a log manager that is left open keeps the process alive. */
async function openFor(t: TestContext, directory: string): Promise<LogManager> {
  const logs = await openLogs(directory, CONFIG)
  t.after(() => logs.close())
  return logs
}

function logOf(logs: LogManager, topic: string): PartitionLog {
  const log = logs.get(topic, 0)
  assert.ok(log !== undefined, topic)
  return log
}

async function checkSamples(logs: LogManager, codec: string): Promise<void> {
  const batches = await readBatches(logOf(logs, `codec-${codec}`))
  const records = batches.flatMap((batch) => batch.records)
  assert.equal(records.length, RECORDS)
  for (const [index, record] of records.entries()) {
    assert.equal(record.offset, index)
    assert.deepEqual(toSampleRecord(record), sampleRecord(index, BASE_TIMESTAMP))
  }
  const codecs = new Set(batches.map((batch) => COMPRESSION_NAMES[batch.compressionType]))
  assert.deepEqual([...codecs], [codec])
}

for (const [state, directory] of [
  ['a running broker', running],
  ['a clean stop', stopped],
] as const)
  test(`Ottla reads every record of every codec in the topic folders of ${state}`, async (t) => {
    const copy = join(root, `copy-of-${directory.split('/').at(-1)}`)
    cpSync(directory, copy, { recursive: true })
    assert.ok(filesOf(join(copy, 'codec-none-0'), '.log').length >= 2)

    const logs = await openFor(t, copy)

    for (const codec of CODECS) await checkSamples(logs, codec)
  })

test('Ottla finds a timestamp in the time indexes that Apache Kafka wrote', async (t) => {
  const logs = await openFor(t, stopped)
  for (const codec of CODECS) {
    const log = logOf(logs, `codec-${codec}`)
    for (const index of [0, 1, 777, 4321, RECORDS - 1])
      assert.equal(log.offsetForTimestamp(BASE_TIMESTAMP + index)?.offset, index)
    assert.equal(log.offsetForTimestamp(BASE_TIMESTAMP + RECORDS), undefined)
  }
})

test('Ottla knows the transactions of Apache Kafka, committed and aborted', async (t) => {
  const logs = await openFor(t, stopped)
  const log = logOf(logs, 'transactions')

  const batches = await readBatches(log)
  const aborted = log.abortedTransactions(0, log.logEndOffset)

  const markers = batches.filter((batch) => batch.isControl)
  const [record] = markers[0]?.records ?? []
  assert.equal(decodeEndTxnMarker(record?.key ?? null, record?.value ?? null).type, 1)
  assert.equal(markers.length, TRANSACTIONS)
  const data = batches.filter((batch) => !batch.isControl).flatMap((batch) => batch.records)
  assert.equal(data.length, TRANSACTIONS * RECORDS_EACH)
  // A transaction takes its records and one marker.
  const span = RECORDS_EACH + 1
  assert.deepEqual(
    aborted.map(({ firstOffset, lastOffset }) => [firstOffset, lastOffset]),
    [1, 3, 5, 7, 9].map((transaction) => [transaction * span, (transaction + 1) * span - 1]),
  )
  assert.equal(log.lastStableOffset, log.logEndOffset)
})

test('Ottla knows the producers of Apache Kafka: a batch sent again is answered with its offset', async (t) => {
  const logs = await openFor(t, stopped)
  const log = logOf(logs, 'codec-lz4')
  const last = (await readBatches(log)).at(-1)
  assert.ok(last !== undefined && last.producerId >= 0)

  const sentAgain = Buffer.from(last.bytes)
  // As its producer sent it: the broker had put the offset in.
  new RecordBatchView().reset(sentAgain, 0).setBaseOffset(offset(0))
  const outcome = log.append(sentAgain, { origin: 'client', leaderEpoch: 0 })

  assert.equal(outcome.errorCode, 0, outcome.errorMessage ?? '')
  assert.equal(outcome.baseOffset, last.records[0]?.offset)
  assert.equal(log.logEndOffset, RECORDS)
})

test('Apache Kafka goes on with the topic folders that Ottla has written to', async (t) => {
  const logs = await openFor(t, stopped)
  for (const codec of CODECS) {
    const log = logOf(logs, `codec-${codec}`)
    for (const [compression] of COMPRESSION_NAMES.entries()) {
      const value = Buffer.from(`ottla-${compression}`)
      const batch = buildBatch([{ key: null, value, timestamp: BASE_TIMESTAMP }], { compression })
      assert.equal(log.append(batch, { origin: 'client', leaderEpoch: 0 }).errorCode, 0)
    }
    log.write()
  }
  await logs.close()
  for (const codec of CODECS)
    assert.deepEqual(await faultsOfIndexes(join(stopped, `codec-${codec}-0`)), [])
  for (const name of readdirSync(stopped).filter((entry) => entry.startsWith('codec-'))) {
    rmSync(join(kafkaDirectory, 'log', name), { recursive: true })
    cpSync(join(stopped, name), join(kafkaDirectory, 'log', name), { recursive: true })
  }

  const kafka = await startApacheKafka({ directory: kafkaDirectory, properties: KAFKA_PROPERTIES })
  try {
    for (const codec of CODECS) {
      const consumed = await runTool('ConsoleConsumer', [
        `--bootstrap-server=${kafka.bootstrapServers}`,
        `--topic=codec-${codec}`,
        '--partition=0',
        `--offset=${RECORDS - 1}`,
        `--max-messages=${1 + COMPRESSION_NAMES.length}`,
        '--timeout-ms=30000',
      ])
      const [before, ...appended] = consumed.stdout.trimEnd().split('\n')
      assert.equal(before, sampleRecord(RECORDS - 1, BASE_TIMESTAMP).value)
      assert.deepEqual(
        appended,
        COMPRESSION_NAMES.map((_, compression) => `ottla-${compression}`),
      )
    }
  } finally {
    await kafka.stop()
  }
})
