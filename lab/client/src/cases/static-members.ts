/** Static members (KIP-345): one that comes back in time gets its own, and nobody else notices. */
import assert from 'node:assert/strict'
import { Kafka, type ConsumerOptions, type TopicPartition } from '@ottla/client'
import { until } from '../members/member-process.ts'
import type { Case } from '../suite.ts'
import { NEW_GROUPS } from './gap-names.ts'
import { uniqueName } from './names.ts'

const PARTITION_COUNT = 4

const numbers = (partitions: readonly TopicPartition[]): number[] =>
  partitions.map(({ partition }) => partition).toSorted((a, b) => a - b)

class StaticMember {
  readonly #drained: Promise<void>
  readonly consumer
  revocationCount = 0

  constructor(kafka: Kafka, options: ConsumerOptions) {
    this.consumer = kafka.consumer({
      ...options,
      onRevoked: () => {
        this.revocationCount++
      },
    })
    this.#drained = this.#drain()
  }

  async #drain(): Promise<void> {
    for await (const _ of this.consumer);
  }

  get owned(): number[] {
    return numbers(this.consumer.assignment)
  }

  async close(): Promise<void> {
    await this.consumer.close()
    await this.#drained
  }
}

export const staticMembers: readonly Case[] = (
  [{ protocol: 'classic' }, { protocol: 'consumer', gap: NEW_GROUPS }] as const
).map(({ protocol, ...gap }): Case => ({
  ...gap,
  name: `${protocol} group: a static member that comes back gets its own, and the others keep theirs`,
  run: async ({ brokers }) => {
    await using kafka = new Kafka({ brokers })
    const [topic, group] = [uniqueName('static'), uniqueName('group')]
    await kafka.admin.topics.create(topic, { partitions: PARTITION_COUNT })
    const join = (groupInstanceId: string): StaticMember =>
      new StaticMember(kafka, { group, topics: [topic], protocol, groupInstanceId })
    const stays = join('stays')
    const first = join('returns')
    const isShared = (one: StaticMember, other: StaticMember): boolean =>
      one.owned.length === 2 && new Set([...one.owned, ...other.owned]).size === PARTITION_COUNT
    await until(() => (isShared(stays, first) ? undefined : 'not shared'))
    const [kept, given] = [stays.owned, first.owned]
    const revocationCount = stays.revocationCount

    await first.close()
    const again = join('returns')
    await until(() => (again.owned.length > 0 ? undefined : 'nothing assigned'))

    assert.deepEqual(again.owned, given)
    assert.deepEqual(stays.owned, kept)
    assert.equal(stays.revocationCount, revocationCount)
    await again.close()
    await stays.close()
  },
}))
