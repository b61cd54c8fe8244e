/** ListOffsets and OffsetForLeaderEpoch, of many partitions that one broker leads. */
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  encodeListOffsetsRequest,
  type ListOffsetsRequestListOffsetsTopic,
} from '@ottla/protocol/list-offsets-request'
import { decodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import {
  encodeOffsetForLeaderEpochRequest,
  type OffsetForLeaderEpochRequestOffsetForLeaderTopic,
} from '@ottla/protocol/offset-for-leader-epoch-request'
import { decodeOffsetForLeaderEpochResponse } from '@ottla/protocol/offset-for-leader-epoch-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import { partitionKey } from '../../topic-partition.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'

export const LIST_OFFSETS = defineApi(
  ApiKey.ListOffsets,
  encodeListOffsetsRequest,
  decodeListOffsetsResponse,
  // Isolation came with 2; the newer ones add timestamps that we do not ask for.
  { min: 2 },
)

export const OFFSET_FOR_LEADER_EPOCH = defineApi(
  ApiKey.OffsetForLeaderEpoch,
  encodeOffsetForLeaderEpochRequest,
  decodeOffsetForLeaderEpochResponse,
  // Version 2 answers replicas only (KIP-320).
  { min: 3 },
)

/** Who asks, as the protocol names a consumer. */
const CONSUMER_ID = -1
const TIMEOUT_VERSION = 10

export interface PartitionAnswer {
  readonly errorCode: number
  readonly offset: number
  readonly leaderEpoch: number
}

/** What the answer leaves out is asked again. */
const LEFT_OUT: PartitionAnswer = {
  errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  offset: -1,
  leaderEpoch: -1,
}

export interface OffsetQuestion {
  readonly partition: AssignedPartition
  /** The leader's, as we believe; -1 where unknown. */
  readonly currentLeaderEpoch: number
  /** Of ListOffsets. */
  readonly timestamp: number
}

export function questionOf(
  { metadata }: Cluster,
  partition: AssignedPartition,
  timestamp: number,
): OffsetQuestion {
  const known = metadata.partition(partition.topic, partition.partition)
  return { partition, timestamp, currentLeaderEpoch: known?.leaderEpoch ?? -1 }
}

export async function listOffsets(
  connection: BrokerConnection,
  questions: readonly OffsetQuestion[],
  { isReadCommitted, timeoutMs }: { isReadCommitted: boolean; timeoutMs: number },
): Promise<readonly PartitionAnswer[]> {
  const topics = new Map<string, ListOffsetsRequestListOffsetsTopic>()
  for (const { partition, currentLeaderEpoch, timestamp } of questions) {
    const { topic: name, partition: partitionIndex } = partition
    const topic = topics.get(name) ?? { name, partitions: [] }
    topics.set(name, topic)
    topic.partitions.push({ partitionIndex, currentLeaderEpoch, timestamp })
  }
  const response = await connection.request(LIST_OFFSETS, (version) => ({
    replicaId: CONSUMER_ID,
    isolationLevel: isReadCommitted ? 1 : 0,
    topics: [...topics.values()],
    timeoutMs: version >= TIMEOUT_VERSION ? timeoutMs : 0,
  }))
  const answers = new Map<string, PartitionAnswer>()
  for (const { name, partitions } of response.topics) {
    for (const one of partitions) answers.set(partitionKey(name, one.partitionIndex), one)
  }
  return questions.map(({ partition }) => answers.get(partition.key) ?? LEFT_OUT)
}

/** The end of the epoch in which the last record was read, as the leader has it. */
export async function endOffsetsOfEpochs(
  connection: BrokerConnection,
  questions: readonly OffsetQuestion[],
): Promise<readonly PartitionAnswer[]> {
  const topics = new Map<string, OffsetForLeaderEpochRequestOffsetForLeaderTopic>()
  for (const { partition, currentLeaderEpoch } of questions) {
    const topic = topics.get(partition.topic) ?? { topic: partition.topic, partitions: [] }
    topics.set(partition.topic, topic)
    topic.partitions.push({
      partition: partition.partition,
      currentLeaderEpoch,
      leaderEpoch: partition.fetchEpoch,
    })
  }
  const response = await connection.request(OFFSET_FOR_LEADER_EPOCH, {
    replicaId: CONSUMER_ID,
    topics: [...topics.values()],
  })
  const answers = new Map<string, PartitionAnswer>()
  for (const { topic, partitions } of response.topics) {
    for (const { partition, errorCode, endOffset, leaderEpoch } of partitions) {
      answers.set(partitionKey(topic, partition), { errorCode, offset: endOffset, leaderEpoch })
    }
  }
  return questions.map(({ partition }) => answers.get(partition.key) ?? LEFT_OUT)
}
