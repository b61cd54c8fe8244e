/** The cluster that all cases share, and how a case finds and leaves it: whole. */
import assert from 'node:assert/strict'
import { Kafka, type PartitionDescription } from '@ottla/client'
import { startApacheKafkaCluster, type ApacheKafkaCluster } from '@ottla/lab-apache-kafka'
import { within } from './within.ts'

/** After a kill the others wait for so long before they take over; by default 9 s. */
const SESSION_MS = 6000
const IN_SYNC_TIMEOUT_MS = 60_000

const PROPERTIES = {
  'broker.session.timeout.ms': SESSION_MS,
  'broker.heartbeat.interval.ms': 1000,
  'group.initial.rebalance.delay.ms': 0,
  'group.consumer.min.session.timeout.ms': 1000,
  'group.consumer.min.heartbeat.interval.ms': 500,
  'group.consumer.heartbeat.interval.ms': 1000,
}

/** Of a topic of three partitions: node 1 leads partition 0, node 2 partition 1, node 3 partition 2. */
export const LED_BY_EACH = [
  [1, 2, 3],
  [2, 3, 1],
  [3, 1, 2],
] as const

export function startThreeNodes(): Promise<ApacheKafkaCluster> {
  return startApacheKafkaCluster({ nodeCount: 3, properties: PROPERTIES })
}

/**
 * Every node is up, and of every topic, the internal ones too, every replica is in sync and the preferred one
 * leads: a case can then say who is to be killed.
 */
export async function untilWhole(cluster: ApacheKafkaCluster): Promise<void> {
  await cluster.startMissing()
  await using kafka = new Kafka({ brokers: cluster.bootstrapServers })
  await within(IN_SYNC_TIMEOUT_MS, async () => {
    assert.equal((await kafka.admin.cluster.nodes()).length, cluster.nodes.length)
    const partitions = await allPartitions(kafka)
    const behind = partitions.filter((one) => one.inSyncReplicas.length < one.replicas.length)
    assert.deepEqual(behind.map(textOf), [], 'not in sync')
    const misled = partitions.filter((one) => one.leader !== one.replicas[0])
    if (misled.length > 0) await kafka.admin.partitions.electLeaders('all')
    assert.deepEqual(misled.map(textOf), [], 'not led by the preferred replica')
  })
}

type Partition = PartitionDescription & { readonly topic: string }

async function allPartitions({ admin }: Kafka): Promise<readonly Partition[]> {
  const listed = await admin.topics.list({ includeInternal: true })
  const topics = await admin.topics.describe(listed.map(({ name }) => name))
  return topics
    .values()
    .flatMap(({ name: topic, partitions }) => partitions.map((one) => ({ ...one, topic })))
}

function textOf({ topic, partition, leader, replicas, inSyncReplicas }: Partition): string {
  return `${topic}-${partition}: led by ${leader}, ${inSyncReplicas.join()} of ${replicas.join()} in sync`
}
