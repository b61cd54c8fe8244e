/** Indexes that the disk has harmed: made again from the batches, with a word, and right afterwards. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildEndTxnMarkerBatch, CONTROL_TYPE_ABORT } from '@ottla/records'
import { readWholeFile } from '../checkpoint/replace-file.ts'
import type { PartitionLog } from '../partition-log.ts'
import { StorageError } from '../storage-error.ts'
import { listeningLogger } from '../testing/listening-logger.ts'
import {
  aBatch,
  append,
  appendAndWrite,
  baseOffsets,
  DIR,
  LogFixture,
} from '../testing/log-fixture.ts'

const LOG_DIR = `${DIR}/t-0`
const MENDED = /^Indexes of a segment are made again/
const COUNT = 9

interface Situation {
  readonly fixture: LogFixture
  readonly warnings: string[]
  /** Base offsets of the segments, as the names of their files have them. */
  readonly segments: readonly string[]
}

/** A record at each offset from 0 to 8, over several segments, each with an entry in its indexes. */
async function stoppedLog(): Promise<Situation> {
  const { logger, warnings } = listeningLogger()
  const fixture = new LogFixture({
    logger,
    tailCacheBytesMax: 0,
    config: { segmentBytes: 400, indexIntervalBytes: 100 },
  })
  const log = await fixture.openLog()
  for (let i = 0; i < COUNT; i++) {
    appendAndWrite(log, aBatch({ values: ['x'.repeat(40)], timestamp: 1000 + i }))
  }
  await fixture.settled(fixture.manager.close())
  const segments = fixture.disk
    .list(LOG_DIR)
    .filter((name) => name.endsWith('.log'))
    .map((name) => `${LOG_DIR}/${name.slice(0, -'.log'.length)}`)
    .sort()
  assert.ok(segments.length >= 3)
  return { fixture, warnings, segments }
}

function failReadsOf(fixture: LogFixture, path: string): void {
  fixture.disk.onOperation = (operation, at) =>
    operation === 'read' && at === path ? { code: 'EIO' } : undefined
}

function overwrite(fixture: LogFixture, path: string, change: (bytes: Buffer) => Buffer): void {
  const bytes = change(readWholeFile(fixture.disk, path) as Buffer)
  const file = fixture.disk.open(path)
  file.truncate(0)
  file.write([bytes], 0)
}

async function reopened(fixture: LogFixture): Promise<PartitionLog> {
  return (await fixture.open()).get('t', 0) as PartitionLog
}

/** Backwards: a reader that goes on where it was does not ask the index. */
function assertAllIsFound(log: PartitionLog): void {
  for (let offset = COUNT - 1; offset >= 0; offset--) {
    const limits = { maxBytes: 1, upToOffset: log.logEndOffset, minOneBatch: true }
    assert.deepEqual(baseOffsets(log.locate(offset, limits)?.readSync() as Buffer), [offset])
    assert.equal(log.offsetForTimestamp(1000 + offset)?.offset, offset)
  }
}

const HARMS = {
  'cannot be read': failReadsOf,
  'does not make sense': (fixture: LogFixture, path: string): void => {
    overwrite(fixture, path, (bytes) => bytes.fill(0xff, 0, 4).fill(0x7f, bytes.length - 4))
  },
}

for (const suffix of ['.index', '.timeindex']) {
  for (const [how, harm] of Object.entries(HARMS)) {
    for (const [which, place] of [
      ['first', 0],
      ['last', -1],
    ] as const) {
      test(`the ${suffix} of the ${which} segment that ${how} is made again, with a warning`, async () => {
        const { fixture, warnings, segments } = await stoppedLog()
        const path = `${segments.at(place) ?? ''}${suffix}`
        const good = readWholeFile(fixture.disk, path)
        harm(fixture, path)

        const log = await reopened(fixture)

        assert.equal(log.failure, undefined)
        assertAllIsFound(log)
        assert.equal(warnings.filter((warning) => MENDED.test(warning)).length, 1)
        assert.equal(appendAndWrite(log, aBatch()).baseOffset, COUNT)
        await fixture.settled(fixture.manager.close())
        fixture.disk.onOperation = undefined
        if (which === 'first') assert.deepEqual(readWholeFile(fixture.disk, path), good)
        warnings.length = 0
        assertAllIsFound(await reopened(fixture))
        assert.deepEqual(warnings, [])
      })
    }
  }
}

