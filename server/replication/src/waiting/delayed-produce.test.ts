import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { Partition } from '../partition.ts'
import { ProduceInTest } from '../testing/produce-in-test.ts'
import { aBatch, ReplicationFixture } from '../testing/replication-fixture.ts'
import { DelayedProduce } from './delayed-produce.ts'

test('DelayedProduce is done when the last of its partitions is safe', async () => {
  const at = await ReplicationFixture.open({ partitions: 2 })
  at.isHoldingSyncs = true
  const batches = [0, 1].map((index) => [at.partition(index), aBatch()] as const)

  const call = new ProduceInTest(batches, { clock: at.clock })
  at.settle()
  at.finishSync()
  assert.equal(call.doneCount, 0)
  at.finishSync()

  assert.equal(call.doneCount, 1)
  assert.deepEqual(call.errorCodes, [ErrorCode.NONE, ErrorCode.NONE])
  assert.deepEqual(
    call.results.map((result) => result.index),
    [0, 1],
  )
})

test('DelayedProduce with nothing to wait for is done when it starts, no sooner', () => {
  let doneCount = 0
  const owner = { onProduceDone: () => doneCount++ }
  const produce = new DelayedProduce(-1, owner)
  const result = produce.result(0)
  result.refuse(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null)
  assert.equal(doneCount, 0)

  produce.start({ setTimer: failingTimer } as never, 1000)

  assert.equal(doneCount, 1)
})

function failingTimer(): never {
  throw new Error('no timer is needed')
}

test('a partition that is refused does not hold up the others, nor they it', async () => {
  const at = await ReplicationFixture.open({ partitions: 2 })

  const call = new ProduceInTest(
    [
      [at.partition(0), Buffer.alloc(3)],
      [at.partition(1), aBatch()],
    ],
    { clock: at.clock },
  )
  assert.equal(call.isDone, false)
  at.settle()

  assert.equal(call.doneCount, 1)
  assert.deepEqual(call.errorCodes, [ErrorCode.INVALID_RECORD, ErrorCode.NONE])
  assert.deepEqual(call.baseOffsets, [-1, 0])
})

// As in Kafka's DelayedProduce.onExpiration: only what is still pending has timed out.
test('a timeout refuses what is not safe, and leaves what is', async () => {
  const at = await ReplicationFixture.open({ partitions: 3 })
  at.isHoldingSyncs = true
  const call = new ProduceInTest(
    [
      [at.partition(0), aBatch()],
      [at.partition(1), aBatch()],
      [at.partition(2), Buffer.alloc(3)],
    ],
    { clock: at.clock, timeoutMs: 100 },
  )
  at.settle()
  at.finishSync()

  at.clock.advance(100)

  assert.equal(call.doneCount, 1)
  assert.deepEqual(call.errorCodes, [
    ErrorCode.NONE,
    ErrorCode.REQUEST_TIMED_OUT,
    ErrorCode.INVALID_RECORD,
  ])
  assert.deepEqual(call.baseOffsets, [0, -1, -1])
})

test('DelayedProduce has a timer while it waits, and leaves none behind', () => {
  const clock = new FakeClock()
  const produce = new DelayedProduce(-1, { onProduceDone: () => {} })
  const result = produce.result(0)
  produce.waitFor({ wait: () => {} } as unknown as Partition, result)
  produce.start(clock, 1000)
  assert.equal(clock.timerCount, 1)

  result.complete()

  assert.equal(clock.timerCount, 0)
})

test('a produce with acks=0 or acks=1 has no deadline', async () => {
  for (const acks of [0, 1]) {
    const at = await ReplicationFixture.open()
    const before = at.clock.timerCount

    new ProduceInTest([[at.partition(), aBatch()]], { clock: at.clock, acks, timeoutMs: 1 })

    // One for the end of the turn.
    assert.equal(at.clock.timerCount, before + 1)
  }
})

test('what a client sees of an appended batch is what the log said', async () => {
  const at = await ReplicationFixture.open({ config: { messageTimestampType: 'LogAppendTime' } })
  const nowMs = at.clock.wallMs()

  const call = new ProduceInTest([[at.partition(), aBatch({ values: ['a', 'b'] })]], {
    clock: at.clock,
  })
  at.settle()

  const [result] = call.results
  assert.equal(result?.baseOffset, 0)
  assert.equal(result?.lastOffset, 1)
  assert.equal(result?.logAppendTimeMs, nowMs)
  assert.equal(result?.logStartOffset, 0)
  assert.equal(result?.errorMessage, null)
  assert.equal(result?.isAwaited, false)
})

test('a refused batch says why, with the records that are wrong', async () => {
  const at = await ReplicationFixture.open({ config: { cleanupPolicy: ['compact'] } })

  const call = new ProduceInTest([[at.partition(), aBatch({ values: ['a', 'b'] })]], {
    clock: at.clock,
  })

  const [result] = call.results
  assert.equal(result?.errorCode, ErrorCode.INVALID_RECORD)
  assert.ok((result?.errorMessage ?? '').length > 0)
  assert.deepEqual(
    result?.recordErrors.map((error) => error.batchIndex),
    [0, 1],
  )
  assert.equal(typeof result?.recordErrors[0]?.batchIndexErrorMessage, 'string')
})
