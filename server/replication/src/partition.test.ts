import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonLogger } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { Partition } from './partition.ts'
import { ProduceInTest, type ProduceOptions } from './testing/produce-in-test.ts'
import {
  aBatch,
  offsetsRead,
  ReplicationFixture,
  TOPIC,
  type FixtureOptions,
} from './testing/replication-fixture.ts'
import { DelayedFetch } from './waiting/delayed-fetch.ts'

interface Situation {
  readonly at: ReplicationFixture
  readonly partition: Partition
  /** Appends one batch as a client; acks=all when nothing is said. */
  readonly produce: (options?: Partial<ProduceOptions> & { records?: Buffer }) => ProduceInTest
}

async function aPartition(options: FixtureOptions = {}): Promise<Situation> {
  const at = await ReplicationFixture.open(options)
  const partition = at.partition()
  return {
    at,
    partition,
    produce: ({ records = aBatch(), ...rest } = {}) =>
      new ProduceInTest([[partition, records]], { clock: at.clock, ...rest }),
  }
}

/** How often a waiting fetch looked again. */
function aWaitingFetch({ at, partition }: Situation): { readonly looks: () => number } {
  let looks = 0
  const owner = {
    onFetchProgress: () => {
      looks++
      return false
    },
    onFetchDeadline: () => {},
  }
  new DelayedFetch({ owner, partitions: [partition], turn: at.turn, clock: at.clock, waitMs: 1e9 })
  return { looks: () => looks }
}

test('Partition gives offsets at once, and shows the records at the end of the turn', async () => {
  const { at, partition, produce } = await aPartition()

  const first = produce({ records: aBatch({ values: ['a', 'b'] }) })
  const second = produce()

  assert.deepEqual([first.baseOffsets, second.baseOffsets], [[0], [2]])
  assert.equal(partition.highWatermark, 0)
  assert.equal(offsetsRead(partition, 0), undefined)
  at.settle()
  assert.equal(partition.highWatermark, 3)
  assert.deepEqual(offsetsRead(partition, 0), [0, 2])
})

test('Partition writes all batches of a turn with one write', async () => {
  const { at, produce } = await aPartition()
  const before = at.disk.operationCounts.get('write') ?? 0

  for (let i = 0; i < 10; i++) produce({ acks: 1 })
  at.settle()

  assert.equal((at.disk.operationCounts.get('write') ?? 0) - before, 1)
})

test('acks=1 is answered when the records are written, without a sync', async () => {
  const { at, produce } = await aPartition()
  at.isHoldingSyncs = true

  const call = produce({ acks: 1 })
  assert.equal(call.isDone, false)
  at.settle()

  assert.equal(call.isDone, true)
  assert.deepEqual(call.errorCodes, [ErrorCode.NONE])
  assert.equal(at.heldSyncCount, 0)
})

test('acks=all is answered when the records are on the disk, and readers see them before', async () => {
  const { at, partition, produce } = await aPartition()
  at.isHoldingSyncs = true

  const call = produce()
  at.settle()
  assert.equal(call.isDone, false)
  assert.deepEqual(offsetsRead(partition, 0), [0])
  at.finishSync()

  assert.equal(call.isDone, true)
  assert.deepEqual(call.errorCodes, [ErrorCode.NONE])
  assert.equal(partition.log.recoveryPoint, 1)
})

test('produces that come while a sync runs ride on the next one together, in their order', async () => {
  const { at, produce } = await aPartition()
  at.isHoldingSyncs = true
  const order: string[] = []
  const noted = (name: string): ProduceInTest => produce({ onDone: () => order.push(name) })

  noted('first')
  at.settle()
  noted('second')
  at.settle()
  noted('third')
  noted('fourth')
  at.settle()
  assert.equal(at.heldSyncCount, 1)

  at.finishSync()
  assert.deepEqual(order, ['first'])
  assert.equal(at.heldSyncCount, 1)

  at.finishSync()
  assert.deepEqual(order, ['first', 'second', 'third', 'fourth'])
  assert.equal(at.heldSyncCount, 0)
})

test('acks=1 overtakes an acks=all that waits for the disk, and asks for no sync of its own', async () => {
  const { at, produce } = await aPartition()
  at.isHoldingSyncs = true
  const safe = produce()
  at.settle()

  const fast = produce({ acks: 1 })
  at.settle()
  assert.equal(fast.isDone, true)
  assert.equal(safe.isDone, false)
  at.finishSync()

  assert.equal(safe.isDone, true)
  assert.equal(at.heldSyncCount, 0)
})

