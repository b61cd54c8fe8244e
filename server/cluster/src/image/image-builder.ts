/**
 * Keeps the rows of the metadata store as they come in and makes images of them.
 *
 * The rows may be ahead of what an image shows: a topic that is being created has partitions before it has
 * a name, and only the name makes it exist. An image is made when it is asked for, so a burst of revisions
 * costs one; topics that did not change keep their object, which is how differences are found.
 */
import { brokerId, invariant, leaderEpoch, type Uuid } from '@ottla/base'
import { parseKey, type BrokerConfigName } from '../layout/keys.ts'
import * as values from '../layout/values.ts'
import type { KeyValue, RangeResult, RevisionEvents } from '../metadata-store.ts'
import { ClusterImage } from './cluster-image.ts'
import type { ConfigsImage, BrokerImage, PartitionImage, TopicImage } from './cluster-image.ts'
import { isInternalTopic } from './internal-topics.ts'
import { NameCollisions } from './name-collisions.ts'

interface TopicRow extends values.TopicValue {
  readonly revision: number
}

export class ImageBuilder {
  /** Of the names in the latest rows. */
  readonly collisions = new NameCollisions()

  #revision = 0
  #clusterId: Uuid | undefined
  readonly #brokers = new Map<number, BrokerImage>()
  readonly #brokerConfigs = new Map<BrokerConfigName, ConfigsImage>()
  readonly #topics = new Map<string, TopicRow>()
  readonly #topicNames = new Map<Uuid, string>()
  readonly #topicConfigs = new Map<string, ConfigsImage>()
  readonly #partitions = new Map<Uuid, Map<number, PartitionImage>>()

  #image: ClusterImage | undefined
  /** What the last image shows; replaced, never changed, once an image holds it. */
  #shownTopics: ReadonlyMap<string, TopicImage> = new Map()
  #shownTopicNames: ReadonlyMap<Uuid, string> = new Map()
  readonly #changedTopics = new Set<string>()

  constructor({ kvs, revision }: RangeResult) {
    for (const kv of kvs) this.#put(kv)
    this.#revision = revision
  }

  get revision(): number {
    return this.#revision
  }

  get clusterId(): Uuid | undefined {
    return this.#clusterId
  }

  apply({ revision, events }: RevisionEvents): void {
    invariant(revision > this.#revision, 'metadata revisions do not grow', { revision })
    for (const event of events) {
      if (event.kind === 'put') this.#put(event.kv)
      else this.#delete(event.key)
    }
    this.#revision = revision
    this.#image = undefined
  }

  image(): ClusterImage {
    this.#image ??= this.#build()
    return this.#image
  }

  /** Ids of topics whose partitions were written but which never came to exist, or no longer do. */
  orphanedTopicIds(): Uuid[] {
    return [...this.#partitions.keys()].filter((topicId) => !this.#topicNames.has(topicId))
  }

  #put(kv: KeyValue): void {
    const key = parseKey(kv.key)
    switch (key.kind) {
      case 'clusterId':
        this.#clusterId = values.decodeClusterId(kv)
        return
      case 'broker':
        this.#brokers.set(key.brokerId, brokerImage(key.brokerId, kv))
        return
      case 'brokerConfig':
        this.#brokerConfigs.set(key.name, configsImage(kv))
        return
      case 'topic':
        this.#forgetTopic(key.name)
        this.#rememberTopic(key.name, { ...values.decodeTopic(kv), revision: kv.modRevision })
        return
      case 'topicConfig':
        this.#topicConfigs.set(key.name, configsImage(kv))
        this.#changedTopics.add(key.name)
        return
      case 'partition':
        this.#putPartition(key.topicId, partitionImage(key.partition, kv))
        return
      case 'other':
    }
  }

  #delete(storeKey: string): void {
    const key = parseKey(storeKey)
    switch (key.kind) {
      case 'broker':
        this.#brokers.delete(key.brokerId)
        return
      case 'brokerConfig':
        this.#brokerConfigs.delete(key.name)
        return
      case 'topic':
        this.#forgetTopic(key.name)
        return
      case 'topicConfig':
        this.#topicConfigs.delete(key.name)
        this.#changedTopics.add(key.name)
        return
      case 'partition':
        this.#deletePartition(key.topicId, key.partition)
        return
      case 'clusterId':
      case 'other':
    }
  }

