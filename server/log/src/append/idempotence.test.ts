import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildEndTxnMarkerBatch, CONTROL_TYPE_ABORT, CONTROL_TYPE_COMMIT } from '@ottla/records'
import type { AppendOutcome } from '../append/append-outcome.ts'
import { LogErrorCode } from '../log-error-code.ts'
import type { PartitionLog } from '../partition-log.ts'
import { aBatch, appendAndWrite, LogFixture } from '../testing/log-fixture.ts'

interface Produced {
  readonly sequence: number
  readonly count?: number
  readonly epoch?: number
  readonly producerId?: number
  readonly isTransactional?: boolean
}

function produce(log: PartitionLog, produced: Produced): AppendOutcome {
  const { sequence, count = 1, epoch = 0, producerId = 5, isTransactional = false } = produced
  const batch = aBatch({
    values: Array.from({ length: count }, (_, i) => `${sequence}+${i}`),
    producerId,
    producerEpoch: epoch,
    baseSequence: sequence,
    isTransactional,
  })
  return appendAndWrite(log, batch)
}

function marker(
  log: PartitionLog,
  type: number,
  options: { epoch?: number; coordinatorEpoch?: number; producerId?: number } = {},
): AppendOutcome {
  const { epoch = 0, coordinatorEpoch = 1, producerId = 5 } = options
  const batch = buildEndTxnMarkerBatch(
    { type, coordinatorEpoch },
    { producerId, producerEpoch: epoch, timestamp: 1000 },
  )
  const outcome = log.append(batch, { origin: 'coordinator', leaderEpoch: 0 })
  log.write()
  return outcome
}

test('idempotence: a duplicate of one of the last five batches gets its first offsets', async () => {
  const log = await new LogFixture().openLog()
  for (let i = 0; i < 6; i++) produce(log, { sequence: i * 2, count: 2 })

  for (let i = 1; i < 6; i++) {
    const outcome = produce(log, { sequence: i * 2, count: 2 })
    assert.deepEqual(
      [outcome.errorCode, outcome.baseOffset, outcome.lastOffset],
      [0, i * 2, i * 2 + 1],
    )
  }
  assert.equal(log.logEndOffset, 12)
  assert.equal(
    produce(log, { sequence: 0, count: 2 }).errorCode,
    LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
  )
})

test('idempotence: a batch that only overlaps an earlier one is out of order', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 0, count: 4 })

  for (const overlap of [
    { sequence: 0, count: 3 },
    { sequence: 1, count: 3 },
    { sequence: 2, count: 4 },
    { sequence: 5, count: 1 },
  ]) {
    assert.equal(produce(log, overlap).errorCode, LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
  }
  assert.equal(produce(log, { sequence: 4 }).errorCode, 0)
})

test('idempotence: batches that follow a refused one are refused until it comes again', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 0 })

  const early = [2, 3, 4].map((sequence) => produce(log, { sequence }).errorCode)
  const inOrder = [1, 2, 3, 4].map((sequence) => produce(log, { sequence }).errorCode)

  assert.deepEqual(early, Array(3).fill(LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER))
  assert.deepEqual(inOrder, [0, 0, 0, 0])
})

test('idempotence: sequences go on from 2147483647 to 0', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 2147483646, count: 2 })

  assert.equal(produce(log, { sequence: 0, count: 2 }).errorCode, 0)
  assert.equal(produce(log, { sequence: 2, count: 1 }).errorCode, 0)
})

test('idempotence: a batch across the end of the sequences is known again', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 2147483646, count: 4 })

  const again = produce(log, { sequence: 2147483646, count: 4 })

  assert.deepEqual([again.errorCode, again.baseOffset], [0, 0])
  assert.equal(produce(log, { sequence: 2 }).errorCode, 0)
})

test('idempotence: an unknown producer may begin with any sequence', async () => {
  const log = await new LogFixture().openLog()

  assert.equal(produce(log, { sequence: 17 }).errorCode, 0)
  assert.equal(produce(log, { sequence: 18 }).errorCode, 0)
})

test('idempotence: a new epoch begins at 0 and fences the old one', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 0, epoch: 3 })

  assert.equal(
    produce(log, { sequence: 1, epoch: 4 }).errorCode,
    LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
  )
  assert.equal(produce(log, { sequence: 0, epoch: 4 }).errorCode, 0)
  assert.equal(
    produce(log, { sequence: 1, epoch: 3 }).errorCode,
    LogErrorCode.INVALID_PRODUCER_EPOCH,
  )
})

test('idempotence: the first batch of a new epoch is not taken for a duplicate of the old one', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 0, epoch: 3 })

  const outcome = produce(log, { sequence: 0, epoch: 4 })

  assert.deepEqual([outcome.errorCode, outcome.baseOffset], [0, 1])
})