test('flush.policy "never" answers acks=all from the page cache', async () => {
  const { at, produce } = await aPartition({ config: { flushPolicy: 'never' } })
  at.isHoldingSyncs = true

  const call = produce()
  at.settle()

  assert.equal(call.isDone, true)
  assert.equal(at.heldSyncCount, 0)
})

test('flush.policy "always" makes acks=1 and acks=0 wait for the disk, without a deadline', async () => {
  const { at, produce } = await aPartition({ config: { flushPolicy: 'always' } })
  at.isHoldingSyncs = true
  const one = produce({ acks: 1, timeoutMs: 10 })
  const none = produce({ acks: 0, timeoutMs: 10 })
  at.settle()

  at.clock.advance(100)
  assert.deepEqual([one.isDone, none.isDone], [false, false])
  at.finishSync()

  assert.deepEqual([one.isDone, none.isDone], [true, true])
  assert.deepEqual(one.errorCodes, [ErrorCode.NONE])
})

test('flush.messages makes whoever fills the number wait for the disk', async () => {
  const { at, produce } = await aPartition({ config: { flushMessages: 3 } })
  at.isHoldingSyncs = true
  const first = produce({ acks: 1 })
  const second = produce({ acks: 1 })
  at.settle()
  assert.deepEqual([first.isDone, second.isDone], [true, true])

  const third = produce({ acks: 1 })
  at.settle()
  assert.equal(third.isDone, false)
  at.finishSync()

  assert.equal(third.isDone, true)
})

test('a retry of a batch is answered with its offsets: at once when it is safe, else with it', async () => {
  const { at, partition, produce } = await aPartition()
  at.isHoldingSyncs = true
  const idempotent = () => aBatch({ producerId: 7, producerEpoch: 0, baseSequence: 0 })
  const original = produce({ records: idempotent() })
  const other = produce()
  at.settle()

  const early = produce({ records: idempotent() })
  at.settle()
  assert.equal(early.isDone, false)
  at.finishSync()
  assert.equal(original.isDone, true)
  assert.equal(early.isDone, true, 'the sync that ran covered its offset')
  const late = produce({ records: idempotent() })
  at.settle()

  assert.equal(late.isDone, true)
  assert.deepEqual([early.baseOffsets, late.baseOffsets], [[0], [0]])
  assert.deepEqual(other.baseOffsets, [1])
  assert.equal(partition.log.logEndOffset, 2)
})

test('a refused append is answered without waiting, and appends nothing', async () => {
  const { partition, produce } = await aPartition()

  const call = produce({ records: Buffer.alloc(10) })

  assert.equal(call.isDone, true)
  assert.deepEqual(call.errorCodes, [ErrorCode.INVALID_RECORD])
  assert.deepEqual(call.baseOffsets, [-1])
  assert.equal(partition.log.logEndOffset, 0)
})

test('a write that fails fails every produce of the turn, and shows readers nothing', async () => {
  const { at, partition, produce } = await aPartition()
  produce({ acks: 1 })
  at.settle()
  const calls = [produce({ acks: 1 }), produce(), produce({ acks: 0 })]
  at.disk.onOperation = (operation) => (operation === 'write' ? { code: 'EIO' } : undefined)

  at.settle()

  for (const call of calls) {
    assert.equal(call.doneCount, 1)
    assert.deepEqual(call.errorCodes, [ErrorCode.KAFKA_STORAGE_ERROR])
    assert.deepEqual(call.baseOffsets, [-1])
  }
  assert.equal(partition.highWatermark, 1)
  assert.deepEqual(offsetsRead(partition, 0), [0])
  assert.equal(offsetsRead(partition, 1), undefined)
})

// A batch that needs a new segment makes the log write what came before it.
test('a write that fails in the middle of a turn fails only what was not written', async () => {
  const records = aBatch({ values: ['x'.repeat(300)] })
  const { at, partition, produce } = await aPartition({ config: { segmentBytes: 500 } })
  const written = produce({ acks: 1, records: Buffer.from(records) })
  const lost = produce({ acks: 1, records: Buffer.from(records) })
  assert.equal(partition.log.segmentCount, 2)
  at.disk.onOperation = (operation) => (operation === 'write' ? { code: 'EIO' } : undefined)

  at.settle()

  assert.deepEqual(written.errorCodes, [ErrorCode.NONE])
  assert.deepEqual(written.baseOffsets, [0])
  assert.deepEqual(lost.errorCodes, [ErrorCode.KAFKA_STORAGE_ERROR])
  assert.equal(partition.highWatermark, 1)
  assert.deepEqual(offsetsRead(partition, 0), [0])
})

