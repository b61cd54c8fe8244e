/**
 * The matrix's own hands, so that it needs no client that is under test to prepare a check: topics are
 * made, partitions are filled, offsets are looked up. Prints one line of JSON.
 *
 *   node hands.ts --broker HOST:PORT create TOPIC:PARTITIONS…
 *   node hands.ts --broker HOST:PORT feed TOPIC PARTITIONS PREFIX COUNT    values PREFIX-0, PREFIX-1, …
 *   node hands.ts --broker HOST:PORT offsets TOPIC [GROUP]                 ends and commits by partition
 *   node hands.ts --broker HOST:PORT committed TOPIC GROUP                 waits until all is committed, or 15 s
 *   node hands.ts --broker HOST:PORT members GROUP COUNT                    waits for a stable group of that size
 */
import kafkajs from 'kafkajs'
import { parseArgs } from 'node:util'

interface PartitionOffsets {
  readonly partition: number
  readonly end: number
  /** -1 when nothing was committed. */
  readonly committed: number
}

const COMMIT_PATIENCE_MS = 15_000

const { Kafka, logLevel } = kafkajs
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { broker: { type: 'string', default: 'localhost:9092' } },
})
const kafka = new Kafka({
  clientId: 'conformance',
  brokers: [values.broker],
  logLevel: logLevel.NOTHING,
})
const [command, ...args] = positionals

if (command === 'create') await create(args)
else if (command === 'feed') await feed(args[0]!, Number(args[1]), args[2]!, Number(args[3]))
else if (command === 'offsets') await offsets(args[0]!, args[1])
else if (command === 'committed') await committed(args[0]!, args[1]!)
else if (command === 'members') await members(args[0]!, Number(args[1]))
else
  throw new Error(`Unknown command "${command}": use create, feed, offsets, committed or members`)

async function create(topics: readonly string[]): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  const created = await admin.createTopics({
    waitForLeaders: true,
    topics: topics.map((text) => {
      const [topic = '', partitions] = text.split(':')
      return { topic, numPartitions: Number(partitions), replicationFactor: 1 }
    }),
  })
  await admin.disconnect()
  console.log(JSON.stringify({ created }))
}

async function feed(
  topic: string,
  partitions: number,
  prefix: string,
  count: number,
): Promise<void> {
  const producer = kafka.producer({ allowAutoTopicCreation: false })
  await producer.connect()
  const beginMs = Date.now()
  const messages = Array.from({ length: count }, (_, index) => ({
    value: `${prefix}-${index}`,
    // Each its own, so that "the record with the latest timestamp" is one record.
    timestamp: String(beginMs + index),
    partition: index % partitions,
  }))
  await producer.send({ topic, messages, acks: -1 })
  await producer.disconnect()
  console.log(JSON.stringify({ fed: count }))
}

async function offsets(topic: string, groupId: string | undefined): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  const partitions = await offsetsOf(admin, topic, groupId)
  await admin.disconnect()
  console.log(JSON.stringify({ partitions }))
}

async function committed(topic: string, groupId: string): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  const deadlineMs = Date.now() + COMMIT_PATIENCE_MS
  const isBehind = (it: PartitionOffsets): boolean => it.committed !== it.end
  while ((await offsetsOf(admin, topic, groupId)).some(isBehind) && Date.now() < deadlineMs)
    await new Promise((resolve) => setTimeout(resolve, 50))
  await admin.disconnect()
  console.log(JSON.stringify({ isCommitted: Date.now() < deadlineMs }))
}

async function offsetsOf(
  admin: kafkajs.Admin,
  topic: string,
  groupId: string | undefined,
): Promise<readonly PartitionOffsets[]> {
  const ends = await admin.fetchTopicOffsets(topic)
  const commits =
    groupId === undefined ? [] : await admin.fetchOffsets({ groupId, topics: [topic] })
  const committedOf = new Map(
    (commits[0]?.partitions ?? []).map(({ partition, offset }) => [partition, Number(offset)]),
  )
  return ends
    .map(({ partition, high }) => ({
      partition,
      end: Number(high),
      committed: committedOf.get(partition) ?? -1,
    }))
    .toSorted((a, b) => a.partition - b.partition)
}

async function members(groupId: string, count: number): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  const deadlineMs = Date.now() + 30_000
  for (;;) {
    const { groups } = await admin.describeGroups([groupId])
    const [group] = groups
    const found = group?.members.length ?? 0
    if (group?.state === 'Stable' && found === count) break
    if (Date.now() > deadlineMs)
      throw new Error(`Group "${groupId}" is ${group?.state} with ${found} members, not ${count}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await admin.disconnect()
  console.log(JSON.stringify({ members: count }))
}
