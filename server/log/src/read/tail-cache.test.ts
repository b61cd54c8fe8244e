import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BufferPool, InvariantError } from '@ottla/base'
import { hotSlice } from './hot-slice.ts'
import type { LogSlice } from './log-slice.ts'
import { LogTail } from './log-tail.ts'
import { TailCache } from './tail-cache.ts'
import { TailSlab } from './tail-slab.ts'

const MIB = 1024 * 1024
const ALL = { maxBytes: 100 * MIB, upToOffset: Infinity, minOneBatch: true }

function addTo(cache: TailCache, tail: LogTail, batch: Buffer, baseOffset: number): void {
  cache.add(tail, cache.adopt(batch), baseOffset, baseOffset + 1)
}

function sliceFrom(tail: LogTail, offset: number): LogSlice {
  const slice = hotSlice(tail, tail.find(offset), ALL, new BufferPool(0))
  assert.ok(slice !== undefined)
  return slice
}

/** Fills the cache until the slabs of before are dropped and used for other batches. */
function overwrite(cache: TailCache, batchBytes: number, count: number): void {
  const other = new LogTail()
  for (let i = 0; i < count; i++) addTo(cache, other, Buffer.alloc(batchBytes, 0xff), i)
}

test('TailCache drops the oldest batches over all logs when it is full', () => {
  const cache = new TailCache(8000)
  const tails = [new LogTail(), new LogTail()]

  for (let i = 0; i < 100; i++) {
    addTo(cache, tails[i % 2] as LogTail, Buffer.alloc(1000), Math.floor(i / 2))
  }

  assert.equal(cache.usedBytes, 8000)
  assert.deepEqual(
    tails.map((tail) => [tail.count, tail.firstOffset]),
    [
      [4, 46],
      [4, 46],
    ],
  )
})

test('TailCache gives a batch larger than a slab one of its own, and keeps its bound', () => {
  const cache = new TailCache(8000)
  const tail = new LogTail()

  addTo(cache, tail, Buffer.alloc(1000), 0)
  addTo(cache, tail, Buffer.alloc(7000, 7), 1)

  assert.deepEqual([tail.firstOffset, cache.usedBytes], [1, 7000])
  assert.deepEqual(sliceFrom(tail, 1).readSync(), Buffer.alloc(7000, 7))
})

test('TailCache: a batch larger than the cache is written and not kept', () => {
  const cache = new TailCache(8000)
  const tail = new LogTail()

  const adopted = cache.adopt(Buffer.alloc(9000, 9))
  cache.add(tail, adopted, 0, 1)

  assert.deepEqual(adopted, Buffer.alloc(9000, 9))
  assert.deepEqual([tail.count, cache.usedBytes], [0, 0])
})

test('TailCache: what it adopted has nothing to do with the frame it came in', () => {
  for (const bytesMax of [0, 1000, MIB]) {
    const cache = new TailCache(bytesMax)
    const frame = Buffer.alloc(400, 1)

    const adopted = cache.adopt(frame)
    frame.fill(2)

    assert.deepEqual(adopted, Buffer.alloc(400, 1))
  }
})

test('TailCache: clearing one log leaves the others as they are', () => {
  const cache = new TailCache(8000)
  const a = new LogTail()
  const b = new LogTail()
  for (let i = 0; i < 2; i++) addTo(cache, a, Buffer.alloc(1000), i)
  for (let i = 0; i < 2; i++) addTo(cache, b, Buffer.alloc(1000), i)

  cache.clear(a)
  addTo(cache, a, Buffer.alloc(1000), 7)
  for (let i = 2; i < 6; i++) addTo(cache, b, Buffer.alloc(1000), i)

  assert.deepEqual([a.count, a.firstOffset, b.count, b.firstOffset], [1, 7, 6, 0])
})

test('TailCache: a cache of no bytes keeps nothing', () => {
  const cache = new TailCache(0)
  const tail = new LogTail()

  addTo(cache, tail, Buffer.alloc(10), 0)

  assert.deepEqual([tail.count, cache.usedBytes], [0, 0])
})

test('TailCache fills dropped slabs again, and allocates none once it is full', () => {
  const cache = new TailCache(8000)
  const memory = new Set<ArrayBufferLike>()

  for (let i = 0; i < 100; i++) {
    const adopted = cache.adopt(Buffer.alloc(1000))
    memory.add(adopted.buffer)
    cache.add(new LogTail(), adopted, i, i + 1)
  }

  assert.equal(memory.size, 4)
})