test('a partition whose log has failed refuses appends', async () => {
  const { at, produce } = await aPartition()
  produce({ acks: 1 })
  at.disk.onOperation = (operation) => (operation === 'write' ? { code: 'EIO' } : undefined)
  at.settle()
  at.disk.onOperation = undefined

  const call = produce({ acks: 1 })
  at.settle()

  assert.deepEqual(call.errorCodes, [ErrorCode.KAFKA_STORAGE_ERROR])
})

test('a full disk fails what it could not take; later produces go on when there is room', async () => {
  const { at, partition, produce } = await aPartition()
  const lost = produce({ acks: 1 })
  at.disk.capacityBytes = 0
  at.settle()
  assert.deepEqual(lost.errorCodes, [ErrorCode.KAFKA_STORAGE_ERROR])

  at.disk.capacityBytes = 1_000_000
  at.clock.advance(2000)
  const call = produce({ acks: 1 })
  at.settle()

  assert.deepEqual(call.errorCodes, [ErrorCode.NONE])
  assert.deepEqual(call.baseOffsets, [0])
  assert.equal(partition.highWatermark, 1)
})

// DeleteRecords writes the log as well. It hears of the failure; so must those whose records are lost.
test('a write that failed outside the turn does not make a produce succeed', async () => {
  const { at, partition, produce } = await aPartition()
  const call = produce({ acks: 1 })
  at.disk.onOperation = (operation) => (operation === 'write' ? { code: 'EIO' } : undefined)
  assert.throws(() => {
    partition.log.deleteRecordsBefore(0)
  })

  at.settle()

  assert.equal(call.isDone, true)
  assert.deepEqual(call.errorCodes, [ErrorCode.KAFKA_STORAGE_ERROR])
  assert.equal(partition.highWatermark, 0)
})

test('a write outside the turn that succeeds moves the high watermark at the end of it', async () => {
  const { at, partition, produce } = await aPartition()
  const call = produce({ acks: 1 })
  partition.log.deleteRecordsBefore(0)

  at.settle()

  assert.deepEqual(call.errorCodes, [ErrorCode.NONE])
  assert.equal(partition.highWatermark, 1)
})

test('a sync that fails fails everyone who waits for the disk, also for the next sync', async () => {
  const { at, produce } = await aPartition()
  at.isHoldingSyncs = true
  const riding = produce()
  at.settle()
  const waiting = produce()
  const fast = produce({ acks: 1 })
  at.settle()
  at.disk.onOperation = (operation) => (operation === 'sync' ? { code: 'EIO' } : undefined)

  at.finishSync()

  for (const call of [riding, waiting]) {
    assert.equal(call.doneCount, 1)
    assert.deepEqual(call.errorCodes, [ErrorCode.KAFKA_STORAGE_ERROR])
  }
  assert.deepEqual(fast.errorCodes, [ErrorCode.NONE])
})

test('acks=all that is not safe in time is answered with REQUEST_TIMED_OUT; its data stays', async () => {
  const { at, partition, produce } = await aPartition()
  at.isHoldingSyncs = true
  const call = produce({ timeoutMs: 500 })
  at.settle()

  at.clock.advance(499)
  assert.equal(call.isDone, false)
  at.clock.advance(1)

  assert.deepEqual(call.errorCodes, [ErrorCode.REQUEST_TIMED_OUT])
  assert.deepEqual(call.baseOffsets, [-1])
  assert.deepEqual(offsetsRead(partition, 0), [0])
  at.finishSync()
  assert.equal(call.doneCount, 1)
  assert.deepEqual(
    call.errorCodes,
    [ErrorCode.REQUEST_TIMED_OUT],
    'the answer does not change any more',
  )
})

test('a sync that fails after the timeout does not change the answer', async () => {
  const { at, produce } = await aPartition()
  at.isHoldingSyncs = true
  const call = produce({ timeoutMs: 500 })
  at.settle()
  at.clock.advance(500)
  at.disk.onOperation = (operation) => (operation === 'sync' ? { code: 'EIO' } : undefined)

  at.finishSync()

  assert.equal(call.doneCount, 1)
  assert.deepEqual(call.errorCodes, [ErrorCode.REQUEST_TIMED_OUT])
})

test('a produce from inside the answer to another is written in the same turn', async () => {
  const { at, partition, produce } = await aPartition()
  let inner: ProduceInTest | undefined
  produce({
    acks: 1,
    onDone: () => {
      inner = produce({ acks: 1 })
    },
  })

  at.settle()

  assert.equal(inner?.isDone, true)
  assert.deepEqual(inner?.baseOffsets, [1])
  assert.equal(partition.highWatermark, 2)
})

