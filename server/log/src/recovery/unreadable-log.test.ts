import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LogErrorCode } from '../log-error-code.ts'
import { StorageError } from '../storage-error.ts'
import { aBatch, append, appendAndWrite, DIR, LogFixture, readAll } from '../testing/log-fixture.ts'

const FIRST = '00000000000000000000'
const READ = { maxBytes: 1e6, upToOffset: 1e9, minOneBatch: true }

/** Two partitions of several segments, stopped cleanly. */
async function twoPartitions(): Promise<LogFixture> {
  const fixture = new LogFixture({
    tailCacheBytesMax: 0,
    config: { segmentBytes: 300, indexIntervalBytes: 100 },
  })
  const manager = await fixture.open()
  const { config, topicId } = fixture
  for (const partition of [0, 1]) {
    const log = manager.create({ topic: 't', topicId, partition, config })
    for (let i = 0; i < 9; i++) {
      const producer = { producerId: 7, producerEpoch: 0, baseSequence: i }
      appendAndWrite(log, aBatch({ values: ['x'.repeat(40)], ...producer }))
    }
    log.deleteRecordsBefore(1)
  }
  await fixture.settled(manager.close())
  return fixture
}

for (const name of [`${FIRST}.log`, 'partition.metadata']) {
  test(`LogManager.open(): a partition whose ${name} cannot be read refuses, the others are served`, async () => {
    const fixture = await twoPartitions()
    const checkpoints = ['recovery-point-offset-checkpoint', 'log-start-offset-checkpoint'].map(
      (file) => `${DIR}/${file}`,
    )
    const before = fixture.disk.list(`${DIR}/t-0`).sort()
    // The first segment is read when the stop was not clean.
    if (name.endsWith('.log')) {
      fixture.disk.unlink(`${DIR}/.kafka_cleanshutdown`)
      for (const path of checkpoints) fixture.disk.unlink(path)
    }
    fixture.disk.onOperation = (operation, path) =>
      operation === 'read' && path === `${DIR}/t-0/${name}` ? { code: 'EIO' } : undefined

    const manager = await fixture.open()

    const broken = manager.get('t', 0)
    const other = manager.get('t', 1)
    assert.ok(broken !== undefined && other !== undefined)
    assert.equal(broken.isUnreadable, true)
    assert.match(broken.failure?.message ?? '', /Cannot open log "\/data\/t-0": EIO/)
    assert.equal(append(broken, aBatch()).errorCode, LogErrorCode.KAFKA_STORAGE_ERROR)
    assert.throws(() => broken.locate(0, READ), StorageError)
    assert.throws(() => broken.offsetForTimestamp(0), StorageError)
    assert.throws(() => {
      broken.deleteRecordsBefore(5)
    }, StorageError)
    assert.throws(() => {
      broken.truncateTo(0)
    }, StorageError)
    assert.equal(broken.applyRetention(Number.MAX_SAFE_INTEGER), 0)
    assert.ok(readAll(other).length > 0)
    assert.equal(appendAndWrite(other, aBatch()).baseOffset, 9)

    await fixture.settled(manager.close())
    assert.equal(fixture.disk.exists(`${DIR}/.kafka_cleanshutdown`), false)
    fixture.disk.onOperation = undefined
    const after = (await fixture.open()).get('t', 0)
    assert.ok(after !== undefined)
    assert.deepEqual([after.failure, after.logEndOffset], [undefined, 9])
    if (!name.endsWith('.log')) assert.equal(after.logStartOffset, 1)
    assert.deepEqual(
      before.filter((file) => !fixture.disk.exists(`${DIR}/t-0/${file}`)),
      [],
    )
    assert.equal(appendAndWrite(after, aBatch()).baseOffset, 9)
  })
}

for (const name of ['leader-epoch-checkpoint', '00000000000000000009.snapshot']) {
  test(`LogManager.open(): a ${name} that cannot be read is found in the batches again`, async () => {
    const fixture = await twoPartitions()
    assert.ok(fixture.disk.exists(`${DIR}/t-0/${name}`))
    fixture.disk.onOperation = (operation, path) =>
      operation === 'read' && path === `${DIR}/t-0/${name}` ? { code: 'EIO' } : undefined

    const log = (await fixture.open()).get('t', 0)

    assert.ok(log !== undefined)
    assert.deepEqual([log.failure, log.logEndOffset, log.latestEpoch], [undefined, 9, 0])
    assert.deepEqual(log.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 9 })
    const retry = aBatch({
      values: ['x'.repeat(40)],
      producerId: 7,
      producerEpoch: 0,
      baseSequence: 8,
    })
    assert.equal(appendAndWrite(log, retry).baseOffset, 8)
    assert.equal(appendAndWrite(log, aBatch()).baseOffset, 9)
  })
}

test('LogManager.open(): a bug while a log is opened ends the start', async () => {
  const fixture = await twoPartitions()
  fixture.disk.onOperation = (operation, path) => {
    if (operation === 'read' && path.startsWith(`${DIR}/t-0/`)) throw new RangeError('a bug')
    return undefined
  }

  await assert.rejects(fixture.open(), /Cannot open log "\/data\/t-0": a bug/)
})
