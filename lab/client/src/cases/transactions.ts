/** Transactions: what is committed is seen whole, what is aborted is not seen at all, and offsets go with it. */
import assert from 'node:assert/strict'
import { tracingChannel } from 'node:diagnostics_channel'
import {
  Kafka,
  KafkaError,
  REQUEST_CHANNEL,
  type RequestTrace,
  type TransactionalProducerOptions,
} from '@ottla/client'
import type { Case } from '../suite.ts'
import { uniqueName } from './names.ts'

const GAP = 'Transactions'
const MESSAGE_COUNT = 600
const BATCH_COUNT = 20

type Version = 'newest' | 'oldest'

function optionsOf(version: Version): TransactionalProducerOptions {
  return version === 'oldest' ? { transactionVersion: 1 } : {}
}

/** What `read_committed` sees, up to a record that is sent outside of transactions behind everything. */
async function committedValues(kafka: Kafka, topic: string, partitionCount = 1): Promise<string[]> {
  const end = uniqueName('end')
  const partitions = Array.from({ length: partitionCount }, (_, partition) => partition)
  for (const partition of partitions) await kafka.topic(topic).send({ value: end, partition })
  const assign = partitions.map((partition) => ({ topic, partition, offset: 0 }))
  await using consumer = kafka.consumer({ assign, isolation: 'read_committed' })
  const values: string[] = []
  let ends = 0
  for await (const message of consumer) {
    const value = message.value?.toString() ?? ''
    if (value !== end) values.push(value)
    else if (++ends === partitionCount) break
  }
  return values.filter((value) => !value.startsWith('end-'))
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof KafkaError) return error.code
    throw error
  }
  return 'resolved'
}

/** Names of the requests that leave while it runs. */
async function requestsOf(run: () => Promise<void>): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  const { start } = tracingChannel<RequestTrace>(REQUEST_CHANNEL)
  const onRequest = (message: unknown): void => {
    names.add((message as RequestTrace).apiName)
  }
  start.subscribe(onRequest)
  try {
    await run()
  } finally {
    start.unsubscribe(onRequest)
  }
  return names
}

