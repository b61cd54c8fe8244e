import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PartitionLog } from '../partition-log.ts'
import { StorageError } from '../storage-error.ts'
import {
  aBatch,
  append,
  appendAndWrite,
  baseOffsets,
  DIR,
  LogFixture,
} from '../testing/log-fixture.ts'
import type { LogSlice } from './log-slice.ts'

/** Ten batches of two records, about 120 bytes each, over several segments. */
async function tenBatches(
  tailCacheBytesMax: number,
  segmentBytes = 500,
): Promise<{ fixture: LogFixture; log: PartitionLog; batchBytes: number }> {
  const fixture = new LogFixture({
    tailCacheBytesMax,
    config: { segmentBytes, indexIntervalBytes: 150 },
  })
  const log = await fixture.openLog()
  const batch = aBatch({ values: ['x'.repeat(20), 'y'.repeat(20)] })
  for (let i = 0; i < 10; i++) appendAndWrite(log, Buffer.from(batch))
  return { fixture, log, batchBytes: batch.length }
}

const HOT = 1_000_000
const COLD = 0

for (const [name, cacheBytes] of [
  ['hot', HOT],
  ['cold', COLD],
] as const) {
  test(`PartitionLog.locate() (${name}) begins with the batch that holds the offset`, async () => {
    const { log } = await tenBatches(cacheBytes, 10_000)

    for (let offset = 0; offset < 20; offset++) {
      const slice = log.locate(offset, { maxBytes: 1e6, upToOffset: 20, minOneBatch: true })
      assert.equal(slice?.isHot, name === 'hot')
      assert.equal(baseOffsets(slice?.readSync() as Buffer)[0], offset - (offset % 2))
    }
  })

  test(`PartitionLog.locate() (${name}) gives whole batches up to maxBytes`, async () => {
    const { log, batchBytes } = await tenBatches(cacheBytes, 10_000)

    for (const [maxBytes, count] of [
      [batchBytes * 3, 3],
      [batchBytes * 3 - 1, 2],
      [batchBytes * 3 + 1, 3],
      [batchBytes * 100, 10],
    ] as const) {
      const slice = log.locate(0, { maxBytes, upToOffset: 20, minOneBatch: true }) as LogSlice
      const bytes = slice.readSync()
      assert.equal(bytes.length, count * batchBytes)
      assert.equal(slice.endOffset, count * 2)
      assert.equal(slice.sizeInBytes, bytes.length)
    }
  })

  test(`PartitionLog.locate() (${name}) gives a first batch that is too large only when asked`, async () => {
    const { log, batchBytes } = await tenBatches(cacheBytes)

    const asked = log.locate(2, { maxBytes: 1, upToOffset: 20, minOneBatch: true })
    const notAsked = log.locate(2, { maxBytes: batchBytes - 1, upToOffset: 20, minOneBatch: false })

    assert.deepEqual(baseOffsets(asked?.readSync() as Buffer), [2])
    assert.equal(notAsked?.readSync().length ?? 0, 0)
  })

  test(`PartitionLog.locate() (${name}) never gives a batch that reaches upToOffset`, async () => {
    const { log } = await tenBatches(cacheBytes)

    for (let upToOffset = 0; upToOffset <= 20; upToOffset++) {
      const slice = log.locate(0, { maxBytes: 1e6, upToOffset, minOneBatch: true })
      const offsets = baseOffsets(slice?.readSync() ?? Buffer.alloc(0))
      assert.ok(
        offsets.every((offset) => offset + 2 <= upToOffset),
        `up to ${upToOffset}: ${offsets.join()}`,
      )
      assert.ok((slice?.endOffset ?? 0) <= upToOffset)
    }
  })

  test(`PartitionLog.locate() (${name}) finds nothing at the end and beyond it`, async () => {
    const { log } = await tenBatches(cacheBytes)

    assert.equal(log.locate(20, { maxBytes: 10, upToOffset: 20, minOneBatch: true }), undefined)
    assert.equal(log.locate(20, { maxBytes: 10, upToOffset: 99, minOneBatch: true }), undefined)
    assert.equal(log.locate(99, { maxBytes: 10, upToOffset: 200, minOneBatch: true }), undefined)
  })
}

test('LogSlice.read() of a cold slice calls back with the same bytes', async () => {
  const { log, fixture } = await tenBatches(COLD)
  const options = { maxBytes: 1e6, upToOffset: 20, minOneBatch: true }
  const expected = log.locate(5, options)?.readSync() as Buffer
  const results: Buffer[] = []

  log.locate(5, options)?.read((error, bytes) => {
    assert.equal(error, undefined)
    results.push(bytes as Buffer)
  })
  assert.equal(results.length, 0)
  fixture.clock.advance(0)

  assert.deepEqual(results, [expected])
})

test('LogSlice: a batch larger than the window is read in a second step', async () => {
  const fixture = new LogFixture({ tailCacheBytesMax: 0 })
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch({ values: ['z'.repeat(100_000)] }))
  appendAndWrite(log, aBatch())

  const slice = log.locate(0, { maxBytes: 100, upToOffset: 2, minOneBatch: true })
  const results: number[][] = []
  slice?.read((_error, bytes) => results.push(baseOffsets(bytes as Buffer)))
  for (let i = 0; i < 5; i++) fixture.clock.advance(0)

  assert.deepEqual(results, [[0]])
})

