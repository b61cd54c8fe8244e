import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { readRecords, RecordBatchView } from '@ottla/records'
import { KafkaError } from '../kafka-error.ts'
import { ProduceBroker } from './testing/produce-broker.ts'
import { producerWorld, type ProducerWorld } from './testing/producer-world.ts'

const isCode = (code: string) => (error: unknown) =>
  error instanceof KafkaError && error.code === code

function send(on: ProducerWorld, value: string): Promise<{ offset: number }> {
  return on.producer.send('orders', { value })
}

/** One batch each, all on their way at once. */
async function sendApart(
  on: ProducerWorld,
  values: readonly string[],
): Promise<Promise<{ offset: number }>[]> {
  const gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise
  const sent: Promise<{ offset: number }>[] = []
  for (const value of values) {
    const one = send(on, value)
    one.catch(() => undefined)
    sent.push(one)
    await on.settle()
  }
  on.broker.gate = undefined
  gate.resolve()
  return sent
}

for (const moment of ['unhandled', 'before', 'mid-frame'] as const) {
  test(`Producer stores a record once when the connection is cut (${moment})`, async () => {
    await using on = producerWorld()
    await on.outcome(send(on, 'first'))
    on.broker.cutAfterNext(ApiKey.Produce, moment)

    const sent = await on.outcome(send(on, 'a'))

    assert.equal(sent.offset, 1)
    assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a'])
    if (moment === 'unhandled') return
    // The very same bytes came twice.
    const [, once, again] = on.broker.seen
    assert.ok(once !== undefined && again !== undefined && once.bytes.equals(again.bytes))
  })
}

test('Producer keeps the order when the first of several requests is refused', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  on.broker.script.push(() => ErrorCode.NOT_ENOUGH_REPLICAS)

  const sent = await sendApart(on, ['a', 'b', 'c', 'd'])
  const offsets = (await on.outcome(Promise.all(sent))).map(({ offset }) => offset)

  assert.deepEqual(offsets, [1, 2, 3, 4])
  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a', 'b', 'c', 'd'])
  // No gap was taken for real: the epoch is the first one still.
  assert.ok(on.broker.taken.every(({ producerEpoch }) => producerEpoch === 0))
})

test('Producer keeps the order when the very first of several requests is refused', async () => {
  await using on = producerWorld()
  // A broker that does not know the producer would take the second one, whatever its sequence.
  on.broker.script.push(() => ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)

  const sent = await sendApart(on, ['a', 'b', 'c'])
  await on.outcome(Promise.all(sent))

  assert.deepEqual(on.broker.valuesOf('orders'), ['a', 'b', 'c'])
})

test('Producer keeps the order when one in the middle is refused again and again', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  let refusalCount = 0
  on.broker.refuse = ({ values }) => {
    if (values[0] !== 'b' || refusalCount === 3) return undefined
    refusalCount++
    return ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND
  }

  const sent = await sendApart(on, ['a', 'b', 'c', 'd'])
  await on.outcome(Promise.all(sent))

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a', 'b', 'c', 'd'])
})

test('Producer sends nothing new of a partition before what is to be sent again has come through', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  on.broker.script.push(() => ErrorCode.NOT_ENOUGH_REPLICAS)
  const old = send(on, 'old')
  await on.until(() => on.broker.seen.length === 2)
  await on.settle()

  const fresh = send(on, 'new')
  await on.settle()
  assert.equal(on.broker.seen.length, 2)
  await on.outcome(Promise.all([old, fresh]))

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'old', 'new'])
})

test('Producer follows the leader that a refusal names, without asking for metadata (KIP-951)', async () => {
  await using on = producerWorld()
  await using other = new ProduceBroker(on.world, { nodeId: 2, cluster: on.broker.cluster })
  other.cluster.moveLeader('orders', 0, 1)
  await on.outcome(send(on, 'first'))
  const asked = on.broker.requestsOf(ApiKey.Metadata).length
  on.broker.cluster.moveLeader('orders', 0, 2)
  on.broker.refuse = () => ({
    errorCode: ErrorCode.NOT_LEADER_OR_FOLLOWER,
    currentLeader: { leaderId: 2, leaderEpoch: 9 },
  })
  const startedMs = on.world.clock.monotonicMs()

  await on.outcome(send(on, 'a'))

  assert.deepEqual(other.valuesOf('orders'), ['a'])
  assert.equal(on.world.clock.monotonicMs(), startedMs)
  assert.equal(on.broker.requestsOf(ApiKey.Metadata).length, asked)
})

