/** kill -9 of the broker that coordinates: groups while they are read in, and a transaction that is open. */
import assert from 'node:assert/strict'
import { Kafka, type Message } from '@ottla/client'
import { uniqueName } from '../cases/names.ts'
import type { ClusterCase } from './cluster-case.ts'
import { makeInternalTopics, nameCoordinatedBy } from './coordinated-by.ts'
import { endTraffic } from './end-traffic.ts'
import { Reader } from './reader.ts'
import { RequestLog } from './request-log.ts'
import { untilWhole } from './three-nodes.ts'
import { within } from './within.ts'
import { Writer } from './writer.ts'

const VICTIM = 3
/** The victim leads none of them: what is to be seen is the coordinator alone. */
const ASSIGNMENTS = [
  [1, 2, 3],
  [2, 1, 3],
] as const
const MORE_COUNT = 50
const PER_TRANSACTION = 10

const groups: ClusterCase = {
  name: 'groups whose coordinator is killed read on: every record once, in order, and what was done is committed',
  run: async (cluster, tell) => {
    await using kafka = new Kafka({ brokers: cluster.bootstrapServers })
    await makeInternalTopics(kafka)
    const topic = uniqueName('killed-coordinator')
    await kafka.admin.topics.create(topic, { assignments: ASSIGNMENTS })
    const names = [
      await nameCoordinatedBy(kafka, VICTIM, 'group'),
      await nameCoordinatedBy(kafka, VICTIM, 'group'),
    ]
    const writer = new Writer(kafka, topic, ASSIGNMENTS.length)
    const readers = (['classic', 'consumer'] as const).map((protocol, i) => {
      const group = names[i] ?? ''
      const autoCommitIntervalMs = 100
      return new Reader(kafka, { group, topics: [topic], protocol, autoCommitIntervalMs })
    })
    for (const reader of readers) await reader.untilMore(MORE_COUNT)
    const coordinators = async (): Promise<string[]> =>
      (await kafka.admin.groups.describe(names)).values().map(({ coordinator }) => coordinator)
    const { address } = cluster.node(VICTIM)
    assert.deepEqual(await coordinators(), [address, address])

    await cluster.node(VICTIM).kill()
    await Promise.all(readers.map((reader) => reader.untilMore(MORE_COUNT)))
    assert.ok(!(await coordinators()).includes(address))
    await untilWhole(cluster)
    await Promise.all(readers.map((reader) => reader.untilMore(MORE_COUNT)))

    await endTraffic({ kafka, writer, readers, tell })
    for (const name of names) assert.equal((await kafka.admin.groups.lag(name)).totalLag, 0)
  },
}

/** Everything committed that lies in a topic, up to `isLast`. */
async function committedOf(
  kafka: Kafka,
  topic: string,
  isLast: (message: Message) => boolean,
): Promise<string[]> {
  const assign = ASSIGNMENTS.map((_, partition) => ({ topic, partition, offset: 0 }))
  await using consumer = kafka.consumer({ assign, isolation: 'read_committed' })
  const values: string[] = []
  let missing = ASSIGNMENTS.length
  for await (const message of consumer) {
    if (!isLast(message)) values.push(message.value?.toString() ?? '')
    else if (--missing === 0) return values
  }
  return values
}

const transactions: ClusterCase = {
  name: 'transactions whose coordinator is killed are seen whole or not at all, and the open one is committed',
  run: async (cluster, tell) => {
    using requests = new RequestLog()
    const endings = (id: number): number => requests.count('EndTxn', cluster.node(id))
    await using kafka = new Kafka({ brokers: cluster.bootstrapServers })
    await makeInternalTopics(kafka)
    const topic = uniqueName('killed-coordinator')
    await kafka.admin.topics.create(topic, { assignments: ASSIGNMENTS })
    const [openId, busyId, abortedId] = [
      await nameCoordinatedBy(kafka, VICTIM, 'transaction'),
      await nameCoordinatedBy(kafka, VICTIM, 'transaction'),
      await nameCoordinatedBy(kafka, VICTIM, 'transaction'),
    ]
    const group = await nameCoordinatedBy(kafka, VICTIM, 'group')
    const offset = { topic, partition: 0, offset: 1 }
    const writeIn = (id: string, name: string, between?: () => Promise<void>): Promise<void> =>
      kafka.transaction(id, async (tx) => {
        for (let i = 0; i < PER_TRANSACTION; i++) {
          if (i === PER_TRANSACTION / 2) await between?.()
          await tx.send(topic, { value: `${name} ${i}`, partition: i % ASSIGNMENTS.length })
        }
        if (between !== undefined) await tx.commitOffsets(group, [offset])
      })
    let isOver = false
    let roundCount = 0
    const busy = async (): Promise<void> => {
      for (; !isOver; roundCount++) await writeIn(busyId, `busy-${roundCount}`)
    }
    const rounds = busy()
    // Told below.
    rounds.catch(() => undefined)
    await Promise.race([rounds, within(60_000, () => assert.ok(roundCount >= 3))])

    const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
    const killed = Promise.withResolvers<void>()
    const open = writeIn(openId, 'open', async () => {
      begun[0].resolve()
      await killed.promise
    })
    const aborted = writeIn(abortedId, 'aborted', async () => {
      begun[1].resolve()
      await killed.promise
      throw new Error('on purpose')
    })
    const outcomes = Promise.allSettled([open, aborted])
    await Promise.all(begun.map(({ promise }) => promise))
    assert.deepEqual([endings(1), endings(2)], [0, 0], 'another node coordinates')
    const killedMs = performance.now()
    await cluster.node(VICTIM).kill()
    killed.resolve()
    const [opened, abort] = await outcomes
    tell(`the open transactions ended after ${seconds(performance.now() - killedMs)}`)
    assert.ok(endings(1) + endings(2) > 0, 'no other node coordinates')
    const roundsThen = roundCount
    await untilWhole(cluster)
    await Promise.race([rounds, within(60_000, () => assert.ok(roundCount >= roundsThen + 3))])
    isOver = true
    await rounds

    assert.deepEqual(opened, { status: 'fulfilled', value: undefined })
    assert.match(String(abort.status === 'rejected' && abort.reason), /on purpose/)
    for (const [partition] of ASSIGNMENTS.entries()) {
      await kafka.topic(topic).send({ value: 'end', partition })
    }
    const seen = await committedOf(kafka, topic, ({ value }) => value?.toString() === 'end')
    const expected = ['open', ...Array.from({ length: roundCount }, (_, i) => `busy-${i}`)].flatMap(
      (name) => Array.from({ length: PER_TRANSACTION }, (_, i) => `${name} ${i}`),
    )
    assert.deepEqual(seen.sort(), expected.sort())
    assert.equal((await kafka.admin.groups.offsets(group)).value(offset).offset, offset.offset)
  },
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

export const killedCoordinators: readonly ClusterCase[] = [groups, transactions]
