/**
 * Log directories: what lies where on each broker's disks (DescribeLogDirs, versions 1 to 5), and moving
 * a replica from one directory of its broker to another (AlterReplicaLogDirs, versions 1 and 2).
 */
import type { DescribeLogDirsResponseDescribeLogDirsResult } from '@ottla/protocol/describe-log-dirs-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { byTopic } from '../../consumer/group/partition-set.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import { succeeded, type Outcome, type Outcomes } from '../outcome.ts'
import { askBrokers, toBrokers } from '../asking/one-broker.ts'
import { partitionKeyOf, partitionText } from '../asking/leader.ts'
import type { Peer } from '../asking/peer.ts'
import { settleEach } from '../asking/settle-each.ts'
import { ALTER_REPLICA_LOG_DIRS, DESCRIBE_LOG_DIRS } from './cluster-apis.ts'

export interface DescribeLogDirsOptions extends AdminOptions {
  /** All of the cluster by default. */
  readonly brokerIds?: readonly number[]
  /** Only these; all that is there by default. */
  readonly partitions?: readonly TopicPartition[]
}

export interface LogDir {
  readonly path: string
  /** Of the disk that it is on; undefined from brokers before Kafka 3.3. */
  readonly totalBytes: number | undefined
  readonly usableBytes: number | undefined
  /** Nothing new is put there (KIP-1066). */
  readonly isCordoned: boolean
  readonly replicas: readonly ReplicaOnDisk[]
}

export interface ReplicaOnDisk extends TopicPartition {
  readonly sizeBytes: number
  /** How far it is behind the log's end, or the replica that it is to replace. */
  readonly offsetLag: number
  /** On its way here from another directory of the broker. */
  readonly isFuture: boolean
}

export interface ReplicaMove extends TopicPartition {
  readonly brokerId: number
  /** As the broker's `log.dirs` has it. */
  readonly path: string
}

/** For each broker its directories; one that is offline has an error (KAFKA_STORAGE_ERROR). */
export function describeLogDirs(
  cluster: Cluster,
  { brokerIds, partitions, ...options }: DescribeLogDirsOptions,
): Promise<Outcomes<number, readonly Outcome<LogDir>[]>> {
  const topics =
    partitions === undefined
      ? null
      : [...byTopic(partitions)].map(([topic, own]) => ({
          topic,
          partitions: own.map(({ partition }) => partition),
        }))
  return askBrokers(cluster, brokerIds, options, async (peer) => {
    const response = await peer.request(DESCRIBE_LOG_DIRS, { topics })
    peer.check(DESCRIBE_LOG_DIRS, response)
    return succeeded(
      response.results.map((result) => {
        const what = `log directory "${result.logDir}"`
        return peer.outcome(DESCRIBE_LOG_DIRS, result, what, () => logDirOf(result))
      }),
    )
  })
}

function logDirOf(result: DescribeLogDirsResponseDescribeLogDirsResult): LogDir {
  const { logDir: path, totalBytes, usableBytes, isCordoned, topics } = result
  const known = (bytes: number): number | undefined => (bytes < 0 ? undefined : bytes)
  const replicas = topics.flatMap(({ name: topic, partitions }) =>
    partitions.map((one) => ({
      topic,
      partition: one.partitionIndex,
      sizeBytes: one.partitionSize,
      offsetLag: one.offsetLag,
      isFuture: one.isFutureKey,
    })),
  )
  return {
    path,
    totalBytes: known(totalBytes),
    usableBytes: known(usableBytes),
    isCordoned,
    replicas,
  }
}

export function alterReplicaLogDirs(
  cluster: Cluster,
  moves: readonly ReplicaMove[],
  options: AdminOptions,
): Promise<Outcomes<ReplicaMove, void>> {
  return settleEach<ReplicaMove, ReplicaMove, void>(cluster, {
    items: moves,
    keyOf: (move) => move,
    textOf: (move) => `broker ${move.brokerId} ${partitionKeyOf(move)}`,
    router: toBrokers(({ brokerId }) => brokerId),
    ask: async (peer, items, settle) => {
      const { results } = await peer.request(ALTER_REPLICA_LOG_DIRS, requestOf(items))
      const byKey = new Map(items.map((item) => [partitionKeyOf(item), item]))
      for (const { topicName, partitions } of results) {
        for (const { partitionIndex, errorCode } of partitions) {
          const item = byKey.get(partitionKey(topicName, partitionIndex))
          if (item !== undefined) settle(item, moved(peer, item, errorCode))
        }
      }
    },
    options,
  })
}

function moved(peer: Peer, item: ReplicaMove, errorCode: number): Outcome<void> {
  const what = `${partitionText(item)} to "${item.path}"`
  return peer.outcome(ALTER_REPLICA_LOG_DIRS, { errorCode }, what, () => undefined)
}

function requestOf(moves: readonly ReplicaMove[]) {
  const byPath = Map.groupBy(moves, ({ path }) => path)
  return {
    dirs: [...byPath].map(([path, own]) => ({
      path,
      topics: [...byTopic(own)].map(([name, partitions]) => ({
        name,
        partitions: partitions.map(({ partition }) => partition),
      })),
    })),
  }
}
