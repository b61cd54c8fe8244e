/** A broker that goes away in the middle of it, politely or not, and comes back with its data. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import { until } from '../members/member-process.ts'
import type { Case } from '../suite.ts'
import { uniqueName } from './names.ts'
import { readAll } from './write-and-read.ts'

const PARTITION_COUNT = 3
/** Sends at a time. */
const SEND_COUNT = 50
const RESTART_COUNT = 2
const POLL_MS = 50
const COMMIT_TIMEOUT_MS = 60_000

type How = 'killAndRestart' | 'restart'

/** Sends numbers without a pause until told to stop; resolves with how many. */
async function sendUntil(
  kafka: Kafka,
  topic: string,
  isOver: () => boolean,
): Promise<{ value: number; partition: number; offset: number }[]> {
  const producer = kafka.producer({ lingerMs: 1 })
  const placed: { value: number; partition: number; offset: number }[] = []
  for (let next = 0; !isOver(); next += SEND_COUNT) {
    const sent = await Promise.all(
      Array.from({ length: SEND_COUNT }, (_, i) =>
        producer.send(topic, {
          value: String(next + i),
          partition: (next + i) % PARTITION_COUNT,
        }),
      ),
    )
    placed.push(...sent.map(({ partition, offset }, i) => ({ value: next + i, partition, offset })))
    await pause(5)
  }
  await producer.close()
  return placed
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs)
  })
}

/** For what goes on in the background: a function that throws why one of it has failed, once it has. */
function watched(...running: readonly Promise<unknown>[]): () => void {
  const failures: unknown[] = []
  for (const one of running) one.catch((error: unknown) => failures.push(error))
  return () => {
    if (failures.length > 0) throw failures[0]
  }
}

/**
 * Kafka loads the groups when its process starts, and takes connections only when its registration is
 * through, after kill -9 seconds later. The sessions count from the first of the two, so the broker may
 * have thrown out a member that could not reach it. The member hears so with its next heartbeat, joins
 * anew and reads again what it could not commit; a `close()` before that is refused (UNKNOWN_MEMBER_ID).
 */
async function untilCommitted(kafka: Kafka, group: string, count: number): Promise<void> {
  const endMs = performance.now() + COMMIT_TIMEOUT_MS
  for (;;) {
    const offsets = (await kafka.admin.groups.offsets(group)).values()
    const committed = [...offsets].reduce((sum, { offset }) => sum + offset, 0)
    if (committed === count) return
    if (performance.now() > endMs) throw new Error(`${committed} of ${count} are committed`)
    await pause(POLL_MS)
  }
}

export const brokerRestarts: readonly Case[] = (
  [
    ['restart', 'restarted'],
    ['killAndRestart', 'killed and started again'],
  ] as const satisfies readonly (readonly [How, string])[]
).map(([how, words]) => ({
  name: `a broker ${words} while clients write and read loses, doubles and reorders nothing`,
  run: async (target) => {
    await using kafka = new Kafka({ brokers: target.brokers })
    const [topic, group] = [uniqueName(how), uniqueName('group')]
    await kafka.admin.topics.create(topic, { partitions: PARTITION_COUNT })
    const seen = new Set<number>()
    const consumer = kafka.consumer({
      group,
      topics: [topic],
      from: 'earliest',
      autoCommitIntervalMs: 500,
    })
    const reading = consumer.each((message) => {
      seen.add(Number(message.value?.toString()))
    })
    let isOver = false
    const sending = sendUntil(kafka, topic, () => isOver)
    const throwFailure = watched(reading, sending)
    const untilReadMore = async (otherwise: string): Promise<void> => {
      const seenBefore = seen.size
      await until(() => {
        throwFailure()
        return seen.size > seenBefore + 500 ? undefined : otherwise
      })
    }

    for (let restarts = 0; restarts < RESTART_COUNT; restarts++) {
      await untilReadMore('nothing is read')
      await target[how]()
    }
    await untilReadMore('nothing is read afterwards')
    isOver = true
    const placed = await sending

    await until(() => {
      throwFailure()
      return seen.size === placed.length ? undefined : `read ${seen.size} of ${placed.length}`
    })
    await untilCommitted(kafka, group, placed.length)
    await consumer.close()
    await reading
    const stored = await readAll(kafka, topic, placed.length)
    const byPlace = (ones: readonly { partition: number; offset: number; value: number }[]) =>
      new Map(ones.map(({ partition, offset, value }) => [`${partition}/${offset}`, value]))
    assert.deepEqual(
      byPlace(stored.map((one) => ({ ...one, value: Number(one.value?.toString()) }))),
      byPlace(placed),
    )
    const numbersOf = (partition: number): number[] =>
      placed.filter((one) => one.partition === partition).map(({ offset }) => offset)
    for (let partition = 0; partition < PARTITION_COUNT; partition++) {
      assert.deepEqual(
        numbersOf(partition),
        numbersOf(partition).toSorted((a, b) => a - b),
      )
    }
    const ends = await kafka.admin.topics.offsets(topic, 'latest')
    const total = [...ends.values()].reduce((sum, { offset }) => sum + offset, 0)
    assert.equal(total, placed.length)
  },
}))
