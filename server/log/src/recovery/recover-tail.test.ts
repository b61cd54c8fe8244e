import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PartitionLog } from '../partition-log.ts'
import {
  aBatch,
  appendAndWrite,
  baseOffsets,
  DIR,
  LogFixture,
  readAll,
} from '../testing/log-fixture.ts'

const SEGMENT = `${DIR}/t-0/00000000000000000000.log`

interface Situation {
  readonly fixture: LogFixture
  /** The bytes of the whole segment. */
  readonly bytes: Buffer
  /** Where each batch ends. */
  readonly ends: readonly number[]
  /** Index of the first batch that is not on the device. */
  readonly flushedCount: number
}

/** Batches of two records each; the first `flushedCount` are on the device, with a recovery point. */
async function aSituation(batchCount: number, flushedCount: number): Promise<Situation> {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  const ends: number[] = []
  for (let i = 0; i < batchCount; i++) {
    appendAndWrite(log, aBatch({ values: [`value ${i}`, 'x'.repeat(i)] }), i < 2 ? 0 : 1)
    ends.push(log.sizeInBytes)
    if (i + 1 === flushedCount) {
      assert.equal(fixture.flush(log), undefined)
      // The recovery point reaches its file.
      fixture.clock.advance(5000)
      await fixture.settled(Promise.resolve())
      fixture.clock.advance(0)
    }
  }
  fixture.disk.syncDirectory(`${DIR}/t-0`)
  return { fixture, bytes: readAll(log), ends, flushedCount }
}

async function withSegment(
  situation: Situation,
  bytes: Buffer,
  kind: 'process' | 'power',
): Promise<PartitionLog> {
  const { fixture } = situation
  const file = fixture.disk.open(SEGMENT)
  file.truncate(0)
  file.write([bytes], 0)
  file.sync()
  return fixture.crashAndOpenLog(kind)
}

async function reopenedWith({ fixture }: Situation, bytes: Buffer): Promise<PartitionLog> {
  fixture.disk.open(SEGMENT).write([bytes], 0)
  return fixture.openLog()
}

function countOfWhole(ends: readonly number[], sizeBytes: number): number {
  return ends.filter((end) => end <= sizeBytes).length
}

for (const kind of ['process', 'power'] as const) {
  test(`recovery (${kind}): a segment cut at any byte after the recovery point ends with the last whole batch`, async () => {
    const { ends, bytes, flushedCount } = await aSituation(5, 2)
    for (let size = ends[flushedCount - 1] as number; size <= bytes.length; size++) {
      const situation = await aSituation(5, 2)

      const log = await withSegment(situation, bytes.subarray(0, size), kind)

      const whole = countOfWhole(ends, size)
      assert.equal(log.failure, undefined, `cut at ${size}`)
      assert.equal(log.logEndOffset, whole * 2, `cut at ${size}`)
      assert.deepEqual(readAll(log), bytes.subarray(0, ends[whole - 1]))
      const next = appendAndWrite(log, aBatch())
      assert.equal(next.baseOffset, whole * 2)
    }
  })

  test(`recovery (${kind}): a segment cut below the recovery point is damage, never a shorter log`, async () => {
    const { ends, bytes, flushedCount } = await aSituation(5, 3)
    for (let size = 0; size < (ends[flushedCount - 1] as number); size++) {
      const situation = await aSituation(5, 3)

      const log = await withSegment(situation, bytes.subarray(0, size), kind)

      const whole = countOfWhole(ends, size)
      assert.match(log.failure?.message ?? '', /Cannot go on/, `cut at ${size}`)
      assert.equal(log.logEndOffset, whole * 2)
      assert.deepEqual(readAll(log), bytes.subarray(0, whole === 0 ? 0 : ends[whole - 1]))
      assert.equal(appendAndWrite(log, aBatch()).errorCode, 56)
      assert.equal(situation.fixture.disk.sizeInBytes(SEGMENT), size, 'the file is left as it is')
    }
  })
}

/** base offset 8, length 4, epoch 4, magic 1: what no checksum covers; then the checksum and the rest. */
const HEADER_BYTES = 61
const EPOCH_AT = 12
const EPOCH_END = 16

