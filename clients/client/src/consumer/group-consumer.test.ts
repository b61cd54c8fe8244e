import assert from 'node:assert/strict'
import { tracingChannel } from 'node:diagnostics_channel'
import { test } from 'node:test'
import type { MessagingTrace } from '../diagnostics/messaging-trace.ts'
import type { Message } from '../message.ts'
import type { TopicPartition } from '../topic-partition.ts'
import type { Consumer } from './consumer.ts'
import { readSide } from './testing/read-side.ts'

const GROUP = {
  group: 'billing',
  topics: ['orders'],
  from: 'earliest',
  // A member hears of a rebalance with its next heartbeat.
  heartbeatIntervalMs: 20,
} as const

/** Values of the messages that are given out while `count` come; the consumer is closed then. */
async function take(consumer: Consumer, count: number): Promise<number[]> {
  const values: number[] = []
  for await (const { value } of consumer) {
    values.push(Number(value))
    if (values.length === count) break
  }
  return values
}

/** Resolves when the condition holds after some event that it is told of. */
class Watch {
  #check: () => void = () => {}

  notify(): void {
    this.#check()
  }

  until(condition: () => boolean): Promise<void> {
    return new Promise<void>((resolve) => {
      this.#check = () => {
        if (condition()) resolve()
      }
      this.#check()
    })
  }
}

test('a group goes on where the loop asked last: the message in hand is read again', async () => {
  await using side = await readSide(1)
  await side.fill(10)
  const first = side.kafka.consumer(GROUP)
  assert.deepEqual(await take(first, 4), [0, 1, 2, 3])
  await first.close()

  const second = side.kafka.consumer(GROUP)

  assert.deepEqual(await take(second, 2), [3, 4])
  await second.close()
})

test('who asks for the next has done the message in hand, also when a signal has aborted meanwhile', async () => {
  await using side = await readSide(1)
  await side.fill(10)
  const first = side.kafka.consumer(GROUP)
  const stop = new AbortController()
  const loop = async (): Promise<void> => {
    for await (const { offset } of first.messages({ signal: stop.signal })) {
      if (offset === 3) stop.abort(new Error('enough'))
    }
  }
  await assert.rejects(loop(), { message: 'enough' })
  await first.close()

  assert.deepEqual(await take(side.kafka.consumer(GROUP), 1), [4])
})

test('commit() counts the message in hand, commit(message) that one, commit(offsets) what they say', async () => {
  await using side = await readSide(1)
  await side.fill(10)
  const options = { ...GROUP, autoCommit: false }
  const first = side.kafka.consumer(options)
  for await (const { offset } of first) {
    if (offset === 2) {
      await first.commit()
      break
    }
  }
  await first.close()
  const second = side.kafka.consumer(options)
  for await (const message of second) {
    assert.equal(message.offset, 3)
    await second.commit(message)
    assert.deepEqual(await second.committed(), [
      { topic: 'orders', partition: 0, offset: 4, leaderEpoch: 0, metadata: '' },
    ])
    await second.commit([{ topic: 'orders', partition: 0, offset: 7, metadata: 'seven' }])
    break
  }
  await second.close()

  const third = side.kafka.consumer(options)

  assert.deepEqual(await take(third, 1), [7])
})

test('each() commits nothing beyond a handler that has not ended', async () => {
  await using side = await readSide(1)
  await side.fill(6)
  const consumer = side.kafka.consumer(GROUP)
  const watch = new Watch()
  const ended = new Set<number>()
  let release = (): void => {}
  const run = consumer.each(
    async ({ offset }) => {
      if (offset === 2) {
        await new Promise<void>((resolve) => {
          release = resolve
        })
      }
      ended.add(offset)
      watch.notify()
    },
    { concurrency: 6, order: 'none' },
  )

  await watch.until(() => ended.size === 5)
  await consumer.commit()
  assert.equal((await consumer.committed())[0]?.offset, 2)
  release()
  await watch.until(() => ended.size === 6)
  await new Promise(setImmediate)
  await consumer.commit()

  assert.equal((await consumer.committed())[0]?.offset, 6)
  await consumer.close()
  await run
})

test('members share the partitions, and a rebalance waits for what is in hand: nothing is read twice', async () => {
  await using side = await readSide(4)
  await side.fill(400)
  const seen = new Map<number, number>()
  const watch = new Watch()
  const note = ({ value }: Message): void => {
    seen.set(Number(value), (seen.get(Number(value)) ?? 0) + 1)
    watch.notify()
  }
  const events: string[] = []
  const options = (name: string) => ({
    ...GROUP,
    onAssigned: (partitions: readonly TopicPartition[]) => {
      events.push(`${name} +${partitions.length}`)
      watch.notify()
    },
    onRevoked: (partitions: readonly TopicPartition[]) => {
      events.push(`${name} -${partitions.length}`)
    },
  })
  const first = side.kafka.consumer(options('first'))
  const firstRun = first.each(note, { concurrency: 4 })
  await watch.until(() => seen.size === 400)

  const second = side.kafka.consumer(options('second'))
  const secondRun = second.each(note, { concurrency: 4 })
  await watch.until(() => events.includes('second +2'))
  await side.fill(400, { from: 400 })
  await watch.until(() => seen.size === 800)
  await first.close()
  await side.fill(100, { from: 800 })
  await watch.until(() => seen.size === 900)
  await second.close()

  await Promise.all([firstRun, secondRun])
  assert.ok([...seen.values()].every((times) => times === 1))
  assert.deepEqual(events.slice(0, 3), ['first +4', 'first -2', 'second +2'])
})