test('Producer asks for the new leader where the refusal does not name it', async () => {
  await using on = producerWorld()
  await using other = new ProduceBroker(on.world, { nodeId: 2, cluster: on.broker.cluster })
  on.broker.cluster.moveLeader('orders', 0, 1)
  await on.outcome(send(on, 'first'))
  on.broker.cluster.moveLeader('orders', 0, 2)
  on.broker.refuse = () => ErrorCode.NOT_LEADER_OR_FOLLOWER

  await on.outcome(send(on, 'a'))

  assert.deepEqual(other.valuesOf('orders'), ['a'])
})

test('Producer waits for a partition without a leader', async () => {
  await using on = producerWorld({ broker: { topics: { orders: { leaders: [1, -1] } } } })

  const sent = on.producer.send('orders', { partition: 1, value: 'a' })
  await on.elapse(3000)
  assert.equal(on.broker.taken.length, 0)
  on.broker.cluster.moveLeader('orders', 1, 1)

  assert.equal((await on.outcome(sent)).partition, 1)
})

test('Producer survives a broker that is down for a while', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  on.broker.stop()

  const sent = send(on, 'a')
  await on.elapse(5000)
  on.broker.listen()
  await on.outcome(sent)

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a'])
})

test('Producer takes a new epoch when the broker has lost acknowledged records', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  on.broker.refuse = ({ producerEpoch }) =>
    producerEpoch === 0 ? ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER : undefined

  const sent = await sendApart(on, ['a', 'b'])
  await on.outcome(Promise.all(sent))

  const after = on.broker.taken.slice(1)
  assert.deepEqual(
    after.map(({ values, producerEpoch, baseSequence }) => [values, producerEpoch, baseSequence]),
    [
      [['a'], 1, 0],
      [['b'], 1, 1],
    ],
  )
  assert.match(on.world.logLines[0]?.message ?? '', /gap/)
})

test('Producer takes a new epoch when the broker does not know it any more', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  on.broker.script.push(() => ({ errorCode: ErrorCode.UNKNOWN_PRODUCER_ID, logStartOffset: 1 }))

  await on.outcome(send(on, 'a'))

  assert.equal(on.broker.taken[1]?.producerEpoch, 1)
  assert.equal(on.broker.taken[1]?.baseSequence, 0)
})

test('Producer counts a duplicate that the broker knows no offset of as stored', async () => {
  await using on = producerWorld()
  on.broker.script.push(() => ErrorCode.DUPLICATE_SEQUENCE_NUMBER)

  const sent = await on.outcome(send(on, 'a'))

  assert.equal(sent.offset, -1)
})

test('Producer goes on in a new epoch behind a batch that is refused for good', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  on.broker.refuse = ({ values }) => (values[0] === 'bad' ? ErrorCode.MESSAGE_TOO_LARGE : undefined)

  const [bad, good] = await sendApart(on, ['bad', 'good'])

  await assert.rejects(on.outcome(bad as Promise<unknown>), isCode('MESSAGE_TOO_LARGE'))
  assert.equal((await on.outcome(good as Promise<{ offset: number }>)).offset, 1)
  await on.outcome(send(on, 'later'))
  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'good', 'later'])
})

test('Producer sends at once in a new epoch what follows a batch that was refused for good', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  on.broker.script.push(() => ErrorCode.MESSAGE_TOO_LARGE)
  await assert.rejects(on.outcome(send(on, 'bad')), isCode('MESSAGE_TOO_LARGE'))
  const startedMs = on.world.clock.monotonicMs()

  await on.outcome(send(on, 'next'))

  assert.equal(on.world.clock.monotonicMs(), startedMs)
  assert.deepEqual(
    on.broker.seen.map(({ values }) => values[0]),
    ['first', 'bad', 'next'],
  )
  assert.equal(on.broker.taken.at(-1)?.producerEpoch, 1)
})