test('TailCache never fills a slab that an answer still reads', () => {
  const cache = new TailCache(8000)
  const tail = new LogTail()
  addTo(cache, tail, Buffer.alloc(1000, 1), 0)
  const slice = sliceFrom(tail, 0)
  const answer = slice.readSync()

  overwrite(cache, 1000, 50)
  assert.deepEqual([tail.count, answer], [0, Buffer.alloc(1000, 1)])

  slice.release()
  overwrite(cache, 1000, 50)
  assert.deepEqual(answer, Buffer.alloc(1000, 0xff))
})

test('TailCache never fills a slab whose batch waits to be written, however much the turn brings', () => {
  const cache = new TailCache(8000)
  const tail = new LogTail()
  const pending = cache.adopt(Buffer.alloc(1000, 1))

  overwrite(cache, 1000, 50)
  assert.deepEqual(pending, Buffer.alloc(1000, 1))

  cache.add(tail, pending, 0, 1)
  assert.equal(tail.count, 0)
})

test('TailCache fills the slab of a batch that was abandoned again', () => {
  const cache = new TailCache(8000)
  const pending = cache.adopt(Buffer.alloc(1000, 1))

  cache.abandon(pending)
  overwrite(cache, 1000, 50)

  assert.deepEqual(pending, Buffer.alloc(1000, 0xff))
})

test('hotSlice() joins batches that lie apart, in their order', () => {
  const cache = new TailCache(MIB)
  const [a, b] = [new LogTail(), new LogTail()]
  for (let i = 0; i < 3; i++) {
    addTo(cache, a, Buffer.alloc(100, i), i)
    addTo(cache, b, Buffer.alloc(50, 0xee), i)
  }

  const slice = sliceFrom(a, 1)

  assert.deepEqual(slice.readSync(), Buffer.concat([Buffer.alloc(100, 1), Buffer.alloc(100, 2)]))
  assert.deepEqual([slice.sizeInBytes, slice.endOffset], [200, 3])
})

test('hotSlice() gives neighbours in one slab as they lie there', () => {
  const cache = new TailCache(MIB)
  const tail = new LogTail()
  const first = cache.adopt(Buffer.alloc(100, 1))
  cache.add(tail, first, 0, 1)
  addTo(cache, tail, Buffer.alloc(100, 2), 1)

  const bytes = sliceFrom(tail, 0).readSync()

  assert.equal(bytes.buffer, first.buffer)
  assert.deepEqual(bytes, Buffer.concat([Buffer.alloc(100, 1), Buffer.alloc(100, 2)]))
})

test('a slice whose slab has other batches by now is not read', () => {
  const cache = new TailCache(8000)
  const tail = new LogTail()
  addTo(cache, tail, Buffer.alloc(1000), 0)
  const slice = sliceFrom(tail, 0)

  overwrite(cache, 1000, 50)

  assert.throws(() => slice.readSync(), InvariantError)
})

test('LogTail.find() gives the batch of an offset, and -1 for what is not kept', () => {
  const tail = new LogTail()
  const slab = new TailSlab(100, () => undefined)
  tail.push(slab, slab.copy(Buffer.alloc(8)), 10, 12)
  tail.push(slab, slab.copy(Buffer.alloc(8)), 12, 15)
  // Offsets can have holes where a follower took batches that compaction had thinned out.
  tail.push(slab, slab.copy(Buffer.alloc(8)), 20, 21)

  assert.equal(tail.find(9), -1)
  assert.equal(tail.find(11), 0)
  assert.equal(tail.find(12), 1)
  assert.equal(tail.find(17), 2)
  assert.equal(tail.find(21), -1)
  assert.equal(new LogTail().find(0), -1)
})

test('LogTail finds the same while its ring grows, turns and shrinks', () => {
  const tail = new LogTail()
  const slabs: TailSlab[] = []
  let nextOffset = 0
  for (const batchCount of [10, 1000, 30, 5000, 3, 3, 3]) {
    const slab = new TailSlab(batchCount, () => undefined)
    slabs.push(slab)
    for (let i = 0; i < batchCount; i++) {
      tail.push(slab, slab.copy(Buffer.alloc(1)), nextOffset, nextOffset + 1)
      nextOffset++
    }
    if (slabs.length > 2) tail.forgetSlab(slabs.at(-3) as TailSlab)
    const keptCount = slabs.slice(-2).reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0)
    assert.equal(tail.count, keptCount)
    for (let place = 0; place < keptCount; place++) {
      const offset = nextOffset - keptCount + place
      assert.equal(tail.find(offset), place)
      assert.equal(tail.nextOffsetAt(place), offset + 1)
      assert.equal(tail.endAt(place) - tail.startAt(place), 1)
    }
    assert.equal(tail.slabAt(keptCount - 1), slab)
  }
})
