import { describeCluster } from '../connect/describe-cluster.ts'
import { EXIT } from '../failure/exit-code.ts'
import { findUnhealthy } from '../doctor/unhealthy-partitions.ts'
import { counted } from '../output/human.ts'
import { printListing } from '../output/print-listing.ts'
import type { Invocation } from '../parse/invocation.ts'
import { withKafka } from './with-kafka.ts'

export async function clusterHealth(invocation: Invocation): Promise<number | void> {
  const { cluster, topics } = await withKafka(invocation, async (kafka, wait) => {
    const cluster = await describeCluster(kafka, wait)
    const names = (await kafka.admin.topics.list({ ...wait, includeInternal: true })).map(
      ({ name }) => name,
    )
    // One that was deleted meanwhile is no illness.
    const topics = (await kafka.admin.topics.describe(names, wait))
      .successes()
      .map(([, topic]) => topic)
    return { cluster, topics }
  })
  const partitions = findUnhealthy(topics)
  const partitionCount = topics.reduce((sum, topic) => sum + topic.partitions.length, 0)
  const leaderlessCount = partitions.filter(({ problem }) => problem === 'no leader').length
  const hasController = cluster.controllerId !== null
  const isHealthy = partitions.length === 0 && hasController
  await printListing(invocation, {
    schema: 'ottla/cluster.health/1',
    plural: 'partitions',
    rows: partitions,
    columns: [
      { title: 'TOPIC', value: ({ topic }) => topic },
      { title: 'PARTITION', value: ({ partition }) => partition, isRight: true },
      { title: 'PROBLEM', value: ({ problem }) => problem },
      { title: 'LEADER', value: ({ leader }) => leader, isRight: true },
      { title: 'REPLICAS', value: ({ replicas }) => replicas.join(',') },
      { title: 'ISR', value: ({ inSyncReplicas }) => inSyncReplicas.join(',') },
    ],
    name: ({ topic, partition }) => `${topic}-${partition}`,
    summary: {
      isHealthy,
      brokerCount: cluster.brokers.length,
      controllerId: cluster.controllerId,
      topicCount: topics.length,
      partitionCount,
      leaderlessCount,
      underReplicatedCount: partitions.length - leaderlessCount,
    },
    heading:
      `${isHealthy ? 'Healthy' : 'Not healthy'}: ${counted(cluster.brokers.length, 'broker')}, ` +
      `${hasController ? `controller ${cluster.controllerId ?? ''}` : 'no controller'}, ` +
      `${counted(topics.length, 'topic')}, ${counted(partitionCount, 'partition')}, ` +
      `${leaderlessCount} without a leader, ${partitions.length - leaderlessCount} under-replicated`,
  })
  return !isHealthy && invocation.options.flag('exit-code') ? EXIT.failed : undefined
}