test('deleting the topic tells everyone who waits, once', async () => {
  const { at, produce } = await aPartition()
  at.isHoldingSyncs = true
  const onDisk = produce()
  at.settle()
  const unwritten = [produce(), produce({ acks: 1 })]

  at.replicas.drop(TOPIC)

  for (const call of [onDisk, ...unwritten]) {
    assert.equal(call.doneCount, 1)
    assert.deepEqual(call.errorCodes, [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION])
  }
  at.finishSync()
  at.settle()
  for (const call of [onDisk, ...unwritten]) assert.equal(call.doneCount, 1)
})

// The log is closed by then: a write would reach files that are about to be unlinked, and the sync that
// was under way ends in an error that means nothing any more.
test('deleting the topic leaves nothing to be written or complained about', async () => {
  const lines: string[] = []
  const writeLine = (line: string): void => {
    lines.push(line)
  }
  const logger = jsonLogger({ level: 'info', writeLine, wallMs: () => 0 })
  const { at, produce } = await aPartition({ logger })
  at.isHoldingSyncs = true
  produce()
  at.settle()
  produce()
  at.settle()
  produce()
  const written: string[] = []
  at.disk.onOperation = (operation, path) => {
    if (operation === 'write' && path.endsWith('.log')) written.push(path)
    return undefined
  }

  at.replicas.drop(TOPIC)
  at.settle()
  at.finishSync()

  assert.deepEqual(written, [])
  assert.deepEqual(lines, [])
})

test('Partition.read() knows the ends of the log', async () => {
  const { at, partition, produce } = await aPartition()
  for (let i = 0; i < 5; i++) produce({ acks: 1 })
  at.settle()
  partition.log.deleteRecordsBefore(2)
  const read = (fetchOffset: number) =>
    partition.read(fetchOffset, 1000, { committedOnly: false, minOneBatch: true }).errorCode

  assert.equal(read(-1), ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(read(1), ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.equal(read(2), ErrorCode.NONE)
  assert.equal(read(5), ErrorCode.NONE)
  assert.equal(read(6), ErrorCode.OFFSET_OUT_OF_RANGE)
  assert.deepEqual(offsetsRead(partition, 3), [3, 4])
  assert.equal(offsetsRead(partition, 5), undefined)
})

test('Partition.read() with read_committed stops at the first open transaction', async () => {
  const { at, partition, produce } = await aPartition()
  const transactional = aBatch({
    producerId: 9,
    producerEpoch: 0,
    baseSequence: 0,
    isTransactional: true,
  })
  produce({ acks: 1 })
  produce({ acks: 1, records: transactional })
  produce({ acks: 1 })
  at.settle()

  assert.equal(partition.lastStableOffset, 1)
  assert.equal(partition.highWatermark, 3)
  assert.deepEqual(offsetsRead(partition, 0, { committedOnly: true }), [0])
  assert.equal(offsetsRead(partition, 1, { committedOnly: true }), undefined)
  assert.deepEqual(offsetsRead(partition, 0), [0, 1, 2])
})

test('the last stable offset never passes the high watermark', async () => {
  const { at, partition, produce } = await aPartition()
  produce({ acks: 1 })

  assert.equal(partition.lastStableOffset, 0)
  at.settle()
  assert.equal(partition.lastStableOffset, 1)
})

test('a waiting fetch looks again in the turn of the append, once however many there were', async () => {
  const situation = await aPartition()
  const { at, produce } = situation
  const fetch = aWaitingFetch(situation)

  produce({ acks: 1 })
  produce({ acks: 1 })
  assert.equal(fetch.looks(), 0)
  at.settle()
  assert.equal(fetch.looks(), 1)

  produce({ acks: 1 })
  at.settle()
  assert.equal(fetch.looks(), 2)
})

test('a waiting fetch is left alone by a refused append', async () => {
  const situation = await aPartition()
  const { at, produce } = situation
  const fetch = aWaitingFetch(situation)

  produce({ records: Buffer.alloc(10) })
  at.settle()

  assert.equal(fetch.looks(), 0)
})

test('a waiting fetch looks again when the topic is deleted, and finds it gone', async () => {
  const situation = await aPartition()
  const { at } = situation
  const fetch = aWaitingFetch(situation)

  at.replicas.drop(TOPIC)
  assert.equal(at.replicas.partition(TOPIC, 0), undefined)
  at.settle()

  assert.equal(fetch.looks(), 1)
})
