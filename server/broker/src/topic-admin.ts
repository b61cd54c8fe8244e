/**
 * Topics as clients ask for them: defaults filled in, names and configuration checked, created in the
 * cluster. The logs exist when a call returns (assemble.ts hosts them before a change is announced), so
 * whoever is answered can produce at once; a topic whose logs do not fit on the disk is an error, though it
 * exists.
 */
import { ZERO_UUID, type Logger, type Uuid } from '@ottla/base'
import {
  invalidTopicName,
  type ClusterMetadata,
  type CreateTopicRequest,
  type CreateTopicResult,
} from '@ottla/cluster'
import { ErrorCode, errorCodeOf } from '@ottla/protocol'
import type { ReplicaManager } from '@ottla/replication'
import type { BrokerConfig } from './config/broker-config.ts'
import { topicConfigProblem } from './config/topic-config-problem.ts'
import { CONSUMER_OFFSETS_TOPIC } from './internal-topics.ts'
import { refusalByMissing, refusalByStorage } from './storage-refusal.ts'
import type { TopicHosting } from './topic-hosting.ts'

export interface NewTopic {
  readonly name: string
  /** -1 for the broker's default. */
  readonly numPartitions: number
  /** -1 for the broker's default. */
  readonly replicationFactor: number
  readonly assignments: readonly { readonly partition: number; readonly replicas: number[] }[]
  readonly configs: readonly { readonly name: string; readonly value: string | null }[]
}

export interface TopicOutcome {
  readonly errorCode: ErrorCode
  readonly errorMessage: string | null
  readonly topicId: Uuid
  readonly numPartitions: number
  readonly replicationFactor: number
}

export interface TopicAdminOptions {
  readonly metadata: ClusterMetadata
  readonly replicas: ReplicaManager
  readonly hosting: TopicHosting
  readonly config: BrokerConfig
  readonly logger: Logger
}

export class TopicAdmin {
  readonly #metadata: ClusterMetadata
  readonly #replicas: ReplicaManager
  readonly #hosting: TopicHosting
  readonly #config: BrokerConfig
  readonly #logger: Logger

  constructor(options: TopicAdminOptions) {
    this.#metadata = options.metadata
    this.#replicas = options.replicas
    this.#hosting = options.hosting
    this.#config = options.config
    this.#logger = options.logger
  }

  /** Outcomes in the order of `topics`. */
  async create(topics: readonly NewTopic[], validateOnly: boolean): Promise<TopicOutcome[]> {
    const outcomes: (TopicOutcome | undefined)[] = topics.map((topic) => this.#configRefusal(topic))
    const wanted = topics.filter((_topic, index) => outcomes[index] === undefined)
    const created = await this.#created(wanted, validateOnly)
    let next = 0
    return outcomes.map(
      (outcome) => outcome ?? created[next++] ?? refused(ErrorCode.UNKNOWN_SERVER_ERROR, null),
    )
  }

  async #created(topics: readonly NewTopic[], validateOnly: boolean): Promise<TopicOutcome[]> {
    // Whoever asks again after a refusal has made room, and need not wait for the next try.
    await this.#hosting.retry()
    try {
      const results = await this.#metadata.createTopics(
        topics.map((topic) => this.#creation(topic)),
        { validateOnly },
      )
      return results.map((result) => this.#outcomeOf(result))
    } catch (error) {
      const { errorCode, errorMessage } = refusalByStorage(error)
      return topics.map(() => refused(errorCode, errorMessage))
    }
  }

  #outcomeOf(result: CreateTopicResult): TopicOutcome {
    const missing =
      result.error === 'NONE'
        ? refusalByMissing(this.#replicas.topicById(result.topicId))
        : undefined
    if (missing !== undefined) return refused(missing.errorCode, missing.errorMessage)
    return { ...result, errorCode: errorCodeOf(result.error), errorMessage: result.message }
  }

  #configRefusal(topic: NewTopic): TopicOutcome | undefined {
    for (const { name, value } of topic.configs) {
      const problem =
        value === null
          ? `Null value not supported for topic configs: ${name}`
          : topicConfigProblem(name, value)
      if (problem !== undefined) return refused(ErrorCode.INVALID_CONFIG, problem)
    }
    return undefined
  }

  #creation(topic: NewTopic): CreateTopicRequest {
    const isManual = topic.assignments.length > 0
    return {
      name: topic.name,
      numPartitions:
        topic.numPartitions === -1 && !isManual ? this.#config.numPartitions : topic.numPartitions,
      replicationFactor:
        topic.replicationFactor === -1 && !isManual
          ? this.#config.defaultReplicationFactor
          : topic.replicationFactor,
      ...(isManual ? { assignments: topic.assignments } : {}),
      configs: new Map(topic.configs.map(({ name, value }) => [name, value ?? ''])),
    }
  }

  /** What Metadata asks for. Names that could not be created are in the answer, with the reason. */
  async autoCreate(names: readonly string[]): Promise<Map<string, ErrorCode>> {
    const outcomes = await this.create(
      names.map((name) => this.#autoTopic(name)),
      false,
    )
    const refusals = new Map<string, ErrorCode>()
    outcomes.forEach(({ errorCode, errorMessage }, index) => {
      const isThere = errorCode === ErrorCode.NONE || errorCode === ErrorCode.TOPIC_ALREADY_EXISTS
      if (isThere) return
      refusals.set(names[index] as string, errorCode)
      this.#logger.info('A topic that a client asked for was not created', {
        topic: names[index],
        errorMessage,
      })
    })
    return refusals
  }

  #autoTopic(name: string): NewTopic {
    const base = { name, assignments: [] }
    if (name !== CONSUMER_OFFSETS_TOPIC) {
      return { ...base, numPartitions: -1, replicationFactor: -1, configs: [] }
    }
    return {
      ...base,
      numPartitions: this.#config.offsetsTopicNumPartitions,
      replicationFactor: Math.min(
        this.#config.offsetsTopicReplicationFactor,
        this.#metadata.image.brokers().length,
      ),
      configs: [
        { name: 'cleanup.policy', value: 'compact' },
        { name: 'compression.type', value: 'producer' },
        { name: 'segment.bytes', value: String(this.#config.offsetsTopicSegmentBytes) },
      ],
    }
  }

  /** True when the topic that keeps group state is there, made now if need be. */
  async ensureConsumerOffsets(): Promise<boolean> {
    if (this.#metadata.image.topic(CONSUMER_OFFSETS_TOPIC) !== undefined) return true
    const refusals = await this.autoCreate([CONSUMER_OFFSETS_TOPIC])
    return refusals.size === 0
  }

  /** For a name that is not there: is it one that could be (conformance M4)? */
  refusalForUnknownName(name: string): ErrorCode {
    return invalidTopicName(name) === undefined
      ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
      : ErrorCode.INVALID_TOPIC_EXCEPTION
  }
}

function refused(errorCode: ErrorCode, errorMessage: string | null): TopicOutcome {
  return {
    errorCode,
    errorMessage,
    topicId: ZERO_UUID,
    numPartitions: -1,
    replicationFactor: -1,
  }
}