test('partitions() gives a stream for each, which ends and aborts when it is revoked', async () => {
  await using side = await readSide(2)
  await side.fill(20)
  const watch = new Watch()
  const ended: string[] = []
  const seen: number[] = []
  async function drain(consumer: Consumer, name: string): Promise<void> {
    const streams: Promise<void>[] = []
    for await (const stream of consumer.partitions()) {
      streams.push(
        (async () => {
          for await (const { value } of stream) {
            seen.push(Number(value))
            watch.notify()
          }
          ended.push(`${name} ${stream.signal.aborted}`)
          watch.notify()
        })(),
      )
    }
    await Promise.all(streams)
  }
  const first = side.kafka.consumer(GROUP)
  const firstDrain = drain(first, 'first')
  await watch.until(() => seen.length === 20)
  const second = side.kafka.consumer(GROUP)
  const secondDrain = drain(second, 'second')

  await watch.until(() => ended.length === 1)
  assert.deepEqual(ended, ['first true'])
  await side.fill(20, { from: 20 })
  await watch.until(() => seen.length === 40)

  await first.close()
  await second.close()
  await Promise.all([firstDrain, secondDrain])
  assert.equal(new Set(seen).size, 40)
})

test('onAssigned can seek before anything is given out', async () => {
  await using side = await readSide(1)
  await side.fill(10)
  const consumer: Consumer = side.kafka.consumer({
    ...GROUP,
    onAssigned: (partitions) => {
      for (const one of partitions) consumer.seek(one, 8)
    },
  })

  assert.deepEqual(await take(consumer, 2), [8, 9])
})

test('a listener that fails makes every waiting call reject with its error', async () => {
  await using side = await readSide(1)
  const consumer = side.kafka.consumer({
    ...GROUP,
    onAssigned: () => {
      throw new Error('no room')
    },
  })

  await assert.rejects(take(consumer, 1), { code: 'LISTENER_FAILED' })
  await assert.rejects(take(consumer, 1), { code: 'LISTENER_FAILED' })
})

test('a batch that was committed is not read again, one that was not is', async () => {
  await using side = await readSide(1)
  await side.fill(10)
  const options = { ...GROUP, autoCommit: false }
  const first = side.kafka.consumer(options)
  let count = 0
  for await (const batch of first.batches({ max: 3 })) {
    count++
    if (count === 2) break
    await batch.commit()
  }
  await first.close()

  assert.deepEqual(await take(side.kafka.consumer(options), 1), [3])
})

test('a group keeps the offsets of a consumer that chose its partitions itself', async () => {
  await using side = await readSide(1)
  await side.fill(10)
  const options = {
    group: 'own',
    assign: [{ topic: 'orders', partition: 0 }],
    from: 'earliest',
  } as const
  const first = side.kafka.consumer(options)
  assert.deepEqual(await take(first, 3), [0, 1, 2])
  await first.close()

  const second = side.kafka.consumer(options)

  assert.deepEqual(await take(second, 1), [2])
})

test('what is done is committed from time to time, without a word of the program', async () => {
  await using side = await readSide(1)
  await side.fill(10)
  const consumer = side.kafka.consumer({ ...GROUP, autoCommitIntervalMs: 5 })
  const messages = consumer.messages()
  for (let i = 0; i < 4; i++) await messages.next()

  // Bounded by the time of the test: the timer is the system's.
  while ((await consumer.committed())[0]?.offset !== 3) await new Promise(setImmediate)

  await consumer.close()
})

for (const [name, parts] of [
  ['a member of a group', { topics: ['orders'] }],
  ['a consumer that chose its partitions itself', { assign: [{ topic: 'orders', partition: 0 }] }],
] as const) {
  test(`a refusal for good to commit is told to the loop of ${name}, and not again by close()`, async () => {
    await using side = await readSide(1)
    await side.fill(2)
    const errorCode = 'GROUP_AUTHORIZATION_FAILED'
    side.ottla.faults.inject({ api: 'OffsetCommit', errorCode, times: 'always' })
    const { group, from } = GROUP
    const consumer = side.kafka.consumer({ group, from, autoCommitIntervalMs: 20, ...parts })

    await assert.rejects(take(consumer, 3), { code: errorCode })

    await consumer.close()
    assert.ok(consumer.isClosed)
  })
}

test('a refusal to commit that nobody has heard of before is told by close()', async () => {
  await using side = await readSide(1)
  await side.fill(2)
  const errorCode = 'GROUP_AUTHORIZATION_FAILED'
  side.ottla.faults.inject({ api: 'OffsetCommit', errorCode, times: 'always' })
  const consumer = side.kafka.consumer(GROUP)
  await take(consumer, 2)

  await assert.rejects(consumer.close(), { code: errorCode })

  assert.ok(consumer.isClosed)
})

test('each message and each commit is told to the tracing channels', async () => {
  await using side = await readSide(1)
  await side.fill(2)
  const told: string[] = []
  const note = (event: string) => (trace: unknown) => {
    const { operation, attributes } = trace as MessagingTrace
    told.push(`${operation} ${event} ${attributes['messaging.kafka.offset'] ?? ''}`.trim())
  }
  const unsubscribe = ['process', 'commit'].map((operation) => {
    const channel = tracingChannel(`ottla:client:${operation}`)
    const listeners = { start: note('start'), asyncEnd: note('end') }
    channel.subscribe(listeners as never)
    return () => {
      channel.unsubscribe(listeners as never)
    }
  })
  const consumer = side.kafka.consumer({ ...GROUP, autoCommit: false })

  await take(consumer, 2)
  await consumer.commit()
  await consumer.close()
  for (const stop of unsubscribe) stop()

  assert.deepEqual(told, [
    'process start 0',
    'process end 0',
    'process start 1',
    'process end 1',
    'commit start',
    'commit end',
  ])
})