test('LogSlice: a consumer that goes on where it stopped reads each byte once', async () => {
  const { log, fixture, batchBytes } = await tenBatches(COLD, 100_000)
  let readBytes = 0
  let offset = 0
  while (offset < 20) {
    const slice = log.locate(offset, {
      maxBytes: batchBytes * 2,
      upToOffset: 20,
      minOneBatch: true,
    }) as LogSlice
    readBytes += slice.readSync().length
    offset = slice.endOffset
  }

  assert.equal(readBytes, batchBytes * 10)
  assert.equal(fixture.disk.operationCounts.get('read'), 5)
})

test('LogSlice: a bad disk is a StorageError, on the spot and in the callback', async () => {
  const { log, fixture } = await tenBatches(COLD)
  const options = { maxBytes: 1e6, upToOffset: 20, minOneBatch: true }
  fixture.disk.onOperation = (operation) => (operation === 'read' ? { code: 'EIO' } : undefined)
  const errors: unknown[] = []

  assert.throws(
    () => log.locate(0, options)?.readSync(),
    (error) => error instanceof StorageError && error.code === 'EIO',
  )
  log.locate(0, options)?.read((error) => errors.push(error))
  fixture.clock.advance(0)

  assert.equal(errors.length, 1)
  assert.ok(errors[0] instanceof StorageError)
  fixture.disk.onOperation = undefined
  assert.ok((log.locate(0, options)?.readSync().length ?? 0) > 0)
})

test('LogSlice: zeros where a batch should be are an error, not an empty answer', async () => {
  const { log, fixture } = await tenBatches(COLD, 100_000)
  const file = fixture.disk.open(`${DIR}/t-0/00000000000000000000.log`)
  file.write([Buffer.alloc(61)], 0)

  assert.throws(
    () => log.locate(0, { maxBytes: 1e6, upToOffset: 20, minOneBatch: true })?.readSync(),
    /no valid batch at position 0/,
  )
})

test('LogSlice: a slice that was located before its segment went can still be read', async () => {
  const { log, fixture } = await tenBatches(COLD)
  const options = { maxBytes: 1e6, upToOffset: 20, minOneBatch: true }
  const slice = log.locate(0, options) as LogSlice
  const results: Buffer[] = []

  log.deleteRecordsBefore(20)
  slice.read((_error, bytes) => results.push(bytes as Buffer))
  fixture.clock.advance(0)

  assert.equal(baseOffsets(results[0] as Buffer)[0], 0)
})

test('TailCache: small batches of large frames are copied, so that they do not hold the frames', async () => {
  const fixture = new LogFixture({ tailCacheBytesMax: HOT })
  const log = await fixture.openLog()
  const batch = aBatch()
  const frame = Buffer.alloc(100_000)
  batch.copy(frame, 500)

  append(log, frame.subarray(500, 500 + batch.length))
  log.write()
  frame.fill(0)

  const slice = log.locate(0, { maxBytes: 1000, upToOffset: 1, minOneBatch: true }) as LogSlice
  assert.equal(slice.isHot, true)
  assert.deepEqual(baseOffsets(slice.readSync()), [0])
})

test('TailCache: what does not fit any more is read from the file', async () => {
  const { log, batchBytes } = await tenBatches(1000, 100_000)
  const options = { maxBytes: batchBytes, upToOffset: 20, minOneBatch: true }

  const old = log.locate(0, options) as LogSlice
  const recent = log.locate(18, options) as LogSlice

  assert.deepEqual([old.isHot, recent.isHot], [false, true])
  assert.deepEqual(baseOffsets(old.readSync()), [0])
  assert.deepEqual(baseOffsets(recent.readSync()), [18])
})

for (const { what, leftBytes, firstMissing } of [
  { what: 'is empty', leftBytes: () => 0, firstMissing: 8 },
  {
    what: 'ends inside a batch',
    leftBytes: (batchBytes: number) => batchBytes * 1.5,
    firstMissing: 10,
  },
  { what: 'ends after a batch', leftBytes: (batchBytes: number) => batchBytes, firstMissing: 10 },
]) {
  test(`PartitionLog.locate(): a sealed segment that ${what} is an error where records are missing, and there alone`, async () => {
    const { fixture, log, batchBytes } = await tenBatches(COLD)
    assert.equal(Math.floor(500 / batchBytes), 4)
    await fixture.settled(fixture.manager.close())
    fixture.disk
      .open(`${DIR}/t-0/00000000000000000008.log`)
      .truncate(Math.floor(leftBytes(batchBytes)))
    const again = await fixture.openLog()
    const read = (offset: number): number[] => {
      const limits = { maxBytes: 1, upToOffset: log.logEndOffset, minOneBatch: true }
      return baseOffsets(again.locate(offset, limits)?.readSync() ?? Buffer.alloc(0))
    }

    // Twice: what the first reader finds must not let the second one pass over the gap.
    for (let round = 0; round < 2; round++) {
      for (let offset = 0; offset < 20; offset++) {
        if (offset < firstMissing || offset >= 16) {
          assert.deepEqual(read(offset), [offset - (offset % 2)])
        } else {
          assert.throws(() => read(offset), StorageError, `at offset ${offset}`)
        }
      }
    }
    assert.equal(appendAndWrite(again, aBatch()).baseOffset, 20)
  })
}

test('PartitionLog.locate(): a read without an answer calls back with the error', async () => {
  const { fixture } = await tenBatches(COLD)
  await fixture.settled(fixture.manager.close())
  fixture.disk.open(`${DIR}/t-0/00000000000000000008.log`).truncate(0)
  const log = await fixture.openLog()
  const slice = log.locate(9, { maxBytes: 1e6, upToOffset: 20, minOneBatch: true })
  const errors: unknown[] = []

  slice?.read((error) => errors.push(error))
  fixture.clock.advance(0)

  assert.equal(errors.length, 1)
  assert.match(String(errors[0]), /Cannot read offset 9/)
})
