import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { KafkaError } from '../kafka-error.ts'
import { OutgoingBatch } from './outgoing-batch.ts'
import { PartitionQueue } from './partition-queue.ts'
import { SequenceDoubt } from './sequence-doubt.ts'
import type { ProduceBroker, TakenBatch } from './testing/produce-broker.ts'
import { producerWorld, type ProducerWorld } from './testing/producer-world.ts'

const isCode = (code: string) => (error: unknown) =>
  error instanceof KafkaError && error.code === code

const { MESSAGE_TOO_LARGE, NOT_ENOUGH_REPLICAS, OUT_OF_ORDER_SEQUENCE_NUMBER } = ErrorCode

type Sent = Promise<{ offset: number }>

function send(on: ProducerWorld, value: string): Sent {
  const sent = on.producer.send('orders', { value })
  sent.catch(() => undefined)
  return sent
}

/** One batch for each group of values, all on their way at once; the answers get lost with the connection. */
async function sendAndLose(
  on: ProducerWorld,
  groups: readonly (readonly string[])[],
  refuse?: ProduceBroker['refuse'],
): Promise<Sent[]> {
  const { broker } = on
  const seenBefore = broker.seen.length
  const gate = Promise.withResolvers<void>()
  broker.refuse = refuse
  broker.gate = gate.promise
  const sent: Sent[] = []
  for (const values of groups) {
    sent.push(...values.map((value) => send(on, value)))
    await on.settle()
  }
  assert.equal(broker.seen.length - seenBefore, groups.length)
  broker.cut()
  broker.gate = undefined
  broker.refuse = undefined
  gate.resolve()
  return sent
}

/** A producer that has stored one record; the broker is one that a restart leaves the last batch of a producer. */
async function worldOfForgetful(
  producer: Parameters<typeof producerWorld>[0] = {},
): Promise<ProducerWorld> {
  const on = producerWorld(producer)
  await on.outcome(send(on, 'first'))
  on.broker.rememberedBatchCount = 1
  return on
}

function isOneEpoch({ taken }: ProduceBroker): boolean {
  return taken.every(({ producerEpoch }) => producerEpoch === 0)
}

const holds =
  (value: string) =>
  ({ values }: TakenBatch): boolean =>
    values.includes(value)

for (const storedCount of [4, 2, 1, 0]) {
  test(`Producer doubles nothing when a broker forgets all but the last of ${storedCount} stored batches`, async () => {
    await using on = await worldOfForgetful()
    let storing = 0
    const sent = await sendAndLose(on, [['a'], ['b'], ['c'], ['d']], () =>
      storing++ < storedCount ? undefined : NOT_ENOUGH_REPLICAS,
    )

    await on.outcome(Promise.all(sent))
    await on.outcome(send(on, 'last'))

    assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a', 'b', 'c', 'd', 'last'])
    assert.ok(isOneEpoch(on.broker))
  })
}

test('Producer doubles nothing when the newest batch in doubt is refused for good', async () => {
  await using on = await worldOfForgetful()
  const refuse = (batch: TakenBatch): number | undefined =>
    holds('bad')(batch) ? MESSAGE_TOO_LARGE : undefined
  const sent = await sendAndLose(on, [['a'], ['b'], ['c'], ['bad']], refuse)
  on.broker.refuse = refuse
  const bad = sent.pop() as Sent

  await assert.rejects(on.outcome(bad), isCode('MESSAGE_TOO_LARGE'))
  await on.outcome(Promise.all(sent))
  await on.outcome(send(on, 'later'))

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a', 'b', 'c', 'later'])
})

test('Producer settles what is before a batch that is refused for good before it takes a new epoch', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  const gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise
  on.broker.script.push(() => ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND)
  on.broker.refuse = (batch) => (holds('bad')(batch) ? MESSAGE_TOO_LARGE : undefined)
  const sent: Sent[] = []
  for (const value of ['a', 'bad', 'b', 'worse', 'c']) {
    sent.push(send(on, value))
    await on.settle()
  }
  gate.resolve()
  on.broker.gate = undefined

  const outcomes = await on.outcome(Promise.allSettled(sent))

  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled'],
  )
  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a', 'b', 'worse', 'c'])
})

