/**
 * CreateTopics, versions 2 to 7. From 4 on the broker fills in partition count and replication factor;
 * from 5 on it says what it has made; from 7 on with the id.
 *
 * After a lost connection the request is sent again although the first one may have been carried out:
 * TOPIC_ALREADY_EXISTS can then mean that it was.
 */
import type { Uuid } from '@ottla/base'
import type { CreateTopicsRequestCreatableTopic } from '@ottla/protocol/create-topics-request'
import type { CreateTopicsResponseCreatableTopicResult } from '@ottla/protocol/create-topics-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { ValidateOptions } from '../admin-options.ts'
import { failed, type Outcomes } from '../outcome.ts'
import { brokerTimeoutMs, toController } from '../asking/any-broker.ts'
import type { Peer } from '../asking/peer.ts'
import { isPassing, settleEach } from '../asking/settle-each.ts'
import { CREATE_TOPICS } from './topic-apis.ts'

export interface NewTopic {
  readonly name: string
  /** num.partitions of the broker by default. */
  readonly partitions?: number
  /** default.replication.factor of the broker by default. */
  readonly replicationFactor?: number
  /** Brokers of each partition, the first one preferred as its leader; in place of the two numbers. */
  readonly assignments?: readonly (readonly number[])[]
  /** `{ 'cleanup.policy': 'compact' }` */
  readonly configs?: Readonly<Record<string, string | number | boolean>>
}

export type CreateTopicsOptions = ValidateOptions

export interface CreatedTopic {
  readonly name: string
  /** All zeros for `validateOnly` and from brokers before Kafka 2.8. */
  readonly id: Uuid
  /** undefined from brokers before Kafka 2.4, and when the caller may not see it. */
  readonly partitionCount: number | undefined
  readonly replicationFactor: number | undefined
}

const DEFAULTS_VERSION = 4
const BROKER_DEFAULT = -1

export function createTopics(
  cluster: Cluster,
  topics: readonly NewTopic[],
  options: CreateTopicsOptions,
): Promise<Outcomes<string, CreatedTopic>> {
  return settleEach<NewTopic, string, CreatedTopic>(cluster, {
    items: topics,
    keyOf: ({ name }) => name,
    textOf: (name) => name,
    router: toController(cluster),
    // Timed out at the broker, it goes on all the same: asked again, it would exist already.
    isRetriable: (error) => isPassing(error) && error.code !== 'REQUEST_TIMED_OUT',
    ask: async (peer, items, settle) => {
      const able = items.filter((topic) => {
        const problem = problemWith(topic, peer)
        if (problem !== undefined) settle(topic, failed(problem))
        return problem === undefined
      })
      if (able.length === 0) return
      const response = await peer.request(CREATE_TOPICS, {
        topics: able.map(requestOf),
        timeoutMs: brokerTimeoutMs(cluster, options),
        validateOnly: options.validateOnly ?? false,
      })
      const results = new Map(response.topics.map((result) => [result.name, result]))
      for (const topic of able) {
        const result = results.get(topic.name)
        if (result === undefined) continue
        const what = `topic "${topic.name}"`
        settle(
          topic,
          peer.outcome(CREATE_TOPICS, result, what, () => createdTopic(result)),
        )
      }
    },
    options,
  })
}

function problemWith(topic: NewTopic, peer: Peer): KafkaError | undefined {
  const { name, partitions, replicationFactor, assignments } = topic
  const hasNumbers = partitions !== undefined || replicationFactor !== undefined
  if (assignments !== undefined) {
    return hasNumbers
      ? invalid(`Topic "${name}" has assignments; leave out partitions and replicationFactor`)
      : undefined
  }
  if (partitions !== undefined && !(Number.isInteger(partitions) && partitions > 0)) {
    return invalid(
      `Topic "${name}" is to have ${partitions} partitions: a whole number from 1 expected`,
    )
  }
  const isLeftToBroker = partitions === undefined || replicationFactor === undefined
  if (isLeftToBroker && (peer.versionOf(CREATE_TOPICS) ?? 0) < DEFAULTS_VERSION) {
    return invalid(
      `${peer.broker} is too old for defaults: give partitions and replicationFactor of topic "${name}"`,
    )
  }
  return undefined
}

function invalid(message: string): KafkaError {
  return new KafkaError('INVALID_ARGUMENT', message)
}

function requestOf(topic: NewTopic): CreateTopicsRequestCreatableTopic {
  const { name, partitions, replicationFactor, assignments = [], configs = {} } = topic
  return {
    name,
    numPartitions: partitions ?? BROKER_DEFAULT,
    replicationFactor: replicationFactor ?? BROKER_DEFAULT,
    assignments: assignments.map((brokerIds, partitionIndex) => ({
      partitionIndex,
      brokerIds: [...brokerIds],
    })),
    configs: Object.entries(configs).map(([key, value]) => ({ name: key, value: String(value) })),
  }
}

function createdTopic(result: CreateTopicsResponseCreatableTopicResult): CreatedTopic {
  const { name, topicId: id, numPartitions, replicationFactor } = result
  const known = (count: number): number | undefined => (count < 0 ? undefined : count)
  return {
    name,
    id,
    partitionCount: known(numPartitions),
    replicationFactor: known(replicationFactor),
  }
}
