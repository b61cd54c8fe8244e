/**
 * What the FakeBrokers of one cluster say in Metadata: who they are, and who leads what. A test moves
 * leaders and makes topics here; the brokers answer accordingly from then on.
 */
import { brokerId, leaderEpoch, randomUuid, seededRandom, ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { MetadataRequest } from '@ottla/protocol/metadata-request'
import type { MetadataResponse, MetadataResponseTopic } from '@ottla/protocol/metadata-response'

export interface FakeNode {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly isListening: boolean
}

export interface FakeTopicOptions {
  /** 1 by default. */
  readonly partitions?: number
  /** A fresh one by default. */
  readonly id?: Uuid
  readonly isInternal?: boolean
  /** Of each partition; the brokers in turn by default. -1 for a partition without a leader. */
  readonly leaders?: readonly number[]
}

export interface FakeTopic {
  readonly name: string
  readonly id: Uuid
  readonly isInternal: boolean
  readonly partitions: FakePartition[]
}

export interface FakePartition {
  /** Undefined for a broker by turn, as long as nobody has set one. */
  leaderId: number | undefined
  leaderEpoch: number
  replicas: number[] | undefined
}

export class FakeCluster {
  readonly id = 'fake-cluster'
  /** In the order in which they were made; one that does not listen is not told to clients. */
  readonly nodes: FakeNode[] = []
  readonly topics = new Map<string, FakeTopic>()
  readonly #random = seededRandom(1)

  addTopic(name: string, options: FakeTopicOptions | number = {}): FakeTopic {
    const { partitions = 1, leaders, id, isInternal = false } = asOptions(options)
    const topic: FakeTopic = {
      name,
      id: id ?? randomUuid(this.#random),
      isInternal,
      partitions: Array.from({ length: leaders?.length ?? partitions }, (_, index) => ({
        leaderId: leaders?.[index],
        leaderEpoch: 0,
        replicas: undefined,
      })),
    }
    this.topics.set(name, topic)
    return topic
  }

  topicById(id: Uuid): FakeTopic | undefined {
    return [...this.topics.values()].find((topic) => topic.id === id)
  }

  leaderOf(topic: string, partition: number): number {
    const chosen = this.topics.get(topic)?.partitions[partition]?.leaderId
    return chosen ?? this.nodes[partition % this.nodes.length]?.nodeId ?? -1
  }

  /** As an election does: the epoch goes up. */
  moveLeader(topic: string, partition: number, nodeId: number): void {
    const found = this.topics.get(topic)?.partitions[partition]
    if (found === undefined) throw new Error(`The fake cluster has no ${topic}-${partition}`)
    found.leaderId = nodeId
    found.leaderEpoch++
  }

  /** The answer to a Metadata request, for a handler that wants to change parts of it. */
  metadata({ topics }: Pick<MetadataRequest, 'topics'>, version: number): MetadataResponse {
    // An empty list means all topics in version 0, none afterwards.
    const wantsAll = topics === null || (version === 0 && topics.length === 0)
    const listening = this.nodes.filter(({ isListening }) => isListening)
    return {
      throttleTimeMs: 0,
      brokers: listening.map(({ nodeId, host, port, rack }) => ({
        nodeId: brokerId(nodeId),
        host,
        port,
        rack: version === 0 ? null : rack,
      })),
      clusterId: version < 2 ? null : this.id,
      controllerId: version < 1 ? -1 : (listening[0]?.nodeId ?? -1),
      topics: wantsAll
        ? [...this.topics.values()].map((topic) => this.#describe(topic, version))
        : topics.map(({ name, topicId }) => this.#answerTopic(name, topicId, version)),
      clusterAuthorizedOperations: NOT_ASKED_FOR,
      errorCode: 0,
    }
  }

  #answerTopic(name: string | null, topicId: Uuid, version: number): MetadataResponseTopic {
    const topic = name === null ? this.topicById(topicId) : this.topics.get(name)
    if (topic !== undefined) return this.#describe(topic, version)
    return {
      errorCode: name === null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      name: name ?? (version >= 12 ? null : ''),
      topicId: version >= 10 ? topicId : ZERO_UUID,
      isInternal: false,
      partitions: [],
      topicAuthorizedOperations: NOT_ASKED_FOR,
    }
  }

  #describe({ name, id, isInternal, partitions }: FakeTopic, version: number) {
    return {
      errorCode: 0,
      name,
      topicId: version >= 10 ? id : ZERO_UUID,
      isInternal: version >= 1 && isInternal,
      partitions: partitions.map((partition, partitionIndex) => {
        const leaderId = this.leaderOf(name, partitionIndex)
        const replicas = partition.replicas ?? this.nodes.map(({ nodeId }) => nodeId)
        return {
          errorCode: leaderId < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : 0,
          partitionIndex,
          leaderId: brokerId(leaderId),
          leaderEpoch: leaderEpoch(version >= 7 ? partition.leaderEpoch : -1),
          replicaNodes: replicas,
          isrNodes: replicas,
          offlineReplicas: [],
        }
      }),
      topicAuthorizedOperations: NOT_ASKED_FOR,
    }
  }
}

/** INT32_MIN, as Kafka says it. */
const NOT_ASKED_FOR = -2147483648

function asOptions(options: FakeTopicOptions | number): FakeTopicOptions {
  return typeof options === 'number' ? { partitions: options } : options
}