test('Producer gives the other partitions the new epoch once nothing of them is on its way', async () => {
  await using on = producerWorld({ broker: { topics: { orders: 2 } } })
  const to = (partition: number, value: string): Promise<unknown> =>
    on.outcome(on.producer.send('orders', { partition, value }))
  await to(0, 'a')
  await to(1, 'b')
  on.broker.script.push(() => ({ errorCode: ErrorCode.UNKNOWN_PRODUCER_ID, logStartOffset: 1 }))

  await to(0, 'c')
  await to(1, 'd')

  assert.deepEqual(
    on.broker.taken.map(({ values, producerEpoch, baseSequence }) => [
      values[0],
      producerEpoch,
      baseSequence,
    ]),
    [
      ['a', 0, 0],
      ['b', 0, 0],
      ['c', 1, 0],
      ['d', 1, 0],
    ],
  )
})

for (const compression of ['none', 'zstd'] as const) {
  test(`Producer cuts a batch that the broker finds too large (${compression})`, async () => {
    await using on = producerWorld({ producer: { compression } })
    await on.outcome(send(on, 'first'))
    on.broker.refuse = ({ values }) => (values.length > 4 ? ErrorCode.MESSAGE_TOO_LARGE : undefined)
    const values = Array.from({ length: 20 }, (_, i) => `value ${i} ${'x'.repeat(50)}`)

    const sent = values.map((value) => send(on, value))
    await on.until(() => on.broker.seen.length > 1)
    const behind = send(on, 'behind')
    const offsets = (await on.outcome(Promise.all(sent))).map(({ offset }) => offset)
    await on.outcome(behind)

    assert.deepEqual(on.broker.valuesOf('orders'), ['first', ...values, 'behind'])
    assert.deepEqual(
      offsets,
      values.map((_, i) => i + 1),
    )
    // Numbered on: no epoch was needed for it.
    assert.ok(on.broker.taken.every(({ producerEpoch }) => producerEpoch === 0))
    assert.equal(on.producer.bufferedBytes, 0)
  })
}

test('Producer makes smaller batches for a topic whose limit it has met', async () => {
  await using on = producerWorld({ producer: { batchBytesMax: 8000 } })
  on.broker.refuse = ({ bytes }) => (bytes.length > 3000 ? ErrorCode.MESSAGE_TOO_LARGE : undefined)
  const values = Array.from({ length: 40 }, () => 'x'.repeat(150))
  await on.outcome(Promise.all(values.map((value) => send(on, value))))
  const seenBefore = on.broker.seen.length

  await on.outcome(Promise.all(values.map((value) => send(on, value))))

  const refused = on.broker.seen.slice(seenBefore).filter(({ bytes }) => bytes.length > 3000)
  assert.equal(refused.length, 0)
})

test('Producer that gets no answer rejects with DELIVERY_TIMED_OUT, and says why', async () => {
  await using on = producerWorld({ producer: { deliveryTimeoutMs: 5000 } })
  await on.outcome(send(on, 'first'))
  on.broker.refuse = () => ErrorCode.NOT_ENOUGH_REPLICAS

  const sent = send(on, 'a')
  sent.catch(() => undefined)

  await assert.rejects(on.outcome(sent), (error: KafkaError) => {
    assert.equal(error.code, 'DELIVERY_TIMED_OUT')
    assert.match(error.message, /NOT_ENOUGH_REPLICAS/)
    return true
  })
  assert.ok(on.world.clock.monotonicMs() < 6000)
})

test('Producer rejects what is in flight at its deadline, before the connection is given up', async () => {
  await using on = producerWorld({ producer: { deliveryTimeoutMs: 5000 } })
  await on.outcome(send(on, 'first'))
  on.broker.gate = new Promise(() => undefined)

  const sent = send(on, 'a')
  sent.catch(() => undefined)
  await on.elapse(5100)

  await assert.rejects(sent, isCode('DELIVERY_TIMED_OUT'))
})

