import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeFetchRequest, type FetchRequest } from '@ottla/protocol/fetch-request'
import { encodeFetchResponse } from '@ottla/protocol/fetch-response'
import { consumerWorld, readValues } from '../testing/consumer-world.ts'
import { LogBroker } from '../testing/log-broker.ts'

const FROM_START = { assign: [{ topic: 'orders', partition: 0, offset: 0 }] }

for (const [name, options] of [
  ['topic ids and sessions', {}],
  ['names and sessions', { fetchVersionMax: 12 }],
  ['no sessions', { fetchVersionMax: 4, hasSessions: false }],
  ['a broker that has no room for a session', { hasSessions: false }],
] as const) {
  test(`a consumer reads what is there and what comes, with ${name}`, async () => {
    await using on = consumerWorld(options)
    on.log.log('orders').append(['a', 'b', 'c'])
    const consumer = on.kafka.consumer(FROM_START)

    assert.deepEqual(await on.read(consumer, 3), ['a', 'b', 'c'])
    const coming = on.read(consumer, 2)
    await on.settle()
    on.log.log('orders').append(['d'])
    on.log.log('orders').append(['e'])

    assert.deepEqual(await coming, ['d', 'e'])
  })
}

test('a fetch names what was asked for: waiting time, bytes, isolation and rack', async () => {
  await using on = consumerWorld({}, { rack: 'a1' })
  on.log.log('orders').append(['a'])
  const consumer = on.kafka.consumer({
    ...FROM_START,
    isolation: 'read_committed',
    fetchMinBytes: 7,
    fetchMaxWaitMs: 123,
    fetchMaxBytes: 9000,
    partitionFetchBytes: 8000,
  })

  await on.read(consumer, 1)

  const [fetch] = on.log.fetches
  assert.equal(fetch?.minBytes, 7)
  assert.equal(fetch.maxWaitMs, 123)
  assert.equal(fetch.maxBytes, 9000)
  assert.equal(fetch.isolationLevel, 1)
  assert.equal(fetch.rackId, 'a1')
  assert.equal(fetch.topics[0]?.partitions[0]?.partitionMaxBytes, 8000)
})

test('a session that the broker has forgotten is begun anew, and nothing is lost or doubled', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  log.append(['a'])
  const consumer = on.kafka.consumer(FROM_START)
  await on.read(consumer, 1)
  on.log.sessionFaults.push(
    ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
    ErrorCode.INVALID_FETCH_SESSION_EPOCH,
  )

  const coming = on.read(consumer, 2)
  await on.settle()
  log.append(['b'])
  log.append(['c'])

  assert.deepEqual(await coming, ['b', 'c'])
})

test('a lost connection is opened again, and reading goes on where it was', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  log.append(['a'])
  const consumer = on.kafka.consumer(FROM_START)
  await on.read(consumer, 1)
  on.log.broker.cutAfterNext(ApiKey.Fetch, 'mid-frame')
  log.append(['b'])
  log.append(['c'])

  assert.deepEqual(await on.read(consumer, 2), ['b', 'c'])
})

test('a partition that nobody reads from is left out of fetches, and the others go on', async () => {
  await using on = consumerWorld({ topics: { orders: 2 } })
  const [slow, fast] = [on.log.log('orders', 0), on.log.log('orders', 1)]
  const value = 'x'.repeat(1000)
  for (let i = 0; i < 50; i++) slow.append([value])
  const consumer = on.kafka.consumer({
    assign: [0, 1].map((partition) => ({ topic: 'orders', partition, offset: 0 })),
    maxBufferedBytes: 20_000,
    partitionFetchBytes: 2000,
  })
  const streams = consumer.partitions()
  await on.outcome(streams.next())
  const stream = (await on.outcome(streams.next())).value
  assert.equal(stream?.partition, 1)

  for (let i = 0; i < 20; i++) {
    const coming = on.read(stream, 1)
    await on.settle()
    fast.append([`fast ${i}`])
    assert.deepEqual(await coming, [`fast ${i}`])
  }

  const asked = on.log.fetches.flatMap(({ topics }) =>
    topics.flatMap(({ partitions }) => partitions.filter(({ partition }) => partition === 0)),
  )
  const furthest = Math.max(...asked.map(({ fetchOffset }) => fetchOffset))
  assert.ok(furthest >= 1 && furthest <= 5, `offset ${furthest} of the slow partition was fetched`)
})