test('Producer cuts a batch in doubt that is too large, and doubles nothing before it', async () => {
  await using on = await worldOfForgetful()
  const refuse = ({ values }: TakenBatch): number | undefined =>
    values.length > 2 ? MESSAGE_TOO_LARGE : undefined
  const sent = await sendAndLose(on, [['a'], ['b'], ['c', 'd', 'e', 'f']], refuse)
  on.broker.refuse = refuse

  await on.outcome(Promise.all(sent))

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a', 'b', 'c', 'd', 'e', 'f'])
  assert.ok(isOneEpoch(on.broker))
})

for (const isStored of [true, false]) {
  const what = isStored ? 'stored, and known to be' : 'not stored, and its broker forgets all'
  test(`Producer asks anew from the oldest on when the connection is lost in doubt (all is ${what})`, async () => {
    await using on = await worldOfForgetful()
    const { broker } = on
    const sent = await sendAndLose(on, [['a'], ['b'], ['c']], () =>
      isStored ? undefined : NOT_ENOUGH_REPLICAS,
    )
    const seenBefore = broker.seen.length
    broker.script.push(
      () => OUT_OF_ORDER_SEQUENCE_NUMBER,
      () => {
        if (!isStored) broker.forgetProducers()
        broker.cut()
        return NOT_ENOUGH_REPLICAS
      },
    )

    await on.outcome(Promise.all(sent))
    await on.outcome(send(on, 'last'))

    // To a broker that knows nothing "c" would be as good a first one as "a".
    const asked = broker.seen.slice(seenBefore).map(({ values }) => values[0])
    assert.deepEqual(asked.slice(0, 3), ['a', 'c', 'a'])
    assert.deepEqual(broker.valuesOf('orders'), ['first', 'a', 'b', 'c', 'last'])
    assert.ok(isOneEpoch(broker))
  })
}

test('Producer says of no batch that it is stored for which there is no room in the log', async () => {
  await using on = await worldOfForgetful()
  on.broker.forgetProducers()
  let asked = 0
  const [a, b] = (await sendAndLose(on, [['a'], ['b']], () =>
    asked++ === 0 ? NOT_ENOUGH_REPLICAS : undefined,
  )) as [Sent, Sent]

  assert.equal((await on.outcome(b)).offset, 1)
  await assert.rejects(on.outcome(a), isCode('OUT_OF_ORDER_SEQUENCE_NUMBER'))
  assert.equal((await on.outcome(send(on, 'later'))).offset, 2)

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'b', 'later'])
  assert.equal(on.producer.bufferedBytes, 0)
})

test('Producer has no doubt any more once it takes a gap for real', async () => {
  await using on = producerWorld()
  await on.outcome(send(on, 'first'))
  const { broker } = on
  const gate = Promise.withResolvers<void>()
  broker.gate = gate.promise
  // The broker forgets it between the two; by the offset others have written so much that "a" may be there.
  broker.script.push(
    () => {
      broker.forgetProducers()
      return OUT_OF_ORDER_SEQUENCE_NUMBER
    },
    () => ({ baseOffset: 10 }),
  )
  const sent: Sent[] = []
  for (const value of ['a', 'b']) {
    sent.push(send(on, value))
    await on.settle()
  }
  gate.resolve()
  broker.gate = undefined

  await on.outcome(Promise.all(sent))

  assert.deepEqual(broker.valuesOf('orders'), ['first', 'b', 'a'])
})

