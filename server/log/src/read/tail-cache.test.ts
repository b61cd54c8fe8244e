import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LogTail } from './log-tail.ts'
import { TailCache } from './tail-cache.ts'

function addTo(cache: TailCache, tail: LogTail, batch: Buffer, baseOffset: number): void {
  cache.add(tail, cache.adopt(batch), baseOffset, baseOffset + 1)
}

test('TailCache drops the oldest batches over all logs when it is full', () => {
  const cache = new TailCache(10_000)
  const tails = [new LogTail(), new LogTail()]

  for (let i = 0; i < 100; i++) {
    addTo(cache, tails[i % 2] as LogTail, Buffer.alloc(1000), Math.floor(i / 2))
  }

  assert.equal(cache.usedBytes, 10_000)
  assert.deepEqual(
    tails.map((tail) => [tail.count, tail.firstOffset]),
    [
      [5, 45],
      [5, 45],
    ],
  )
})

test('TailCache counts a frame once however many batches of it are kept', () => {
  const cache = new TailCache(1_000_000)
  const tail = new LogTail()
  const frame = Buffer.allocUnsafeSlow(4000)

  addTo(cache, tail, frame.subarray(0, 1500), 0)
  addTo(cache, tail, frame.subarray(1500, 3000), 1)
  assert.equal(cache.usedBytes, 4000)

  cache.clear(tail)
  assert.equal(cache.usedBytes, 0)
})

test('TailCache: clearing one log leaves the order of the others right', () => {
  const cache = new TailCache(5000)
  const a = new LogTail()
  const b = new LogTail()
  for (let i = 0; i < 2; i++) addTo(cache, a, Buffer.alloc(1000), i)
  for (let i = 0; i < 2; i++) addTo(cache, b, Buffer.alloc(1000), i)

  cache.clear(a)
  for (let i = 2; i < 6; i++) addTo(cache, b, Buffer.alloc(1000), i)

  assert.deepEqual([a.count, b.count, b.firstOffset], [0, 5, 1])
  assert.equal(cache.usedBytes, 5000)
})

test('TailCache: a cache of no bytes keeps nothing', () => {
  const cache = new TailCache(0)
  const tail = new LogTail()

  addTo(cache, tail, Buffer.alloc(10), 0)

  assert.deepEqual([tail.count, cache.usedBytes], [0, 0])
})

test('LogTail.find() gives the batch of an offset, and -1 for what is not kept', () => {
  const tail = new LogTail()
  const push = (baseOffset: number, nextOffset: number): number =>
    tail.push(Buffer.alloc(8), { baseOffset, nextOffset, heldBytes: 8 })
  push(10, 12)
  push(12, 15)
  // Offsets can have holes where a follower took batches that compaction had thinned out.
  push(20, 21)

  assert.equal(tail.find(9), -1)
  assert.equal(tail.find(11), 0)
  assert.equal(tail.find(12), 1)
  assert.equal(tail.find(17), 2)
  assert.equal(tail.find(21), -1)
  assert.equal(new LogTail().find(0), -1)
})

test('LogTail shortens its lists while it goes on, and finds the same', () => {
  const tail = new LogTail()
  for (let i = 0; i < 5000; i++) {
    tail.push(Buffer.alloc(8), { baseOffset: i, nextOffset: i + 1, heldBytes: 8 })
    if (i >= 10) tail.dropOldest()
  }

  assert.equal(tail.count, 10)
  assert.equal(tail.firstOffset, 4990)
  assert.equal(tail.nextOffsetAt(tail.find(4995)), 4996)
})