test('a partition that is read to its end does not wait for the poll of one that has nothing', async () => {
  await using on = consumerWorld({ topics: { orders: 2 } })
  const value = 'x'.repeat(1000)
  for (let i = 0; i < 20; i++) on.log.log('orders', 1).append([value])
  const consumer = on.kafka.consumer({
    assign: [0, 1].map((partition) => ({ topic: 'orders', partition, offset: 0 })),
    maxBufferedBytes: 4000,
    fetchMaxWaitMs: 500,
  })
  let values: readonly string[] = []
  void readValues(consumer, 20).then((read) => {
    values = read
  })

  // Time stands still: a poll that waits is never answered.
  for (let round = 0; round < 100 && values.length === 0; round++) await on.settle()

  assert.equal(values.length, 20)
})

test('partitions that have nothing are polled together, once in fetchMaxWaitMs', async () => {
  await using on = consumerWorld({ topics: { orders: 2 } })
  const value = 'x'.repeat(1000)
  for (let i = 0; i < 20; i++) on.log.log('orders', 1).append([value])
  const consumer = on.kafka.consumer({
    assign: [0, 1].map((partition) => ({ topic: 'orders', partition, offset: 0 })),
    maxBufferedBytes: 4000,
    fetchMaxWaitMs: 500,
  })
  await on.read(consumer, 20)
  const waiting = readValues(consumer, 1)
  for (let i = 0; i < 20; i++) await on.elapse(100)
  const before = on.log.fetches.length

  for (let i = 0; i < 50; i++) await on.elapse(100)

  const count = on.log.fetches.length - before
  assert.ok(count >= 8 && count <= 12, `${count} fetches in five seconds`)
  on.log.log('orders', 0).append(['end'])
  assert.deepEqual(await on.outcome(waiting), ['end'])
})

test('what nobody reads takes no more memory than it may, and is counted', async () => {
  await using on = consumerWorld({ topics: { orders: 4 } })
  for (let partition = 0; partition < 4; partition++) {
    for (let i = 0; i < 100; i++) on.log.log('orders', partition).append(['x'.repeat(200)])
  }
  const bufferedBytes = (): number => on.kafka.metrics().consumer.bufferedBytes
  const consumer = on.kafka.consumer({
    assign: [0, 1, 2, 3].map((partition) => ({ topic: 'orders', partition, offset: 0 })),
    maxBufferedBytes: 40_000,
  })
  await on.read(consumer, 1)

  await on.elapse(10_000)
  assert.ok(bufferedBytes() > 10_000 && bufferedBytes() <= 40_000, `${bufferedBytes()} bytes`)
  assert.equal((await on.read(consumer, 399)).length, 399)

  await on.outcome(consumer.close())
  assert.equal(bufferedBytes(), 0)
})

test('a broker that is gone for a while is tried again, and nothing is lost', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  log.append(['a'])
  const consumer = on.kafka.consumer(FROM_START)
  await on.read(consumer, 1)
  on.log.broker.stop()
  const coming = on.read(consumer, 1)
  await on.elapse(20_000)

  on.log.broker.listen()
  log.append(['b'])

  assert.deepEqual(await coming, ['b'])
})

test('a broker that goes on refusing whole fetches is asked less and less often', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a'])
  on.log.sessionFaults = Array.from({ length: 50 }, () => ErrorCode.REQUEST_TIMED_OUT)
  const consumer = on.kafka.consumer(FROM_START)
  const coming = readValues(consumer, 1)
  await on.elapse(1500)

  // At once, then after 100, 200, 400 and 800 ms, each a fifth less or more.
  assert.ok(on.log.fetches.length >= 4 && on.log.fetches.length <= 5, `${on.log.fetches.length}`)
  on.log.sessionFaults = []

  assert.deepEqual(await on.outcome(coming), ['a'])
})

test('an error that trying again does not mend rejects, with the name of the partition', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a'])
  on.log.log('orders').faults.push({ errorCode: ErrorCode.TOPIC_AUTHORIZATION_FAILED })
  const consumer = on.kafka.consumer(FROM_START)

  await assert.rejects(on.read(consumer, 1), {
    code: 'TOPIC_AUTHORIZATION_FAILED',
    message: /orders-0/,
  })
  // A paused partition is not heard of, and a sought one is tried again.
  consumer.seek(FROM_START.assign[0] as never, 0)
  assert.deepEqual(await on.read(consumer, 1), ['a'])
})

