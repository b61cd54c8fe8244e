import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProduceInTest } from '../testing/produce-in-test.ts'
import { aBatch, ReplicationFixture } from '../testing/replication-fixture.ts'
import { DelayedFetch, type FetchOwner } from './delayed-fetch.ts'

class FetchInTest implements FetchOwner {
  looks = 0
  deadlines = 0
  /** The fetch is answered at this look. */
  enoughAtLook = Infinity
  readonly delayed: DelayedFetch

  constructor(at: ReplicationFixture, options: { partitions: readonly number[]; waitMs: number }) {
    this.delayed = new DelayedFetch({
      owner: this,
      partitions: options.partitions.map((index) => at.partition(index)),
      turn: at.turn,
      clock: at.clock,
      waitMs: options.waitMs,
    })
  }

  onFetchProgress(): boolean {
    this.looks++
    return this.looks >= this.enoughAtLook
  }

  onFetchDeadline(): void {
    this.deadlines++
  }
}

function produceTo(at: ReplicationFixture, ...indexes: readonly number[]): void {
  const batches = indexes.map((index) => [at.partition(index), aBatch()] as const)
  new ProduceInTest(batches, { clock: at.clock, acks: 1 })
}

test('DelayedFetch looks again once a turn, however many of its partitions moved', async () => {
  const at = await ReplicationFixture.open({ partitions: 3 })
  const fetch = new FetchInTest(at, { partitions: [0, 1, 2], waitMs: 500 })

  produceTo(at, 0, 1, 2)
  at.settle()

  assert.equal(fetch.looks, 1)
})

test('DelayedFetch does not care about other partitions', async () => {
  const at = await ReplicationFixture.open({ partitions: 2 })
  const fetch = new FetchInTest(at, { partitions: [0], waitMs: 500 })

  produceTo(at, 1)
  at.settle()

  assert.equal(fetch.looks, 0)
})

test('DelayedFetch goes on waiting when it finds too little', async () => {
  const at = await ReplicationFixture.open()
  const fetch = new FetchInTest(at, { partitions: [0], waitMs: 500 })
  fetch.enoughAtLook = 3

  for (let i = 0; i < 5; i++) {
    produceTo(at, 0)
    at.settle()
  }

  assert.equal(fetch.looks, 3)
  at.clock.advance(1000)
  assert.equal(fetch.deadlines, 0)
})

test('DelayedFetch that never found enough is told of its deadline, once', async () => {
  const at = await ReplicationFixture.open()
  const fetch = new FetchInTest(at, { partitions: [0], waitMs: 500 })

  at.clock.advance(499)
  assert.equal(fetch.deadlines, 0)
  at.clock.advance(1)
  assert.equal(fetch.deadlines, 1)

  produceTo(at, 0)
  at.clock.advance(1000)
  assert.equal(fetch.looks, 0)
  assert.equal(fetch.deadlines, 1)
})

test('DelayedFetch whose deadline comes in the turn of an append is answered once', async () => {
  const at = await ReplicationFixture.open()
  const fetch = new FetchInTest(at, { partitions: [0], waitMs: 0 })
  fetch.enoughAtLook = 1
  produceTo(at, 0)

  at.settle()

  assert.equal(fetch.looks + fetch.deadlines, 1)
})

test('DelayedFetch that was woken and cancelled in the same turn does not look', async () => {
  const at = await ReplicationFixture.open()
  const fetch = new FetchInTest(at, { partitions: [0], waitMs: 500 })
  fetch.delayed.dueAtTurnEnd()

  fetch.delayed.cancel()
  fetch.delayed.cancel()
  at.clock.advance(1000)

  assert.equal(fetch.looks, 0)
  assert.equal(fetch.deadlines, 0)
})

test('DelayedFetch leaves its partitions and its timer in every way it can end', async () => {
  const at = await ReplicationFixture.open({ partitions: 2 })
  at.settle()
  const timersBefore = at.clock.timerCount
  const ended = [0, 1, 2].map(() => new FetchInTest(at, { partitions: [0, 1], waitMs: 500 }))
  const [answered, cancelled, expired] = ended as [FetchInTest, FetchInTest, FetchInTest]
  const waitingCounts = (): number[] => [0, 1].map((index) => at.partition(index).waitingFetchCount)
  assert.deepEqual(waitingCounts(), [3, 3])

  answered.enoughAtLook = 1
  answered.delayed.dueAtTurnEnd()
  at.settle()
  assert.deepEqual(waitingCounts(), [2, 2])
  cancelled.delayed.cancel()
  assert.deepEqual(waitingCounts(), [1, 1])
  assert.equal(at.clock.timerCount, timersBefore + 1)
  at.clock.advance(500)

  assert.equal(expired.deadlines, 1)
  assert.deepEqual(waitingCounts(), [0, 0])
  assert.equal(at.clock.timerCount, timersBefore)
})
