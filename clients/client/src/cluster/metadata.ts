/**
 * What the client believes of the cluster: brokers, and for each topic that it is interested in who
 * leads which partition. Filled by Metadata answers, mended by what a Produce or Fetch answer says of
 * a new leader (KIP-951). Synchronous and without I/O; `metadata-refresher.ts` asks the brokers.
 */
import { ZERO_UUID, type BrokerId, type LeaderEpoch, type Uuid } from '@ottla/base'
import type { MetadataResponse, MetadataResponseTopic } from '@ottla/protocol/metadata-response'
import type { BrokerAddress } from '../connection/broker-address.ts'

export interface BrokerNode extends BrokerAddress {
  readonly id: BrokerId
  readonly rack: string | null
}

export interface PartitionMetadata {
  readonly partition: number
  /** -1 while there is none. */
  leaderId: BrokerId
  leaderEpoch: LeaderEpoch
  readonly replicas: readonly BrokerId[]
  readonly inSyncReplicas: readonly BrokerId[]
  readonly offlineReplicas: readonly BrokerId[]
}

export interface TopicMetadata {
  readonly name: string
  /** ZERO_UUID from a broker that has none. */
  readonly id: Uuid
  readonly isInternal: boolean
  /** Indexed by partition number. */
  readonly partitions: readonly PartitionMetadata[]
}

const NO_LEADER = -1 as BrokerId

export class Metadata {
  #brokers = new Map<BrokerId, BrokerNode>()
  readonly #topics = new Map<string, TopicMetadata>()
  readonly #namesById = new Map<Uuid, string>()
  clusterId: string | null = null
  controllerId: BrokerId = NO_LEADER
  /** Counts the updates, so that a waiter knows whether it has seen the newest. */
  version = 0

  get brokers(): ReadonlyMap<BrokerId, BrokerNode> {
    return this.#brokers
  }

  topics(): IterableIterator<TopicMetadata> {
    return this.#topics.values()
  }

  topic(name: string): TopicMetadata | undefined {
    return this.#topics.get(name)
  }

  topicName(id: Uuid): string | undefined {
    return this.#namesById.get(id)
  }

  partition(topic: string, partition: number): PartitionMetadata | undefined {
    return this.#topics.get(topic)?.partitions[partition]
  }

  /** undefined when the topic is unknown or has no leader just now. */
  leaderOf(topic: string, partition: number): BrokerId | undefined {
    const leaderId = this.partition(topic, partition)?.leaderId
    return leaderId === undefined || leaderId < 0 ? undefined : leaderId
  }

  /** Topics of the answer that have an error are left as they were; the caller deals with them. */
  update(response: MetadataResponse): void {
    this.version++
    this.clusterId = response.clusterId ?? this.clusterId
    this.controllerId = response.controllerId as BrokerId
    if (response.brokers.length > 0) {
      this.#brokers = new Map(
        response.brokers.map(({ nodeId, host, port, rack }) => {
          const id = nodeId as BrokerId
          return [id, { id, host, port, rack }]
        }),
      )
    }
    for (const topic of response.topics) if (topic.errorCode === 0) this.#updateTopic(topic)
  }

  #updateTopic(topic: MetadataResponseTopic): void {
    const name = topic.name ?? ''
    const before = this.#topics.get(name)
    if (before !== undefined) this.#namesById.delete(before.id)
    // Another topic of the same name (deleted and created) starts again at a low epoch.
    const isSame = before?.id === topic.topicId
    // A partition that the answer leaves out has no leader; one out of range is no partition.
    const partitions = topic.partitions.map((_, partition) => withoutLeader(partition))
    for (const partition of topic.partitions) {
      const { partitionIndex } = partition
      if (partitions[partitionIndex] === undefined) continue
      const old = isSame ? before?.partitions[partitionIndex] : undefined
      const isOlder = old !== undefined && partition.leaderEpoch < old.leaderEpoch
      // A broker that lags behind must not send us back to the leader of before.
      const leader = isOlder ? old : undefined
      partitions[partitionIndex] = {
        partition: partitionIndex,
        leaderId: leader?.leaderId ?? (partition.leaderId as BrokerId),
        leaderEpoch: leader?.leaderEpoch ?? (partition.leaderEpoch as LeaderEpoch),
        replicas: partition.replicaNodes as BrokerId[],
        inSyncReplicas: partition.isrNodes as BrokerId[],
        offlineReplicas: partition.offlineReplicas as BrokerId[],
      }
    }
    const { topicId: id, isInternal } = topic
    this.#topics.set(name, { name, id, isInternal, partitions })
    if (id !== ZERO_UUID) this.#namesById.set(id, name)
  }

  /** From the answer of a broker that leads no more; true when it is news. */
  moveLeader(
    topic: string,
    partition: number,
    leader: { id: BrokerId; epoch: LeaderEpoch },
  ): boolean {
    const known = this.partition(topic, partition)
    if (known === undefined || leader.id < 0 || leader.epoch <= known.leaderEpoch) return false
    known.leaderId = leader.id
    known.leaderEpoch = leader.epoch
    return true
  }

  /** Of the same answer: where the new leaders listen. */
  addBroker(node: BrokerNode): void {
    this.#brokers.set(node.id, node)
  }

  /** When the cluster says that they are not what we should talk to (KIP-1102). */
  forgetBrokers(): void {
    this.#brokers = new Map()
  }

  forgetTopic(name: string): void {
    const topic = this.#topics.get(name)
    if (topic === undefined) return
    this.#topics.delete(name)
    this.#namesById.delete(topic.id)
  }
}

function withoutLeader(partition: number): PartitionMetadata {
  return {
    partition,
    leaderId: NO_LEADER,
    leaderEpoch: -1 as LeaderEpoch,
    replicas: [],
    inSyncReplicas: [],
    offlineReplicas: [],
  }
}