test('an index that the disk stops giving while the log is in use is made again for the reader', async () => {
  const { fixture, warnings, segments } = await stoppedLog()
  const log = await reopened(fixture)
  failReadsOf(fixture, `${segments[1] ?? ''}.index`)

  assertAllIsFound(log)

  assert.equal(log.failure, undefined)
  assert.equal(warnings.filter((warning) => MENDED.test(warning)).length, 1)
})

test('a segment that cannot be read with its index is an error for its readers, until it can be read', async () => {
  const { fixture, segments } = await stoppedLog()
  const log = await reopened(fixture)
  const isOfFirst = (path: string): boolean => path.startsWith(segments[0] ?? '')
  fixture.disk.onOperation = (operation, path) =>
    operation === 'read' && isOfFirst(path) ? { code: 'EIO' } : undefined
  const limits = { maxBytes: 1, upToOffset: COUNT, minOneBatch: true }

  assert.throws(() => log.locate(0, limits)?.readSync(), StorageError)
  assert.throws(() => log.offsetForTimestamp(0), StorageError)
  assert.throws(() => log.locate(1, limits)?.readSync(), StorageError)
  assert.equal(log.locate(COUNT - 1, limits)?.readSync().length !== 0, true)

  fixture.disk.onOperation = undefined
  assert.equal(log.failure, undefined)
  assertAllIsFound(log)
})

test('an index that can be neither read nor written: the log is read and refuses appends', async () => {
  const { fixture, segments } = await stoppedLog()
  const log = await reopened(fixture)
  const path = `${segments[1] ?? ''}.index`
  fixture.disk.onOperation = (operation, at) =>
    (operation === 'read' || operation === 'write') && at === path ? { code: 'EIO' } : undefined

  assertAllIsFound(log)

  assert.match(
    log.failure?.message ?? '',
    /Cannot write the indexes of log .*EIO.*; check the disk/,
  )
  assert.equal(append(log, aBatch()).errorCode, 56)
  assertAllIsFound(log)
})

test('an index that a full disk does not take stays in memory, and the log takes appends', async () => {
  const { fixture, segments } = await stoppedLog()
  const log = await reopened(fixture)
  const path = `${segments[1] ?? ''}.index`
  fixture.disk.onOperation = (operation, at) => {
    if (at !== path) return undefined
    if (operation === 'write') return { code: 'ENOSPC' }
    return operation === 'read' ? { code: 'EIO' } : undefined
  }

  assertAllIsFound(log)

  assert.equal(log.failure, undefined)
  assert.equal(fixture.disk.exists(path), false)
  fixture.disk.onOperation = undefined
  assert.equal(appendAndWrite(log, aBatch()).baseOffset, COUNT)
})

test('a start that can neither read nor write an index refuses the log, and mends it another time', async () => {
  const { fixture, segments } = await stoppedLog()
  const path = `${segments[0] ?? ''}.timeindex`
  fixture.disk.onOperation = (operation, at) =>
    (operation === 'read' || operation === 'write') && at === path ? { code: 'EIO' } : undefined

  const log = await reopened(fixture)

  assert.equal(log.isUnreadable, true)
  await fixture.settled(fixture.manager.close())
  fixture.disk.onOperation = undefined
  assertAllIsFound(await reopened(fixture))
})

test('a lack of open files says nothing about an index, which stays', async () => {
  const { fixture, warnings, segments } = await stoppedLog()
  const path = `${segments[0] ?? ''}.timeindex`
  const good = readWholeFile(fixture.disk, path)
  fixture.disk.onOperation = (operation, at) =>
    operation === 'open' && at === path ? { code: 'EMFILE' } : undefined

  assert.equal((await reopened(fixture)).isUnreadable, true)

  await fixture.settled(fixture.manager.close())
  fixture.disk.onOperation = undefined
  assert.deepEqual(readWholeFile(fixture.disk, path), good)
  assert.equal(warnings.filter((warning) => MENDED.test(warning)).length, 0)
})