test('recovery: every flipped bit of a header after the recovery point is noticed', async () => {
  const { ends, bytes } = await aSituation(4, 1)
  const start = ends[1] as number
  for (let bit = 0; bit < HEADER_BYTES * 8; bit++) {
    const position = start + (bit >> 3)
    const harmed = Buffer.from(bytes)
    harmed[position] = (harmed[position] as number) ^ (1 << (bit & 7))
    const situation = await aSituation(4, 1)

    const log = await withSegment(situation, harmed, 'power')

    assert.equal(log.failure, undefined)
    const isInEpoch = position >= start + EPOCH_AT && position < start + EPOCH_END
    const epoch = harmed.readInt32BE(start + EPOCH_AT)
    // An epoch that grew is seen when the next batch has a lower one: one batch later. One that still
    // lies between its neighbours' (0 and 1) can not be seen: no checksum of the format covers it.
    const endOffset = !isInEpoch || epoch < 0 ? 4 : epoch > 1 ? 6 : 8
    assert.equal(log.logEndOffset, endOffset, `bit ${bit}`)
  }
})

const EPOCH_FLIPS = [
  { what: 'between its neighbours', place: 1, epoch: 1 },
  { what: 'of the last batch', place: 2, epoch: 5 },
] as const

for (const { what, place, epoch } of EPOCH_FLIPS) {
  for (const isClean of [true, false]) {
    test(`recovery: an epoch ${what} that its checkpoint contradicts is damage (${isClean ? 'clean stop' : 'crash'})`, async () => {
      // Batches of the epochs 0, 0, 1, all of them on the device with their checkpoint.
      const situation = await aSituation(3, 3)
      const { bytes, ends, fixture } = situation
      const harmed = Buffer.from(bytes)
      harmed.writeInt32BE(epoch, (ends[place - 1] as number) + EPOCH_AT)
      if (isClean) await fixture.settled(fixture.manager.close())

      const log = isClean
        ? await reopenedWith(situation, harmed)
        : await withSegment(situation, harmed, 'process')

      assert.match(log.failure?.message ?? '', /of which leader-epoch-checkpoint knows nothing/)
      assert.equal(log.logEndOffset, place * 2)
      assert.equal(appendAndWrite(log, aBatch()).errorCode, 56)
    })
  }
}

test('recovery: without a checkpoint of the epochs the batches are believed', async () => {
  const situation = await aSituation(3, 3)
  situation.fixture.disk.unlink(`${DIR}/t-0/leader-epoch-checkpoint`)

  const log = await withSegment(situation, situation.bytes, 'process')

  assert.equal(log.failure, undefined)
  assert.deepEqual(log.endOffsetForEpoch(0), { leaderEpoch: 0, endOffset: 4 })
  assert.equal(log.latestEpoch, 1)
})

test('recovery: sampled flipped bits of the records are noticed', async () => {
  const { ends, bytes } = await aSituation(4, 1)
  const start = ends[1] as number
  const end = ends[2] as number
  for (let position = start + HEADER_BYTES; position < end; position++) {
    const harmed = Buffer.from(bytes)
    harmed[position] = (harmed[position] as number) ^ 0x10
    const situation = await aSituation(4, 1)

    const log = await withSegment(situation, harmed, 'power')

    assert.equal(log.logEndOffset, 4, `byte ${position}`)
  }
})

test('recovery (process): a harmed batch that is whole can not be a tear, so it is damage', async () => {
  const { ends, bytes } = await aSituation(4, 1)
  for (const at of [ends[1] as number, (ends[2] as number) + 30]) {
    const harmed = Buffer.from(bytes)
    harmed[at + 25] = (harmed[at + 25] as number) ^ 1
    const situation = await aSituation(4, 1)

    const log = await withSegment(situation, harmed, 'process')

    assert.match(log.failure?.message ?? '', /Cannot go on/)
    assert.equal(appendAndWrite(log, aBatch()).errorCode, 56)
  }
})

test('recovery (power): a hole followed by good batches is cut at the hole', async () => {
  const { ends, bytes } = await aSituation(5, 2)
  const harmed = Buffer.from(bytes)
  harmed.fill(0, ends[2], ends[3])
  const situation = await aSituation(5, 2)

  const log = await withSegment(situation, harmed, 'power')

  assert.equal(log.failure, undefined)
  assert.equal(log.logEndOffset, 6)
  assert.equal(situation.fixture.disk.sizeInBytes(SEGMENT), ends[2])
})