test('a batch larger than every limit is read all the same', async () => {
  await using on = consumerWorld()
  const large = 'x'.repeat(50_000)
  on.log.log('orders').append([large])
  on.log.log('orders').append(['small'])
  const consumer = on.kafka.consumer({
    ...FROM_START,
    maxBufferedBytes: 1000,
    partitionFetchBytes: 100,
  })

  assert.deepEqual(await on.read(consumer, 2), [large, 'small'])
})

test('OFFSET_OUT_OF_RANGE leads to where the reset policy says', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  log.append(['gone', 'gone'])
  log.append(['first', 'second'])
  log.startOffset = 2
  log.batches.shift()

  const earliest = on.kafka.consumer({ ...FROM_START, from: 'earliest' })
  assert.deepEqual(await on.read(earliest, 2), ['first', 'second'])

  const none = on.kafka.consumer({ ...FROM_START, from: 'none' })
  await assert.rejects(on.read(none, 1), { code: 'OFFSET_OUT_OF_RANGE' })
  await assert.rejects(on.read(none, 1), { code: 'OFFSET_OUT_OF_RANGE' })
  none.seek({ topic: 'orders', partition: 0 }, 3)
  assert.deepEqual(await on.read(none, 1), ['second'])
})

test('what was fetched before its log was cut off is given out, then reading goes where the policy says', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  log.append(['a', 'b', 'c'])
  const consumer = on.kafka.consumer({ ...FROM_START, from: 'earliest' })
  await on.read(consumer, 1)
  // Retention was faster than the program, which has all three.
  log.append(['gone'])
  log.append(['first'])
  log.batches.splice(0, 2)
  log.startOffset = 4
  log.faults.push({ errorCode: ErrorCode.OFFSET_OUT_OF_RANGE })
  await on.elapse(5000)
  const askedCount = on.log.fetches.length

  await on.elapse(5000)
  assert.equal(on.log.fetches.length, askedCount)
  assert.deepEqual(await on.read(consumer, 3), ['b', 'c', 'first'])
  log.append(['second'])
  assert.deepEqual(await on.read(consumer, 1), ['second'])
})

test('an answer that names the new leader is followed at once (KIP-951)', async () => {
  await using on = consumerWorld({ topics: { orders: { leaders: [1] } } })
  const second = new LogBroker(on.world, {
    nodeId: 2,
    cluster: on.log.broker.cluster,
    logs: on.log.logs,
  })
  on.log.log('orders').append(['a'])
  const consumer = on.kafka.consumer(FROM_START)
  await on.read(consumer, 1)
  on.log.broker.cluster.moveLeader('orders', 0, 2)
  on.log.log('orders').faults.push({
    errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER,
    leader: { leaderId: 2, leaderEpoch: 1 },
  })
  const askedBefore = on.log.broker.requestsOf(ApiKey.Metadata).length
  const startedMs = on.world.clock.monotonicMs()

  const coming = on.read(consumer, 1)
  on.log.log('orders').append(['b'])

  assert.deepEqual(await coming, ['b'])
  assert.ok(second.fetches.length > 0)
  assert.equal(on.log.broker.requestsOf(ApiKey.Metadata).length, askedBefore)
  assert.equal(on.world.clock.monotonicMs(), startedMs)
  // A leader of a later epoch is asked first whether it has what we have read.
  assert.equal(second.broker.requestsOf(ApiKey.OffsetForLeaderEpoch).length, 1)
})

test('a new leader that lost what was read is read from where its log ends (KIP-320)', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  log.append(['a', 'b'])
  log.append(['lost'])
  const consumer = on.kafka.consumer({ ...FROM_START, from: 'earliest' })
  await on.read(consumer, 3)
  log.batches.pop()
  log.endOffset = 2
  log.epochEnd = { leaderEpoch: 0, endOffset: 2 }
  on.log.broker.cluster.moveLeader('orders', 0, 1)
  log.faults.push({ errorCode: ErrorCode.FENCED_LEADER_EPOCH })

  const coming = on.read(consumer, 1)
  await on.settle()
  log.append(['instead'], { partitionLeaderEpoch: 1 })

  assert.deepEqual(await coming, ['instead'])
})