test('PartitionQueue has no doubt any more when there is nothing left to ask about', () => {
  const topic = { name: 'orders', onBatchEnd: () => {}, onTooLarge: () => {} }
  const queue = new PartitionQueue(topic, 0)
  const batchOf = (order: number): OutgoingBatch => {
    const batch = new OutgoingBatch({ queue, createdMs: 0, deadlineMs: 1, header: {} })
    batch.order = order
    return batch
  }
  const [older, newer] = [batchOf(1), batchOf(2)]
  for (const batch of [newer, older]) queue.sendAgain(batch)
  const doubt = new SequenceDoubt({} as BrokerConnection)
  doubt.refuse(older)
  queue.sequence.doubt = doubt
  const next = (): OutgoingBatch | undefined =>
    queue.next(0, { lingerMs: 0, maxInFlight: 5, idempotent: true }, false)

  assert.equal(next(), newer)
  assert.equal(queue.sequence.doubt, doubt)
  queue.remove(newer)
  assert.equal(next(), older)
  assert.equal(queue.sequence.doubt, undefined)
})

test('Producer ends doubt in a new epoch when the broker does not know it any more', async () => {
  await using on = await worldOfForgetful()
  const sent = await sendAndLose(on, [['a'], ['b']], () => NOT_ENOUGH_REPLICAS)
  on.broker.script.push(
    () => OUT_OF_ORDER_SEQUENCE_NUMBER,
    () => ({ errorCode: ErrorCode.UNKNOWN_PRODUCER_ID, logStartOffset: 1 }),
  )

  await on.outcome(Promise.all(sent))

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a', 'b'])
  assert.deepEqual(
    on.broker.taken
      .slice(1)
      .map(({ producerEpoch, baseSequence }) => [producerEpoch, baseSequence]),
    [
      [1, 0],
      [1, 1],
    ],
  )
})

test('Producer takes what is before a duplicate in doubt as stored, though its offset is not known', async () => {
  await using on = await worldOfForgetful()
  const sent = await sendAndLose(on, [['a'], ['b'], ['c']])
  on.broker.script.push(
    () => OUT_OF_ORDER_SEQUENCE_NUMBER,
    () => ErrorCode.DUPLICATE_SEQUENCE_NUMBER,
  )

  await on.outcome(Promise.all(sent))
  await on.outcome(send(on, 'later'))

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a', 'b', 'c', 'later'])
})

test('Producer in doubt does not tell of a batch whose time is over, and goes on in its epoch', async () => {
  await using on = await worldOfForgetful({ producer: { deliveryTimeoutMs: 5000 } })
  const { broker } = on
  const gate = Promise.withResolvers<void>()
  broker.gate = gate.promise
  const a = send(on, 'a')
  await on.elapse(2000)
  const others = [send(on, 'b')]
  await on.settle()
  others.push(send(on, 'c'))
  await on.settle()
  broker.cut()
  broker.gate = undefined
  broker.script.push(() => OUT_OF_ORDER_SEQUENCE_NUMBER)
  broker.refuse = () => NOT_ENOUGH_REPLICAS
  gate.resolve()

  await assert.rejects(on.outcome(a), isCode('DELIVERY_TIMED_OUT'))
  broker.refuse = undefined
  const outcomes = await on.outcome(Promise.all(others))
  await on.outcome(send(on, 'later'))

  assert.deepEqual(
    outcomes.map(({ offset }) => offset),
    [-1, 3],
  )
  assert.deepEqual(broker.valuesOf('orders'), ['first', 'a', 'b', 'c', 'later'])
  assert.ok(isOneEpoch(broker))
})

test('Producer that gets no word in doubt fails what is in doubt, and goes on in a new epoch', async () => {
  await using on = await worldOfForgetful({ producer: { deliveryTimeoutMs: 5000 } })
  const sent = await sendAndLose(on, [['a'], ['b'], ['c']])
  on.broker.script.push(() => OUT_OF_ORDER_SEQUENCE_NUMBER)
  on.broker.refuse = () => NOT_ENOUGH_REPLICAS

  for (const one of sent) await assert.rejects(on.outcome(one), isCode('DELIVERY_TIMED_OUT'))
  on.broker.refuse = undefined
  await on.outcome(send(on, 'later'))

  assert.deepEqual(on.broker.valuesOf('orders'), ['first', 'a', 'b', 'c', 'later'])
  assert.equal(on.broker.taken.at(-1)?.producerEpoch, 1)
  assert.equal(on.producer.bufferedBytes, 0)
})
