import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import { KafkaError } from '../kafka-error.ts'
import { producerWorld } from './testing/producer-world.ts'

const isCode = (code: string) => (error: unknown) =>
  error instanceof KafkaError && error.code === code

function* numbers(count: number): Generator<{ value: string }> {
  for (let i = 0; i < count; i++) yield { value: `${i}` }
}

const texts = (count: number): string[] => [...numbers(count)].map(({ value }) => value)

test('Producer.sendAll() sends everything in order, and counts it', async () => {
  await using on = producerWorld()

  const summary = await on.outcome(on.producer.sendAll('orders', numbers(2500)))

  assert.equal(summary.count, 2500)
  assert.ok(summary.bytes > 2500)
  assert.deepEqual(on.broker.valuesOf('orders'), texts(2500))
  assert.equal(on.producer.bufferedBytes, 0)
})

test('Producer.sendAll() takes what comes asynchronously', async () => {
  await using on = producerWorld()
  async function* source(): AsyncGenerator<{ value: string }> {
    for (const message of numbers(50)) yield Promise.resolve(message)
  }

  const { count } = await on.outcome(on.producer.sendAll('orders', source()))

  assert.equal(count, 50)
  assert.deepEqual(on.broker.valuesOf('orders'), texts(50))
})

test('Producer.sendAll() of nothing resolves', async () => {
  await using on = producerWorld()

  assert.deepEqual(await on.outcome(on.producer.sendAll('orders', [])), { count: 0, bytes: 0 })
})

test('Producer.sendAll() reads no further than there is room for', async () => {
  await using on = producerWorld({ producer: { maxBufferedBytes: 2000 } })
  await on.outcome(on.producer.send('orders', { value: 'first' }))
  const gate = Promise.withResolvers<void>()
  on.broker.gate = gate.promise
  let readCount = 0
  function* counted(): Generator<{ value: string }> {
    for (const message of numbers(500)) {
      readCount++
      yield message
    }
  }

  const sent = on.producer.sendAll('orders', counted())
  await on.settle()

  assert.ok(readCount < 100, `${readCount}`)
  assert.ok(on.producer.bufferedBytes <= 2000)
  on.broker.gate = undefined
  gate.resolve()
  assert.equal((await on.outcome(sent)).count, 500)
  assert.deepEqual(on.broker.valuesOf('orders').slice(1), texts(500))
})

test('Producer.sendAll() stops at a record that cannot be sent, and settles what came before', async () => {
  await using on = producerWorld()
  let isReturned = false
  function* source(): Generator<{ value: string }> {
    try {
      yield { value: 'a' }
      yield { value: 42 as unknown as string }
      yield { value: 'never' }
    } finally {
      isReturned = true
    }
  }

  const sent = on.producer.sendAll('orders', source())

  await assert.rejects(on.outcome(sent), isCode('SERIALIZATION_FAILED'))
  assert.deepEqual(on.broker.valuesOf('orders'), ['a'])
  assert.ok(isReturned)
})

test('Producer.sendAll() stops reading when the broker refuses a batch', async () => {
  await using on = producerWorld()
  on.broker.refuse = () => ErrorCode.TOPIC_AUTHORIZATION_FAILED
  let readCount = 0
  function* endless(): Generator<{ value: string }> {
    for (;;) {
      readCount++
      yield { value: 'x' }
    }
  }

  await assert.rejects(
    on.outcome(on.producer.sendAll('orders', endless())),
    isCode('TOPIC_AUTHORIZATION_FAILED'),
  )
  assert.ok(readCount > 0)
  assert.equal(on.producer.bufferedBytes, 0)
})

test('Producer.sendAll() is given up by its signal while its source has nothing to give', async () => {
  await using on = producerWorld()
  let isReturned = false
  const silent: AsyncIterable<{ value: string }> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => undefined),
      return: () => {
        isReturned = true
        return Promise.resolve({ done: true as const, value: undefined })
      },
    }),
  }
  const stop = new AbortController()

  const sent = on.producer.sendAll('orders', silent, { signal: stop.signal })
  await on.settle()
  stop.abort(new Error('enough'))

  await assert.rejects(sent, /enough/)
  assert.ok(isReturned)
})

test('Producer.sendAll() counts the records of a batch that is cut in pieces once', async () => {
  await using on = producerWorld()
  on.broker.refuse = ({ values }) => (values.length > 7 ? ErrorCode.MESSAGE_TOO_LARGE : undefined)
  await on.outcome(on.producer.send('orders', { value: 'first' }))

  const all = on.producer.sendAll('orders', numbers(40))
  const one = on.producer.send('orders', { value: 'one' })

  assert.equal((await on.outcome(all)).count, 40)
  const at = on.broker.valuesOf('orders').indexOf('one')
  assert.equal((await on.outcome(one)).offset, at)
  assert.equal(on.producer.bufferedBytes, 0)
})
