/**
 * A member of a group as a program of its own, so that it can be killed:
 * `node join.ts BROKERS TOPIC GROUP PROTOCOL`. Says what Interop.java's `join` says.
 */
import { Kafka, type ConsumerOptions, type TopicPartition } from '@ottla/client'

const [brokers = '', topic = '', group = '', protocol] = process.argv.slice(2)

function say(what: string, partitions: readonly TopicPartition[]): void {
  process.stdout.write(`= ${what}\t${partitions.map(({ partition }) => partition).join(',')}\n`)
}

await using kafka = new Kafka({ brokers })
await using consumer = kafka.consumer({
  group,
  topics: [topic],
  from: 'earliest',
  protocol: protocol as NonNullable<ConsumerOptions['protocol']>,
  sessionTimeoutMs: 6000,
  heartbeatIntervalMs: 500,
  autoCommitIntervalMs: 200,
  onAssigned: (partitions) => {
    say('assigned', partitions)
  },
  onRevoked: (partitions) => {
    say('revoked', partitions)
  },
  onLost: (partitions) => {
    say('revoked', partitions)
  },
})
for await (const { partition, offset } of consumer) {
  process.stdout.write(`= record\t${partition}\t${offset}\n`)
}