  #rememberTopic(name: string, row: TopicRow): void {
    this.#topics.set(name, row)
    this.collisions.add(name)
    this.#topicNames.set(row.topicId, name)
    this.#changedTopics.add(name)
  }

  #forgetTopic(name: string): void {
    const row = this.#topics.get(name)
    if (row === undefined) return
    this.#topics.delete(name)
    this.collisions.delete(name)
    this.#topicNames.delete(row.topicId)
    this.#changedTopics.add(name)
  }

  #putPartition(topicId: Uuid, partition: PartitionImage): void {
    const partitions = this.#partitions.get(topicId) ?? new Map<number, PartitionImage>()
    this.#partitions.set(topicId, partitions.set(partition.partition, partition))
    this.#markChanged(topicId)
  }

  #deletePartition(topicId: Uuid, partition: number): void {
    const partitions = this.#partitions.get(topicId)
    if (partitions === undefined) return
    partitions.delete(partition)
    if (partitions.size === 0) this.#partitions.delete(topicId)
    this.#markChanged(topicId)
  }

  #markChanged(topicId: Uuid): void {
    const name = this.#topicNames.get(topicId)
    if (name !== undefined) this.#changedTopics.add(name)
  }

  #build(): ClusterImage {
    invariant(this.#clusterId !== undefined, 'the cluster has no id yet')
    if (this.#changedTopics.size > 0) this.#showTopics()
    return new ClusterImage({
      revision: this.#revision,
      clusterId: this.#clusterId,
      brokers: new Map(this.#brokers),
      brokerConfigs: new Map(this.#brokerConfigs),
      topics: this.#shownTopics,
      topicNames: this.#shownTopicNames,
    })
  }

  #showTopics(): void {
    const topics = new Map(this.#shownTopics)
    for (const name of this.#changedTopics) {
      const row = this.#topics.get(name)
      if (row === undefined) topics.delete(name)
      else topics.set(name, this.#topicImage(name, row))
    }
    this.#shownTopics = topics
    this.#shownTopicNames = new Map(this.#topicNames)
    this.#changedTopics.clear()
  }

  #topicImage(name: string, row: TopicRow): TopicImage {
    const { topicId, revision } = row
    const rows = this.#partitions.get(topicId)
    const partitions = Array.from({ length: row.partitions }, (_, number) => {
      const partition = rows?.get(number)
      invariant(partition !== undefined, 'a topic lacks a partition', { name, topicId, number })
      return partition
    })
    const configs = this.#topicConfigs.get(name)
    return {
      name,
      topicId,
      isInternal: isInternalTopic(name),
      configs: configs?.configs ?? new Map(),
      partitions,
      topicRevision: revision,
      configsRevision: configs?.revision ?? 0,
    }
  }
}

function configsImage(kv: KeyValue): ConfigsImage {
  return { configs: values.decodeConfigs(kv), revision: kv.modRevision }
}

function brokerImage(id: number, kv: KeyValue): BrokerImage {
  const { host, port, rack, endpoints } = values.decodeBroker(kv)
  return { id: brokerId(id), host, port, rack, endpoints, epoch: kv.createRevision }
}

function partitionImage(partition: number, kv: KeyValue): PartitionImage {
  const value = values.decodePartition(kv)
  return {
    partition,
    leaderId: value.leader,
    leaderEpoch: leaderEpoch(value.leaderEpoch),
    partitionEpoch: value.partitionEpoch,
    replicas: value.replicas,
    isr: value.isr,
  }
}