/** Eight aborted transactions, some of which begin in one segment and end in the next. */
async function stoppedTransactions(): Promise<Situation & { aborted: unknown }> {
  const { logger, warnings } = listeningLogger()
  const fixture = new LogFixture({
    logger,
    tailCacheBytesMax: 0,
    config: { segmentBytes: 500, indexIntervalBytes: 100 },
  })
  const log = await fixture.openLog()
  for (let sequence = 0; sequence < 8; sequence++) abortOne(log, sequence)
  const aborted = log.abortedTransactions(0, log.logEndOffset)
  await fixture.settled(fixture.manager.close())
  const segments = fixture.disk
    .list(LOG_DIR)
    .filter((name) => name.endsWith('.txnindex'))
    .map((name) => `${LOG_DIR}/${name}`)
    .sort()
  assert.ok(segments.length >= 3)
  return { fixture, warnings, segments, aborted }
}

function abortOne(log: PartitionLog, sequence: number): void {
  const producer = { producerId: 5, producerEpoch: 0 }
  const values = ['x'.repeat(40)]
  appendAndWrite(
    log,
    aBatch({ ...producer, values, baseSequence: sequence, isTransactional: true }),
  )
  const marker = buildEndTxnMarkerBatch(
    { type: CONTROL_TYPE_ABORT, coordinatorEpoch: 1 },
    { ...producer, timestamp: 1000 },
  )
  log.append(marker, { origin: 'coordinator', leaderEpoch: 0 })
  log.write()
}

const TRANSACTION_HARMS = {
  'cannot be read': failReadsOf,
  'is empty': (fixture: LogFixture, path: string): void => {
    overwrite(fixture, path, () => Buffer.alloc(0))
  },
  'holds zeros': (fixture: LogFixture, path: string): void => {
    overwrite(fixture, path, (bytes) => Buffer.alloc(bytes.length))
  },
  'does not make sense': (fixture: LogFixture, path: string): void => {
    overwrite(fixture, path, (bytes) => bytes.fill(0x7f, 0, 2))
  },
}

for (const [how, harm] of Object.entries(TRANSACTION_HARMS)) {
  test(`a .txnindex that ${how} is made again: no aborted transaction is forgotten`, async () => {
    const { segments: all } = await stoppedTransactions()
    for (const path of all) {
      const { fixture, aborted } = await stoppedTransactions()
      const good = readWholeFile(fixture.disk, path)
      harm(fixture, path)

      const log = await reopened(fixture)

      assert.equal(log.failure, undefined)
      assert.deepEqual(log.abortedTransactions(0, log.logEndOffset), aborted, path)
      await fixture.settled(fixture.manager.close())
      fixture.disk.onOperation = undefined
      assert.deepEqual(readWholeFile(fixture.disk, path), good)
      const again = await reopened(fixture)
      assert.deepEqual(again.abortedTransactions(0, again.logEndOffset), aborted)
    }
  })
}

test('a .txnindex is not believed after a loss of power, however much of it is left', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const fixture = new LogFixture({ seed, tailCacheBytesMax: 0 })
    let log = await fixture.openLog()
    for (let sequence = 0; sequence < 4; sequence++) abortOne(log, sequence)
    log = await fixture.closeAndOpenLog()
    const aborted = log.abortedTransactions(0, log.logEndOffset)

    log = await fixture.crashAndOpenLog('power')

    assert.equal(log.logEndOffset, 8)
    assert.deepEqual(log.abortedTransactions(0, 8), aborted, `seed ${seed}`)
  }
})

test('a damaged segment without its indexes is opened up to the damage, also with transactions', async () => {
  const { fixture, segments } = await stoppedTransactions()
  const [path = ''] = segments
  const segment = path.replace('.txnindex', '')
  fixture.disk.unlink(`${segment}.index`)
  overwrite(fixture, `${segment}.log`, (bytes) => bytes.fill(0, bytes.length / 2))

  const log = await reopened(fixture)

  assert.equal(log.isUnreadable, false)
  assert.match(log.failure?.message ?? '', /no valid batch at position/)
  assert.ok(log.logEndOffset > 0)
  assert.ok(log.abortedTransactions(0, log.logEndOffset).length > 0)
})
