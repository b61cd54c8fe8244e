/** Files that Ottla wrote, under Apache's DumpLogSegments. */
import { randomUuid, seededRandom } from '@ottla/base'
import { DEFAULT_LOG_CONFIG, type LogConfig, type LogManager, type PartitionLog } from '@ottla/log'
import {
  buildBatch,
  buildEndTxnMarkerBatch,
  COMPRESSION_NAMES,
  CONTROL_TYPE_ABORT,
  CONTROL_TYPE_COMMIT,
} from '@ottla/records'
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dumpLogSegments, faultsOfIndexes, filesOf, recordLine } from './dump-log-segments.ts'
import { openLogs } from './open-logs.ts'
import { sampleRecord, toSimpleRecord } from './sample-records.ts'

const RECORDS = 6000
const CODEC_COUNT = COMPRESSION_NAMES.length
/** Sizes that never line up with an index interval or a segment. */
const BATCH_SIZES = [1, 13, 4, 40, 7]
const CONFIG = { segmentBytes: 40_000, indexIntervalBytes: 1024, retentionMs: -1 }
const STAMPED_BATCHES = 30
const BASE_TIMESTAMP = 1_700_000_000_000
const PRODUCER = { producerId: 4000, producerEpoch: 3 }

const root = mkdtempSync(join(tmpdir(), 'dump-log-'))
const clean = join(root, 'clean')
const crashed = join(root, 'crashed')
const expectedLines: string[] = []

before(async () => {
  const logs = await openLogs(clean, CONFIG)
  writeEverySample(create(logs, 'samples', CONFIG))
  writeTransactions(create(logs, 'transactions', CONFIG))
  writeStamped(create(logs, 'stamped', { ...CONFIG, messageTimestampType: 'LogAppendTime' }))
  // What a kill -9 at this moment would leave behind: nothing of the last segment's indexes is sure.
  cpSync(clean, crashed, { recursive: true })
  await logs.close()
})
after(() => rmSync(root, { recursive: true, force: true }))

function create(logs: LogManager, topic: string, config: Partial<LogConfig>): PartitionLog {
  return logs.create({
    topic,
    topicId: randomUuid(seededRandom(topic.length)),
    partition: 0,
    config: { ...DEFAULT_LOG_CONFIG, ...config },
  })
}

function append(log: PartitionLog, batch: Buffer, origin: 'client' | 'coordinator'): number {
  const outcome = log.append(batch, { origin, leaderEpoch: 5 })
  assert.equal(outcome.errorCode, 0, outcome.errorMessage ?? '')
  log.write()
  return outcome.baseOffset
}

function writeEverySample(log: PartitionLog): void {
  for (let index = 0, batch = 0; index < RECORDS; batch++) {
    const count = Math.min(BATCH_SIZES[batch % BATCH_SIZES.length] ?? 1, RECORDS - index)
    const samples = Array.from({ length: count }, (_, i) => sampleRecord(index + i, BASE_TIMESTAMP))
    append(
      log,
      buildBatch(samples.map(toSimpleRecord), { compression: batch % CODEC_COUNT }),
      'client',
    )
    for (const [i, { key, value, timestamp, headers }] of samples.entries())
      expectedLines.push(
        recordLine({
          offset: index + i,
          timestamp,
          key,
          value,
          headerKeys: headers.map((header) => header.key),
          sequence: -1,
        }),
      )
    index += count
  }
}

/** Ten transactions of three batches, every second one aborted. */
function writeTransactions(log: PartitionLog): void {
  for (let batch = 0; batch < 30; batch++) {
    const records = [toSimpleRecord(sampleRecord(batch, BASE_TIMESTAMP))]
    append(
      log,
      buildBatch(records, { ...PRODUCER, baseSequence: batch, isTransactional: true }),
      'client',
    )
    if (batch % 3 < 2) continue
    const type = batch % 2 === 0 ? CONTROL_TYPE_COMMIT : CONTROL_TYPE_ABORT
    const marker = { type, coordinatorEpoch: 9 }
    append(
      log,
      buildEndTxnMarkerBatch(marker, { ...PRODUCER, timestamp: BASE_TIMESTAMP }),
      'coordinator',
    )
  }
}

function writeStamped(log: PartitionLog): void {
  for (let batch = 0; batch < STAMPED_BATCHES; batch++) {
    const records = [1, 2].map((index) => toSimpleRecord(sampleRecord(index, BASE_TIMESTAMP)))
    append(log, buildBatch(records, { compression: batch % CODEC_COUNT }), 'client')
  }
}

