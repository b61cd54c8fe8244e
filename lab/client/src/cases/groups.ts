/** Groups: who gets what, who takes over, and what is read again. */
import assert from 'node:assert/strict'
import { Kafka, type ConsumerOptions } from '@ottla/client'
import type { Case } from '../suite.ts'
import { NEW_GROUPS } from './gap-names.ts'
import { uniqueName } from './names.ts'

const PARTITION_COUNT = 6
const MESSAGE_COUNT = 600

type GroupProtocol = NonNullable<ConsumerOptions['protocol']>

/** Writes 0 … count-1, spread over the partitions. */
async function fill(kafka: Kafka, topic: string, count = MESSAGE_COUNT, from = 0): Promise<void> {
  const producer = kafka.producer()
  await Promise.all(
    Array.from({ length: count }, (_, i) =>
      producer.send(topic, { value: String(from + i), partition: i % PARTITION_COUNT }),
    ),
  )
  await producer.close()
}

/** Reads until told to stop; what was read, by number, with how often. */
class Reader {
  readonly seen = new Map<number, number>()
  readonly #stop = new AbortController()
  readonly #wanted: { count: number; resolve: () => void }[] = []
  readonly finished: Promise<void>

  constructor(kafka: Kafka, options: ConsumerOptions) {
    this.finished = this.#run(kafka, options)
  }

  async #run(kafka: Kafka, options: ConsumerOptions): Promise<void> {
    await using consumer = kafka.consumer(options)
    await consumer
      .each(
        (message) => {
          const number = Number(message.value?.toString())
          this.seen.set(number, (this.seen.get(number) ?? 0) + 1)
          for (const wanted of this.#wanted) if (this.seen.size >= wanted.count) wanted.resolve()
        },
        { signal: this.#stop.signal },
      )
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) throw error
      })
  }

  untilSeen(count: number): Promise<void> {
    if (this.seen.size >= count) return Promise.resolve()
    const reached = new Promise<void>((resolve) => {
      this.#wanted.push({ count, resolve })
    })
    return Promise.race([reached, this.finished])
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.finished
  }
}

function groupCases(protocol: GroupProtocol, gap?: string): Case[] {
  const only = gap === undefined ? {} : { gap }
  const options = (group: string, topic: string): ConsumerOptions => ({
    group,
    topics: [topic],
    from: 'earliest',
    protocol,
    sessionTimeoutMs: 6000,
  })
  return [
    {
      ...only,
      name: `${protocol} group: one member reads all of it, and a restart goes on where it stopped`,
      run: async (target) => {
        await using kafka = new Kafka({ brokers: target.brokers })
        const topic = uniqueName('one-member')
        const group = uniqueName('group')
        await kafka.admin.topics.create(topic, { partitions: PARTITION_COUNT })
        await fill(kafka, topic)

        const first = new Reader(kafka, options(group, topic))
        await first.untilSeen(MESSAGE_COUNT)
        await first.stop()
        await fill(kafka, topic, MESSAGE_COUNT, MESSAGE_COUNT)
        const second = new Reader(kafka, options(group, topic))
        await second.untilSeen(MESSAGE_COUNT)
        await second.stop()

        assert.equal(Math.min(...second.seen.keys()), MESSAGE_COUNT)
        assert.ok([...first.seen.values(), ...second.seen.values()].every((times) => times === 1))
      },
    },
    {
      ...only,
      name: `${protocol} group: three members share the partitions, and who leaves leaves its part to the others`,
      run: async (target) => {
        await using kafka = new Kafka({ brokers: target.brokers })
        const topic = uniqueName('three-members')
        const group = uniqueName('group')
        await kafka.admin.topics.create(topic, { partitions: PARTITION_COUNT })
        const members = [0, 1, 2].map(() => kafka.consumer(options(group, topic)))
        const drains = members.map(async (member) => {
          for await (const _ of member);
        })
        await untilAssigned(members, 2)

        await members[0]?.close()
        await untilAssigned(members.slice(1), 3)

        for (const member of members) await member.close()
        await Promise.all(drains)
      },
    },
  ]
}

interface Assigned {
  readonly assignment: readonly unknown[]
}

/** Polls, since no single event says that a group has settled. */
async function untilAssigned(members: readonly Assigned[], each: number): Promise<void> {
  for (let round = 0; round < 600; round++) {
    if (members.every((member) => member.assignment.length === each)) return
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
  const lengths = members.map((member) => member.assignment.length)
  assert.fail(`The members have ${lengths.join(', ')} partitions; ${each} each expected`)
}

export const groups: readonly Case[] = [
  ...groupCases('classic'),
  ...groupCases('consumer', NEW_GROUPS),
]