for (const how of ['clean stop', 'kill', 'power'] as const) {
  test(`idempotence: the last five batches are known after a restart (${how})`, async () => {
    const fixture = new LogFixture()
    let log = await fixture.openLog()
    for (let i = 0; i < 8; i++) produce(log, { sequence: i })
    fixture.flush(log)

    log =
      how === 'clean stop'
        ? await fixture.closeAndOpenLog()
        : await fixture.crashAndOpenLog(how === 'kill' ? 'process' : 'power')

    for (let i = 3; i < 8; i++) {
      const outcome = produce(log, { sequence: i })
      assert.deepEqual([outcome.errorCode, outcome.baseOffset], [0, i])
    }
    assert.equal(produce(log, { sequence: 2 }).errorCode, LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER)
    assert.equal(produce(log, { sequence: 8 }).errorCode, 0)
  })
}

test('idempotence: producers that have been idle for a day are forgotten', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  const nowMs = fixture.clock.wallMs()
  produce(log, { sequence: 0 })

  log.removeExpiredProducers(nowMs, 86_400_000)

  // The batch is stamped with the year 1970.
  assert.equal(produce(log, { sequence: 99 }).errorCode, 0)
})

test('transactions: the last stable offset waits for the oldest open one', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 0, producerId: 9 })
  assert.equal(log.lastStableOffset, 1)

  produce(log, { sequence: 0, producerId: 1, isTransactional: true })
  produce(log, { sequence: 0, producerId: 2, isTransactional: true })
  produce(log, { sequence: 1, producerId: 1, isTransactional: true })
  assert.equal(log.lastStableOffset, 1)

  marker(log, CONTROL_TYPE_COMMIT, { producerId: 1 })
  assert.equal(log.lastStableOffset, 2)
  marker(log, CONTROL_TYPE_ABORT, { producerId: 2 })
  assert.equal(log.lastStableOffset, 6)
})

test('transactions: what was aborted is listed for the readers it concerns', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 0, producerId: 1, isTransactional: true })
  produce(log, { sequence: 0, producerId: 2, isTransactional: true })
  marker(log, CONTROL_TYPE_ABORT, { producerId: 1 })
  marker(log, CONTROL_TYPE_COMMIT, { producerId: 2 })
  produce(log, { sequence: 1, producerId: 1, isTransactional: true })
  marker(log, CONTROL_TYPE_ABORT, { producerId: 1 })

  const aborted = (from: number, upTo: number): number[][] =>
    log
      .abortedTransactions(from, upTo)
      .map(({ producerId, firstOffset, lastOffset }) => [producerId, firstOffset, lastOffset])

  assert.deepEqual(aborted(0, 6), [
    [1, 0, 2],
    [1, 4, 5],
  ])
  assert.deepEqual(aborted(0, 4), [[1, 0, 2]])
  assert.deepEqual(aborted(3, 6), [[1, 4, 5]])
  assert.deepEqual(aborted(2, 3), [[1, 0, 2]])
})

test('transactions: a plain batch inside an open transaction is refused', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 0, isTransactional: true })

  assert.equal(produce(log, { sequence: 1 }).errorCode, LogErrorCode.INVALID_TXN_STATE)
})

test('transactions: a marker of an older coordinator or producer epoch is fenced', async () => {
  const log = await new LogFixture().openLog()
  produce(log, { sequence: 0, epoch: 2, isTransactional: true })
  marker(log, CONTROL_TYPE_COMMIT, { epoch: 2, coordinatorEpoch: 7 })

  assert.equal(
    marker(log, CONTROL_TYPE_ABORT, { epoch: 2, coordinatorEpoch: 6 }).errorCode,
    LogErrorCode.TRANSACTION_COORDINATOR_FENCED,
  )
  assert.equal(
    marker(log, CONTROL_TYPE_ABORT, { epoch: 1, coordinatorEpoch: 7 }).errorCode,
    LogErrorCode.INVALID_PRODUCER_EPOCH,
  )
  assert.equal(log.logEndOffset, 2)
})

for (const how of ['clean stop', 'kill', 'power'] as const) {
  test(`transactions: open and aborted ones are the same after a restart (${how})`, async () => {
    const fixture = new LogFixture({ config: { segmentBytes: 300 } })
    let log = await fixture.openLog()
    for (let i = 0; i < 10; i++) {
      produce(log, { sequence: i, producerId: 1, isTransactional: true })
      marker(log, i % 2 === 0 ? CONTROL_TYPE_ABORT : CONTROL_TYPE_COMMIT, { producerId: 1 })
    }
    produce(log, { sequence: 0, producerId: 2, isTransactional: true })
    produce(log, { sequence: 0, producerId: 3 })
    fixture.flush(log)
    const before = log.abortedTransactions(0, 100)
    assert.equal(before.length, 5)

    log =
      how === 'clean stop'
        ? await fixture.closeAndOpenLog()
        : await fixture.crashAndOpenLog(how === 'kill' ? 'process' : 'power')

    assert.deepEqual(log.abortedTransactions(0, 100), before)
    assert.equal(log.lastStableOffset, 20)
    marker(log, CONTROL_TYPE_COMMIT, { producerId: 2 })
    assert.equal(log.lastStableOffset, log.logEndOffset)
  })
}