function transactionCases(version: Version): Case[] {
  const options = optionsOf(version)
  const named = (name: string, run: Case['run']): Case => ({
    name: `transaction (${version} protocol): ${name}`,
    gap: GAP,
    run,
  })
  return [
    named('commits are seen whole and aborts not at all', async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers })
      const topic = uniqueName('txn')
      await kafka.admin.topics.create(topic, { partitions: 3 })
      const id = uniqueName('id')
      const expected: string[] = []
      for (let round = 0; round < 10; round++) {
        const isAborted = round % 3 === 1
        const done = kafka.transaction(
          id,
          async (tx) => {
            for (let i = 0; i < 9; i++) {
              void tx.send(topic, { value: `${round}-${i}`, partition: i % 3 })
            }
            if (!isAborted) return
            // Half of them are on the broker already.
            await tx.send(topic, { value: `${round}-sent`, partition: 0 })
            for (let i = 0; i < 9; i++)
              void tx.send(topic, { value: `${round}-late`, partition: 1 })
            throw new Error('on purpose')
          },
          options,
        )
        if (isAborted) await assert.rejects(done, /on purpose/)
        else await done
        if (!isAborted) expected.push(...Array.from({ length: 9 }, (_, i) => `${round}-${i}`))
      }

      assert.deepEqual((await committedValues(kafka, topic, 3)).sort(), expected.sort())
    }),
    named('it is spoken in the way that was asked for', async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers })
      const topic = uniqueName('txn-protocol')
      await kafka.admin.topics.create(topic, { partitions: 1 })

      const requests = await requestsOf(async () => {
        await kafka.transaction(
          uniqueName('id'),
          async (tx) => {
            await tx.send(topic, { value: 'one' })
            await tx.commitOffsets(uniqueName('group'), [{ topic, partition: 0, offset: 1 }])
          },
          options,
        )
      })

      assert.ok(requests.has('EndTxn') && requests.has('TxnOffsetCommit'))
      assert.equal(requests.has('AddPartitionsToTxn'), version === 'oldest')
      assert.equal(requests.has('AddOffsetsToTxn'), version === 'oldest')
    }),
    named('a second producer of the id fences the first', async (target) => {
      await using first = new Kafka({ brokers: target.brokers })
      await using second = new Kafka({ brokers: target.brokers })
      const topic = uniqueName('txn-fenced')
      await first.admin.topics.create(topic, { partitions: 1 })
      const id = uniqueName('id')
      const entered = Promise.withResolvers<void>()
      const fenced = Promise.withResolvers<void>()
      const old = first.transaction(
        id,
        async (tx) => {
          await tx.send(topic, { value: 'old' })
          entered.resolve()
          await fenced.promise
          await tx.send(topic, { value: 'old again' })
        },
        options,
      )
      const outcome = codeOf(old)
      await entered.promise
      await second.transaction(id, (tx) => tx.send(topic, { value: 'new' }), options)
      fenced.resolve()

      assert.equal(await outcome, 'PRODUCER_FENCED')
      const after = first.transaction(id, () => undefined)
      assert.equal(await codeOf(after), 'PRODUCER_FENCED')
      assert.deepEqual(await committedValues(second, topic), ['new'])
    }),
    named('consume, transform, produce: exactly once under cut connections', async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers, retryBackoffMs: 10 })
      const [from, to] = [uniqueName('txn-from'), uniqueName('txn-to')]
      const group = uniqueName('group')
      for (const topic of [from, to]) await kafka.admin.topics.create(topic, { partitions: 3 })
      const values = Array.from({ length: MESSAGE_COUNT }, (_, i) => String(i))
      await kafka.topic(from).sendAll(values.map((value, i) => ({ value, partition: i % 3 })))
      const cutsBefore = target.proxy.cutCount

      await using consumer = kafka.consumer({
        group,
        topics: [from],
        from: 'earliest',
        isolation: 'read_committed',
        autoCommit: false,
        protocol: version === 'oldest' ? 'classic' : 'auto',
      })
      const id = uniqueName('id')
      let doneCount = 0
      let round = 0
      for await (const batch of consumer.batches({ max: MESSAGE_COUNT / BATCH_COUNT })) {
        const direction = round % 2 === 0 ? 'responses' : 'requests'
        target.proxy.cutAfter(
          direction === 'requests' ? 300 + 97 * round : 20 + 31 * round,
          direction,
        )
        let attempt = 0
        const once = (): Promise<void> =>
          kafka.transaction(
            id,
            async (tx) => {
              for (const { value, partition } of batch.messages) {
                void tx.send(to, { value, partition })
              }
              await tx.commitOffsets(consumer)
              if (round % 5 === 0 && attempt++ === 0) throw new Error('on purpose')
            },
            options,
          )
        await once().catch((error: unknown) => {
          if (error instanceof Error && error.message === 'on purpose') return once()
          throw error
        })
        round++
        doneCount += batch.messages.length
        if (doneCount === MESSAGE_COUNT) break
      }

      const seen = await committedValues(kafka, to, 3)
      assert.deepEqual(
        seen.map(Number).sort((a, b) => a - b),
        values.map(Number),
      )
      const committed = await consumer.committed()
      assert.equal(
        committed.reduce((sum, { offset }) => sum + offset, 0),
        MESSAGE_COUNT,
      )
      assert.ok(target.proxy.cutCount - cutsBefore >= 5, 'too few connections were cut')
    }),
    named('exactly once while members come and go', async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers })
      const [from, to] = [uniqueName('txn-from'), uniqueName('txn-to')]
      const group = uniqueName('group')
      for (const topic of [from, to]) await kafka.admin.topics.create(topic, { partitions: 3 })
      const values = Array.from({ length: MESSAGE_COUNT }, (_, i) => String(i))
      await kafka.topic(from).sendAll(values.map((value, i) => ({ value, partition: i % 3 })))
      const finished = new AbortController()
      let doneCount = 0

      /** A few batches of one member, which then leaves, or is thrown out. */
      const live = async (id: string, batchCount: number): Promise<void> => {
        await using consumer = kafka.consumer({
          group,
          topics: [from],
          from: 'earliest',
          isolation: 'read_committed',
          autoCommit: false,
          protocol: version === 'oldest' ? 'classic' : 'auto',
        })
        let left = batchCount
        for await (const batch of consumer.batches({ max: 7, signal: finished.signal })) {
          await kafka.transaction(
            id,
            async (tx) => {
              for (const { value } of batch.messages) void tx.send(to, { value })
              await tx.commitOffsets(consumer)
            },
            options,
          )
          doneCount += batch.messages.length
          if (doneCount >= MESSAGE_COUNT) finished.abort()
          if (--left === 0) break
        }
      }
      const work = async (worker: number): Promise<void> => {
        const id = uniqueName('id')
        for (let life = 0; !finished.signal.aborted; life++) {
          await live(id, 5 + ((worker * 3 + life * 2) % 9)).catch((error: unknown) => {
            if (finished.signal.aborted) return
            const isThrownOut =
              error instanceof KafkaError &&
              ['ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID'].includes(error.code)
            if (!isThrownOut) throw error
          })
        }
      }
      await Promise.all([0, 1, 2].map(work))

      const seen = await committedValues(kafka, to, 3)
      assert.deepEqual(
        seen.map(Number).sort((a, b) => a - b),
        values.map(Number),
      )
    }),
    named('offsets of an aborted transaction are not committed', async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers })
      const topic = uniqueName('txn-offsets')
      const group = uniqueName('group')
      await kafka.admin.topics.create(topic, { partitions: 1 })
      await kafka.topic(topic).send({ value: 'one' })
      const id = uniqueName('id')
      const at = (offset: number): [{ topic: string; partition: number; offset: number }] => [
        { topic, partition: 0, offset },
      ]

      await kafka.transaction(id, (tx) => tx.commitOffsets(group, at(1)), options)
      await assert.rejects(
        kafka.transaction(id, async (tx) => {
          await tx.commitOffsets(group, at(7))
          throw new Error('on purpose')
        }),
        /on purpose/,
      )

      await using consumer = kafka.consumer({ group, assign: at(0) })
      const [committed] = await consumer.committed([{ topic, partition: 0 }])
      assert.equal(committed?.offset, 1)
    }),
    named('a consumer that was thrown out of its group commits nothing', async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers })
      const topic = uniqueName('txn-zombie')
      const group = uniqueName('group')
      await kafka.admin.topics.create(topic, { partitions: 1 })
      await kafka.topic(topic).send({ value: 'one' })
      const consumer = kafka.consumer({
        group,
        topics: [topic],
        from: 'earliest',
        autoCommit: false,
      })
      for await (const _ of consumer) break
      const { group: zombie } = consumer.offsetsForTransaction()
      await consumer.close()
      const id = uniqueName('id')

      const refused = kafka.transaction(
        id,
        async (tx) => {
          await tx.send(topic, { value: 'of a zombie' })
          await tx.commitOffsets(zombie, [{ topic, partition: 0, offset: 1 }])
        },
        options,
      )

      const code = await codeOf(refused)
      assert.ok(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION'].includes(code), code)
      await kafka.transaction(id, (tx) => tx.send(topic, { value: 'goes on' }), options)
      assert.deepEqual(await committedValues(kafka, topic), ['one', 'goes on'])
    }),
    named('one that takes too long is aborted and the next one goes on', async (target) => {
      await using kafka = new Kafka({ brokers: target.brokers })
      const topic = uniqueName('txn-slow')
      await kafka.admin.topics.create(topic, { partitions: 1 })
      await using producer = kafka.transactionalProducer(uniqueName('id'), {
        ...options,
        transactionTimeoutMs: 1000,
      })

      const slow = producer.transaction(async (tx) => {
        await tx.send(topic, { value: 'slow' })
        await new Promise((resolve) => {
          tx.signal.addEventListener('abort', resolve)
        })
        await new Promise<never>(() => undefined)
      })

      assert.equal(await codeOf(slow), 'TIMED_OUT')
      await producer.transaction((tx) => tx.send(topic, { value: 'quick' }))
      assert.deepEqual(await committedValues(kafka, topic), ['quick'])
    }),
  ]
}

export const transactions: readonly Case[] = [
  ...transactionCases('newest'),
  ...transactionCases('oldest'),
]
