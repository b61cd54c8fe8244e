import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MalformedError } from '@ottla/base'
import {
  buildBatch,
  buildEndTxnMarkerBatch,
  COMPRESSION_GZIP,
  CONTROL_TYPE_ABORT,
  CONTROL_TYPE_COMMIT,
  RECORDS_BYTES_MAX,
  type BatchOptions,
} from '@ottla/records'
import { FetchedRange, RecordQueue } from './record-queue.ts'

const OPTIONS = { isCrcChecked: true, recordsBytesMax: RECORDS_BYTES_MAX }

function batch(baseOffset: number, values: readonly string[], options: BatchOptions = {}): Buffer {
  const records = values.map((value) => ({ key: null, value: Buffer.from(value), timestamp: 1 }))
  return buildBatch(records, { baseOffset, ...options })
}

function marker(baseOffset: number, producerId: number, type: number): Buffer {
  return buildEndTxnMarkerBatch(
    { type, coordinatorEpoch: 0 },
    { baseOffset, producerId, producerEpoch: 0, timestamp: 1 },
  )
}

function ofProducer(producerId: number): BatchOptions {
  return { producerId, producerEpoch: 0, baseSequence: 0, isTransactional: true }
}

function readAll(queue: RecordQueue): string[] {
  const values: string[] = []
  while (queue.peek()) {
    values.push(`${queue.cursor.offset}:${queue.cursor.value?.toString()}`)
    queue.take()
  }
  return values
}

test('RecordQueue gives the records of several answers in order, and counts the bytes it holds', () => {
  const queue = new RecordQueue(0, OPTIONS)
  const first = Buffer.concat([batch(0, ['a', 'b']), batch(2, ['c'])])
  const second = batch(3, ['d'])
  queue.append(first, null)
  queue.append(second, null)
  assert.equal(queue.bytes, first.length + second.length)

  assert.deepEqual(readAll(queue), ['0:a', '1:b', '2:c', '3:d'])

  assert.equal(queue.bytes, 0)
  assert.equal(queue.position, 4)
})

test('RecordQueue skips the records of a batch that lie before what was asked for', () => {
  const queue = new RecordQueue(11, OPTIONS)

  queue.append(batch(9, ['a', 'b', 'c', 'd']), null)

  assert.deepEqual(readAll(queue), ['11:c', '12:d'])
})

test('RecordQueue opens compressed batches, and no batch that is cut off at the end', () => {
  const queue = new RecordQueue(0, OPTIONS)
  const cut = batch(2, ['lost']).subarray(0, 70)

  queue.append(Buffer.concat([batch(0, ['a', 'b'], { compression: COMPRESSION_GZIP }), cut]), null)

  assert.deepEqual(readAll(queue), ['0:a', '1:b'])
  assert.equal(queue.position, 2)
})

test('RecordQueue tells who wrote the record it stands on, batch by batch', () => {
  const queue = new RecordQueue(0, OPTIONS)
  queue.append(Buffer.concat([batch(0, ['a'], ofProducer(7)), batch(1, ['b'])]), null)

  const seen: number[][] = []
  while (queue.peek()) {
    seen.push([queue.producerId, queue.producerEpoch])
    queue.take()
  }

  assert.deepEqual(seen, [
    [7, 0],
    [-1, -1],
  ])
})

test('RecordQueue moves past control batches and the holes that compaction leaves', () => {
  const queue = new RecordQueue(0, OPTIONS)
  const compacted = batch(1, ['kept'], { lastOffsetDelta: 5 })

  queue.append(Buffer.concat([marker(0, 7, CONTROL_TYPE_COMMIT), compacted]), null)

  assert.deepEqual(readAll(queue), ['1:kept'])
  assert.equal(queue.position, 7)
})

test('RecordQueue leaves out what belongs to an aborted transaction, and nothing else', () => {
  const queue = new RecordQueue(0, OPTIONS)
  const log = [
    batch(0, ['committed'], ofProducer(7)),
    marker(1, 7, CONTROL_TYPE_COMMIT),
    batch(2, ['aborted'], ofProducer(7)),
    batch(3, ['other'], ofProducer(8)),
    batch(4, ['plain']),
    marker(5, 7, CONTROL_TYPE_ABORT),
    batch(6, ['next'], ofProducer(7)),
    marker(7, 8, CONTROL_TYPE_COMMIT),
  ]

  queue.append(Buffer.concat(log), [{ producerId: 7, firstOffset: 2 }])

  assert.deepEqual(readAll(queue), ['0:committed', '3:other', '4:plain', '6:next'])
  assert.equal(queue.position, 8)
})

test('RecordQueue.peek() refuses a batch whose checksum does not fit, as often as it is asked', () => {
  const queue = new RecordQueue(0, OPTIONS)
  const broken = batch(1, ['bbbb'])
  broken[broken.length - 2] = 0x21
  queue.append(Buffer.concat([batch(0, ['a']), broken]), null)

  assert.ok(queue.peek())
  queue.take()

  assert.throws(() => queue.peek(), MalformedError)
  assert.throws(() => queue.peek(), MalformedError)
  assert.equal(queue.position, 1)
})

test('RecordQueue.peek() refuses a batch that would be larger than the limit when decompressed', () => {
  const queue = new RecordQueue(0, { ...OPTIONS, recordsBytesMax: 1000 })

  queue.append(batch(0, ['x'.repeat(5000)], { compression: COMPRESSION_GZIP }), null)

  assert.throws(() => queue.peek())
})

test('FetchedRange tells where to fetch next, and how large a batch is that did not fit', () => {
  const large = batch(5, ['x'.repeat(300)], { partitionLeaderEpoch: 3 })
  const range = new FetchedRange()

  range.read(Buffer.concat([batch(3, ['a', 'b'], { partitionLeaderEpoch: 2 }), large]))
  assert.deepEqual([range.nextOffset, range.leaderEpoch, range.cutBatchBytes], [6, 3, 0])

  range.read(large.subarray(0, 100))
  assert.deepEqual([range.nextOffset, range.cutBatchBytes], [-1, large.length])
})
