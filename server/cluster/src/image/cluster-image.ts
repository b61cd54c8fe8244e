/**
 * What this broker knows of the cluster at one revision of the metadata store.
 *
 * Immutable: whoever holds an image sees one moment, whatever happens meanwhile. The next image shares
 * with this one everything that did not change.
 */
import type { BrokerId, LeaderEpoch, Uuid } from '@ottla/base'
import type { BrokerConfigName } from '../layout/keys.ts'
import type { Configs } from '../layout/values.ts'

export interface EndpointImage {
  readonly listener: string
  readonly host: string
  readonly port: number
  readonly securityProtocol: string
}

export interface BrokerImage {
  readonly id: BrokerId
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly endpoints: readonly EndpointImage[]
  /** Grows with every registration: the revision that created it. */
  readonly epoch: number
}

export interface PartitionImage {
  readonly partition: number
  /** -1 when nobody leads. */
  readonly leaderId: number
  readonly leaderEpoch: LeaderEpoch
  readonly partitionEpoch: number
  /** In the order of preference. */
  readonly replicas: readonly number[]
  readonly isr: readonly number[]
}

export interface TopicImage {
  readonly name: string
  readonly topicId: Uuid
  readonly isInternal: boolean
  /** What was set on the topic itself, without defaults. */
  readonly configs: Configs
  /** By partition number, without gaps. */
  readonly partitions: readonly PartitionImage[]
  /** modRevision of the topic's own key, to compare with when its partitions change. */
  readonly topicRevision: number
  /** modRevision of its configs; 0 when none are set. */
  readonly configsRevision: number
}

export interface ConfigsImage {
  readonly configs: Configs
  readonly revision: number
}

export interface ClusterImageParts {
  readonly revision: number
  readonly clusterId: Uuid
  readonly brokers: ReadonlyMap<number, BrokerImage>
  readonly topics: ReadonlyMap<string, TopicImage>
  readonly topicNames: ReadonlyMap<Uuid, string>
  readonly brokerConfigs: ReadonlyMap<BrokerConfigName, ConfigsImage>
}

const NO_CONFIGS: ConfigsImage = { configs: new Map(), revision: 0 }

export class ClusterImage {
  readonly #parts: ClusterImageParts
  readonly #brokers: readonly BrokerImage[]

  constructor(parts: ClusterImageParts) {
    this.#parts = parts
    this.#brokers = [...parts.brokers.values()].sort((a, b) => a.id - b.id)
  }

  /** All changes up to this revision of the store are in, none after it. */
  get revision(): number {
    return this.#parts.revision
  }

  get clusterId(): Uuid {
    return this.#parts.clusterId
  }

  /** Ordered by id. */
  brokers(): readonly BrokerImage[] {
    return this.#brokers
  }

  broker(brokerId: number): BrokerImage | undefined {
    return this.#parts.brokers.get(brokerId)
  }

  topic(name: string): TopicImage | undefined {
    return this.#parts.topics.get(name)
  }

  topicById(topicId: Uuid): TopicImage | undefined {
    const name = this.#parts.topicNames.get(topicId)
    return name === undefined ? undefined : this.#parts.topics.get(name)
  }

  topics(): Iterable<TopicImage> {
    return this.#parts.topics.values()
  }

  get topicCount(): number {
    return this.#parts.topics.size
  }

  /** Dynamic configs of one broker alone, or with `''` those set for all brokers. */
  brokerConfigs(name: BrokerConfigName): Configs {
    return this.brokerConfigsImage(name).configs
  }

  /** For the controller: with the revision to compare with, 0 when nothing is set. */
  brokerConfigsImage(name: BrokerConfigName): ConfigsImage {
    return this.#parts.brokerConfigs.get(name) ?? NO_CONFIGS
  }

  allBrokerConfigs(): ReadonlyMap<BrokerConfigName, ConfigsImage> {
    return this.#parts.brokerConfigs
  }
}
