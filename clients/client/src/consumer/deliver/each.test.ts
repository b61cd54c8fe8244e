import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../message.ts'
import { consumerWorld, type ConsumerWorld } from '../testing/consumer-world.ts'

const FROM_START = { assign: [{ topic: 'orders', partition: 0, offset: 0 }] }

/** Handlers that end when the test says so. */
class Handlers {
  readonly started: string[] = []
  readonly ended: string[] = []
  readonly #open = new Map<string, (error?: Error) => void>()

  readonly handle = (message: Message): Promise<void> => {
    const value = String(message.value)
    this.started.push(value)
    return new Promise<void>((resolve, reject) => {
      this.#open.set(value, (error) => {
        this.ended.push(value)
        if (error === undefined) resolve()
        else reject(error)
      })
    })
  }

  end(value: string, error?: Error): void {
    this.#open.get(value)?.(error)
    this.#open.delete(value)
  }
}

/** Values are their keys, unless a number follows: `k1`, `k2` are two of the key `k`. */
function append(on: ConsumerWorld, values: readonly string[]): void {
  for (const value of values) on.log.log('orders').append([value])
}

test('each() runs as many handlers at a time as it was told, and no more', async () => {
  await using on = consumerWorld()
  append(on, ['a', 'b', 'c', 'd'])
  const handlers = new Handlers()
  const consumer = on.kafka.consumer(FROM_START)
  const run = consumer.each(handlers.handle, { concurrency: 2 })

  await on.until(() => handlers.started.length === 2)
  await on.settle()
  assert.deepEqual(handlers.started, ['a', 'b'])
  handlers.end('b')
  await on.settle()
  assert.deepEqual(handlers.started, ['a', 'b', 'c'])
  for (const value of ['a', 'c', 'd']) {
    handlers.end(value)
    await on.settle()
  }

  await on.outcome(consumer.close())
  await on.outcome(run)
})

test('each() keeps messages of one key in order while others go on', async () => {
  await using on = consumerWorld()
  append(on, ['a', 'a', 'a', 'b', 'c'])
  const handlers = new Handlers()
  const consumer = on.kafka.consumer(FROM_START)
  const run = consumer.each(handlers.handle, { concurrency: 4, order: 'key' })

  await on.until(() => handlers.started.length === 3)
  assert.deepEqual(handlers.started, ['a', 'b', 'c'])
  handlers.end('a')
  await on.settle()
  assert.deepEqual(handlers.started, ['a', 'b', 'c', 'a'])

  for (const value of ['a', 'b', 'c', 'a', 'a']) {
    handlers.end(value)
    await on.settle()
  }
  await on.outcome(consumer.close())
  await on.outcome(run)
  assert.equal(handlers.ended.length, 5)
})

test("each() with order 'partition' handles one message of a partition at a time", async () => {
  await using on = consumerWorld()
  append(on, ['a', 'b'])
  const handlers = new Handlers()
  const consumer = on.kafka.consumer(FROM_START)
  const run = consumer.each(handlers.handle, { concurrency: 4, order: 'partition' })
  await on.until(() => handlers.started.length === 1)
  await on.settle()

  assert.deepEqual(handlers.started, ['a'])
  handlers.end('a')
  await on.settle()
  assert.deepEqual(handlers.started, ['a', 'b'])

  handlers.end('b')
  await on.outcome(consumer.close())
  await on.outcome(run)
})

test('each() rejects with the error of a handler when the others have ended, and the next one begins there', async () => {
  await using on = consumerWorld()
  append(on, ['a', 'b', 'c'])
  const handlers = new Handlers()
  const consumer = on.kafka.consumer(FROM_START)
  const run = consumer.each(handlers.handle, { concurrency: 3 })
  await on.until(() => handlers.started.length === 3)

  let isRejected = false
  const rejected = assert.rejects(run, { message: 'broken' }).then(() => {
    isRejected = true
  })
  handlers.end('a')
  handlers.end('b', new Error('broken'))
  await on.settle()
  assert.equal(isRejected, false)
  handlers.end('c')
  await on.outcome(rejected)

  assert.deepEqual(await on.read(consumer, 2), ['b', 'c'])
})

test('each() runs a handler again as often as it was told, then sends the message to the dead letters', async () => {
  await using on = consumerWorld()
  append(on, ['a', 'bad', 'c'])
  const attempts: string[] = []
  const letters: unknown[] = []
  const consumer = on.kafka.consumer(FROM_START)
  const run = consumer.each(
    (message) => {
      attempts.push(String(message.value))
      if (String(message.value) === 'bad') throw new Error('no')
    },
    {
      retry: { attempts: 3, firstMs: 100 },
      deadLetter: {
        send: async (letter) => {
          letters.push([
            String(letter.value),
            new Map(letter.headers as never).get('dead-letter.error'),
          ])
        },
      },
    },
  )

  await on.until(() => attempts.length === 5)

  assert.deepEqual(attempts, ['a', 'bad', 'bad', 'bad', 'c'])
  assert.deepEqual(letters, [['bad', 'no']])
  await on.outcome(consumer.close())
  await on.outcome(run)
})

test('each() stops with the reason of its signal when the handlers that run have ended', async () => {
  await using on = consumerWorld()
  append(on, ['a', 'b'])
  const handlers = new Handlers()
  const stop = new AbortController()
  const consumer = on.kafka.consumer(FROM_START)
  const run = consumer.each(handlers.handle, { signal: stop.signal })
  await on.until(() => handlers.started.length === 1)

  stop.abort(new Error('enough'))
  const rejected = assert.rejects(run, { message: 'enough' })
  await on.settle()
  handlers.end('a')
  await on.outcome(rejected)

  assert.deepEqual(handlers.started, ['a'])
  assert.deepEqual(await on.read(consumer, 1), ['b'])
})

test('each() does not overflow the stack on a long line of messages of one key that end at once', async () => {
  await using on = consumerWorld()
  const count = 20_000
  on.log.log('orders').append(Array.from({ length: count }, () => 'k'))
  const consumer = on.kafka.consumer(FROM_START)
  let handled = 0
  let release = (): void => {}
  const run = consumer.each(
    () => {
      handled++
      return handled === 1
        ? new Promise<void>((resolve) => {
            release = resolve
          })
        : undefined
    },
    { concurrency: 2000 },
  )
  await on.until(() => handled === 1)
  await on.settle()

  release()
  await on.until(() => handled === count)

  await on.outcome(consumer.close())
  await on.outcome(run)
})