test('DumpLogSegments reads every record of every codec as it was written', async () => {
  const files = filesOf(join(clean, 'samples-0'), '.log')
  assert.ok(files.length >= 3, `${files.length} segments`)

  const lines = await dumpLogSegments(files, '--deep-iteration', '--print-data-log')

  assert.deepEqual(
    lines.filter((line) => line.startsWith('| ')),
    expectedLines,
  )
})

test('DumpLogSegments finds every batch valid and every codec among them', async () => {
  const lines = await dumpLogSegments(filesOf(join(clean, 'samples-0'), '.log'))

  for (const line of lines) assert.match(line, / partitionLeaderEpoch: 5 .* isvalid: true$/)
  const codecs = new Set(lines.map((line) => /compresscodec: (\w+)/.exec(line)?.[1]))
  assert.deepEqual(codecs, new Set(['none', 'gzip', 'snappy', 'lz4', 'zstd']))
})

test('DumpLogSegments finds nothing wrong with the offset and time indexes', async () => {
  for (const topic of ['samples', 'transactions', 'stamped'])
    assert.deepEqual(await faultsOfIndexes(join(clean, `${topic}-0`)), [])

  const entries = await dumpLogSegments(filesOf(join(clean, 'samples-0'), 'index'))
  assert.ok(entries.length > 200, `${entries.length} entries`)
})

test('DumpLogSegments does find an index entry that points elsewhere', async () => {
  const damaged = join(root, 'damaged')
  cpSync(join(clean, 'samples-0'), damaged, { recursive: true })
  const [index = ''] = filesOf(damaged, '.index')
  const bytes = readFileSync(index)
  // Entry 2: relative offset, position; the position moves into another batch.
  bytes.writeInt32BE(bytes.readInt32BE(12), 20)
  writeFileSync(index, bytes)

  const faults = await dumpLogSegments([index], '--verify-index-only')

  assert.match(faults.join('\n'), /Mismatches in/)
})

test('DumpLogSegments reads the transaction index and the markers', async () => {
  const directory = join(clean, 'transactions-0')

  const aborted = await dumpLogSegments(filesOf(directory, '.txnindex'))
  const records = await dumpLogSegments(filesOf(directory, '.log'), '--print-data-log')

  // Each transaction takes four offsets, its marker the last of them.
  const expected = [1, 3, 5, 7, 9].map((transaction) => {
    const first = transaction * 4
    return `version: 0 producerId: 4000 firstOffset: ${first} lastOffset: ${first + 3} lastStableOffset: ${first + 4}`
  })
  assert.deepEqual(aborted, expected)
  const markers = records.flatMap((line) => /endTxnMarker: .*/.exec(line)?.[0] ?? [])
  assert.deepEqual(
    markers,
    Array.from({ length: 10 }, (_, transaction) =>
      transaction % 2 === 0
        ? 'endTxnMarker: COMMIT coordinatorEpoch: 9'
        : 'endTxnMarker: ABORT coordinatorEpoch: 9',
    ),
  )
})

test('DumpLogSegments reads the producer snapshot', async () => {
  const snapshots = filesOf(join(clean, 'transactions-0'), '.snapshot')

  const [line = ''] = await dumpLogSegments(snapshots.slice(-1))

  assert.match(line, /producerId: 4000 producerEpoch: 3 coordinatorEpoch: 9 /)
  assert.match(line, /lastSequence: 29 /)
})

test('DumpLogSegments sees the time of the append where the topic asks for it', async () => {
  const files = filesOf(join(clean, 'stamped-0'), '.log')

  const lines = await dumpLogSegments(files, '--deep-iteration', '--print-data-log')

  const stamps = lines.map((line) => Number(/LogAppendTime: (\d+)/.exec(line)?.[1]))
  // A line for each batch and one for each of its two records.
  assert.equal(stamps.length, STAMPED_BATCHES * 3)
  for (const stamp of stamps) assert.ok(stamp > BASE_TIMESTAMP, String(stamp))
})

test('DumpLogSegments finds nothing wrong with the indexes that recovery made', async () => {
  for (const suffix of ['index', '.snapshot'])
    for (const file of filesOf(join(crashed, 'samples-0'), suffix)) rmSync(file)

  const logs = await openLogs(crashed, CONFIG)
  assert.equal(logs.get('samples', 0)?.logEndOffset, RECORDS)
  await logs.close()

  for (const topic of ['samples', 'transactions', 'stamped'])
    assert.deepEqual(await faultsOfIndexes(join(crashed, `${topic}-0`)), [])
  const entries = await dumpLogSegments(filesOf(join(crashed, 'samples-0'), 'index'))
  assert.ok(entries.length > 200, `${entries.length} entries`)
})