test('records are fetched from the replica that the leader names, and from the leader when it fails', async () => {
  await using on = consumerWorld({ topics: { orders: { leaders: [1] } } }, { rack: 'b' })
  const follower = new LogBroker(on.world, {
    nodeId: 2,
    rack: 'b',
    cluster: on.log.broker.cluster,
    logs: on.log.logs,
  })
  const log = on.log.log('orders')
  follower.log('orders')
  log.append(['a'])
  log.preferredReadReplica = 2
  const consumer = on.kafka.consumer(FROM_START)

  assert.deepEqual(await on.read(consumer, 1), ['a'])
  assert.ok(follower.fetches.length > 0)

  log.preferredReadReplica = -1
  log.append(['b'])
  log.faults.push({ errorCode: ErrorCode.REPLICA_NOT_AVAILABLE })
  assert.deepEqual(await on.read(consumer, 1), ['b'])
})

test('aborted transactions are read by read_uncommitted alone', async () => {
  await using on = consumerWorld()
  const log = on.log.log('orders')
  const transactional = { isTransactional: true, producerId: 9, producerEpoch: 0, baseSequence: 0 }
  log.append(['plain'])
  log.append(['aborted'], transactional)
  log.append(['after'])
  log.aborted = [{ producerId: 9, firstOffset: 1 }]

  const committed = on.kafka.consumer({ ...FROM_START, isolation: 'read_committed' })
  assert.deepEqual(await on.read(committed, 2), ['plain', 'after'])
  const all = on.kafka.consumer(FROM_START)
  assert.deepEqual(await on.read(all, 3), ['plain', 'aborted', 'after'])
})

test('close() waits only a moment for a broker that does not answer, and leaves no timer', async () => {
  for (const isSilent of [true, false]) {
    await using on = consumerWorld()
    on.log.log('orders').append(['a'])
    const consumer = on.kafka.consumer(FROM_START)
    await on.read(consumer, 1)
    const { broker } = on.log
    if (isSilent) {
      broker.serve(
        ApiKey.Fetch,
        { min: 4, max: 17 },
        decodeFetchRequest,
        encodeFetchResponse,
        () => undefined,
      )
    }
    const startedMs = on.world.clock.monotonicMs()

    await on.outcome(consumer.close())

    assert.ok(on.world.clock.monotonicMs() - startedMs <= 100)
    await on.kafka.close()
    // The poll that waits at the broker has a timer of its own.
    on.log.wake()
    await on.settle()
    assert.equal(on.world.clock.timerCount, 0)
  }
})

test('a poll that waits when the consumer closes holds nothing up, and is no failed fetch', async () => {
  await using on = consumerWorld()
  const { broker } = on.log
  on.log.log('orders').append(['a'])
  const consumer = on.kafka.consumer({ ...FROM_START, fetchMaxWaitMs: 20_000 })
  await on.read(consumer, 1)
  await on.settle()
  const polls = broker.requestsOf(ApiKey.Fetch)
  const startedMs = on.world.clock.monotonicMs()

  await on.outcome(consumer.close())

  // The goodbye does not stand behind the poll, for which time would have to move on.
  assert.equal(on.world.clock.monotonicMs(), startedMs)
  const goodbye = broker.requestsOf<FetchRequest>(ApiKey.Fetch).at(-1)
  assert.equal(goodbye?.message.sessionEpoch, -1)
  assert.ok(polls.every(({ connection }) => connection !== goodbye.connection))
  assert.equal(on.kafka.metrics().consumer.failedFetchCount, 0)
})

test('the broker is told of the end of a session also when no other connection to it is open', async () => {
  await using on = consumerWorld({}, { connectionMaxIdleMs: 5000 })
  on.log.log('orders').append(['a'])
  const consumer = on.kafka.consumer(FROM_START)
  await on.read(consumer, 1)
  for (let i = 0; i < 20; i++) await on.elapse(500)
  assert.equal(on.log.broker.connections.size, 1)

  await on.outcome(consumer.close())

  assert.equal(on.log.fetches.at(-1)?.sessionEpoch, -1)
})

test('a fetch that is lost or refused is a failed fetch', async () => {
  await using on = consumerWorld()
  on.log.log('orders').append(['a'])
  on.log.broker.cutAfterNext(ApiKey.Fetch, 'unhandled')
  on.log.sessionFaults.push(ErrorCode.REQUEST_TIMED_OUT)
  const consumer = on.kafka.consumer(FROM_START)

  await on.read(consumer, 1)

  assert.equal(on.kafka.metrics().consumer.failedFetchCount, 2)
})