for (const code of ['NOT_ENOUGH_REPLICAS', 'MESSAGE_TOO_LARGE'] as const) {
  test(`Producer does not send again what was given up in flight, whatever comes of it (${code})`, async () => {
    await using on = producerWorld({ producer: { deliveryTimeoutMs: 5000 } })
    await on.outcome(send(on, 'first'))
    const gate = Promise.withResolvers<void>()
    on.broker.gate = gate.promise
    on.broker.script.push(() => ErrorCode[code])
    const lost = ['a', 'b'].map((value) => send(on, value))
    for (const one of lost) one.catch(() => undefined)
    await on.elapse(5100)
    for (const one of lost) await assert.rejects(one, isCode('DELIVERY_TIMED_OUT'))

    on.broker.gate = undefined
    gate.resolve()
    await on.elapse(5000)
    await on.outcome(send(on, 'next'))

    assert.deepEqual(
      on.broker.seen.map(({ values }) => values),
      [['first'], ['a', 'b'], ['next']],
    )
    assert.equal(on.broker.taken.at(-1)?.producerEpoch, 1)
  })
}

test('Producer keeps its epoch when a batch that was given up turns out to be stored', async () => {
  await using on = producerWorld({ producer: { deliveryTimeoutMs: 5000 } })
  await on.outcome(send(on, 'first'))
  const gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise
  const lost = send(on, 'lost')
  lost.catch(() => undefined)
  await on.elapse(5100)
  await assert.rejects(lost, isCode('DELIVERY_TIMED_OUT'))

  on.broker.gate = undefined
  gate.resolve()
  await on.outcome(send(on, 'next'))

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'lost', 'next'])
  assert.equal(on.broker.taken.at(-1)?.producerEpoch, 0)
})

test('Producer takes a new epoch behind a batch that was given up and never arrived', async () => {
  await using on = producerWorld({ producer: { deliveryTimeoutMs: 5000 } })
  await on.outcome(send(on, 'first'))
  on.broker.refuse = ({ values }) =>
    values[0] === 'lost' ? ErrorCode.NOT_ENOUGH_REPLICAS : undefined
  const lost = send(on, 'lost')
  lost.catch(() => undefined)
  await on.elapse(4000)
  const next = send(on, 'next')

  await assert.rejects(on.outcome(lost), isCode('DELIVERY_TIMED_OUT'))
  await on.outcome(next)

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'next'])
  assert.equal(on.broker.taken.at(-1)?.producerEpoch, 1)
})

test('Producer is told at once when it may not write to a topic', async () => {
  await using on = producerWorld()
  on.broker.refuse = () => ErrorCode.TOPIC_AUTHORIZATION_FAILED

  await assert.rejects(on.outcome(send(on, 'a')), isCode('TOPIC_AUTHORIZATION_FAILED'))
  assert.equal(on.broker.seen.length, 1)
})

test('Producer that may not be idempotent rejects with the refusal', async () => {
  await using on = producerWorld()
  const { decodeInitProducerIdRequest } = await import('@ottla/protocol/init-producer-id-request')
  const { encodeInitProducerIdResponse } = await import('@ottla/protocol/init-producer-id-response')
  on.broker.serve(
    ApiKey.InitProducerId,
    { min: 0, max: 5 },
    decodeInitProducerIdRequest,
    encodeInitProducerIdResponse,
    () => ({
      throttleTimeMs: 0,
      errorCode: ErrorCode.CLUSTER_AUTHORIZATION_FAILED,
      producerId: -1,
      producerEpoch: -1,
    }),
  )

  await assert.rejects(on.outcome(send(on, 'a')), isCode('CLUSTER_AUTHORIZATION_FAILED'))
})

test('Producer without idempotence sends again as well', async () => {
  await using on = producerWorld({ producer: { idempotent: false } })
  on.broker.script.push(() => ErrorCode.NOT_ENOUGH_REPLICAS)

  await on.outcome(send(on, 'a'))

  assert.deepEqual(on.broker.valuesOf('orders'), ['a'])
  const view = new RecordBatchView().reset(on.broker.taken[0]?.bytes as Buffer, 0)
  assert.equal(view.producerId, -1)
  assert.equal([...readRecords(view)].length, 1)
})