test('recovery: damage is found again by the next start, also after a clean one', async () => {
  const { ends, bytes } = await aSituation(4, 3)
  const situation = await aSituation(4, 3)
  let log = await withSegment(situation, bytes.subarray(0, (ends[1] as number) + 7), 'process')
  assert.notEqual(log.failure, undefined)

  log = await situation.fixture.closeAndOpenLog()
  assert.notEqual(log.failure, undefined)
  assert.equal(log.logEndOffset, 4)

  // The operator puts the file back.
  log = await withSegment(situation, bytes, 'process')
  assert.equal(log.failure, undefined)
  assert.equal(log.logEndOffset, 8)
})

test('recovery: segments that are gone though offsets were flushed are damage', async () => {
  const { fixture } = await aSituation(4, 3)
  fixture.disk.unlink(SEGMENT)

  const log = await fixture.crashAndOpenLog('process')

  assert.match(log.failure?.message ?? '', /segments are missing/)
  assert.equal(appendAndWrite(log, aBatch()).errorCode, 56)
})

test('recovery: a missing segment in the middle is damage', async () => {
  const fixture = new LogFixture({ config: { segmentBytes: 300 } })
  const log = await fixture.openLog()
  for (let i = 0; i < 20; i++) appendAndWrite(log, aBatch({ values: ['x'.repeat(40)] }))
  assert.ok(log.segmentCount > 3)
  const victim = fixture.disk
    .list(`${DIR}/t-0`)
    .filter((name) => name.endsWith('.log'))
    .sort()[2] as string
  fixture.disk.unlink(`${DIR}/t-0/${victim}`)

  const opened = await fixture.crashAndOpenLog('process')

  assert.notEqual(opened.failure, undefined)
  assert.equal(opened.logEndOffset, Number(victim.slice(0, 20)))
})

test('recovery: a crash during recovery finds the same log', async () => {
  const { fixture, bytes, ends } = await aSituation(5, 1)
  const file = fixture.disk.open(SEGMENT)
  file.truncate((ends[3] as number) + 20)
  file.sync()
  for (let stopAt = 0; stopAt < 12; stopAt++) {
    fixture.disk.crash('process')
    let count = 0
    fixture.disk.onOperation = (operation) => {
      if (operation === 'read' || operation === 'open') return undefined
      if (count++ < stopAt) return undefined
      throw new Error('stopped here')
    }
    await fixture.open().catch(() => {})
  }

  const log = await fixture.crashAndOpenLog('process')

  assert.equal(log.logEndOffset, 8)
  assert.deepEqual(readAll(log), bytes.subarray(0, ends[3]))
})

test('LogManager.open(): the index of a segment that ends at the recovery point is not believed after a loss of power', async () => {
  const fixture = new LogFixture({
    tailCacheBytesMax: 0,
    config: { segmentBytes: 1000, indexIntervalBytes: 100 },
  })
  const log = await fixture.openLog()
  const batch = (): Buffer => aBatch({ values: ['x'.repeat(90)] })
  while (log.sizeInBytes + batch().length <= 1000) appendAndWrite(log, batch())
  const end = log.logEndOffset
  assert.equal(fixture.flush(log), undefined)
  for (let i = 0; i < 7; i++) fixture.clock.advance(1000)
  appendAndWrite(log, batch())
  assert.equal(log.segmentCount, 2)
  fixture.disk.crash('process')
  // As pages that were lost may leave it: sane to look at, and wrong.
  const index = fixture.disk.open(`${DIR}/t-0/00000000000000000000.index`)
  const entries = Buffer.alloc(index.sizeInBytes())
  index.read(entries, 0)
  entries.writeInt32BE(entries.readInt32BE(4) + 1, 4)
  index.write([entries], 0)
  fixture.disk.unlink(`${DIR}/ottla-running`)

  const again = await fixture.openLog()

  assert.equal(again.failure, undefined)
  // Backwards: a reader that goes on where it was does not ask the index.
  for (let offset = end - 1; offset >= 0; offset--) {
    const limits = { maxBytes: 1, upToOffset: end, minOneBatch: true }
    assert.deepEqual(baseOffsets(again.locate(offset, limits)?.readSync() as Buffer), [offset])
  }
})
