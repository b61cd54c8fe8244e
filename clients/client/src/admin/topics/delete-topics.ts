/** DeleteTopics, versions 1 to 6: by name, and from 6 on by id. */
import { ZERO_UUID } from '@ottla/base'
import type { DeleteTopicsRequest } from '@ottla/protocol/delete-topics-request'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { AdminOptions } from '../admin-options.ts'
import { failed, type Outcomes } from '../outcome.ts'
import { brokerTimeoutMs, toController } from '../asking/any-broker.ts'
import { isPassing, settleEach } from '../asking/settle-each.ts'
import { refText, type TopicRef } from '../asking/topic-lookup.ts'
import { DELETE_TOPICS } from './topic-apis.ts'

const IDS_VERSION = 6

export function deleteTopics(
  cluster: Cluster,
  topics: readonly TopicRef[],
  options: AdminOptions,
): Promise<Outcomes<TopicRef, void>> {
  return settleEach<TopicRef, TopicRef, void>(cluster, {
    items: topics,
    keyOf: (topic) => topic,
    textOf: refText,
    router: toController(cluster),
    // Timed out at the broker, it goes on all the same: asked again, it would be unknown.
    isRetriable: (error) => isPassing(error) && error.code !== 'REQUEST_TIMED_OUT',
    ask: async (peer, items, settle) => {
      const takesIds = (peer.versionOf(DELETE_TOPICS) ?? 0) >= IDS_VERSION
      const able = items.filter((topic) => {
        const isAble = takesIds || typeof topic === 'string'
        if (!isAble) settle(topic, failed(tooOld(peer.broker)))
        return isAble
      })
      if (able.length === 0) return
      const timeoutMs = brokerTimeoutMs(cluster, options)
      const { responses } = await peer.request(DELETE_TOPICS, (version) =>
        requestOf(able, timeoutMs, version),
      )
      const byName = new Map(responses.map((result) => [result.name, result]))
      const byId = new Map(responses.map((result) => [result.topicId, result]))
      for (const topic of able) {
        const result = typeof topic === 'string' ? byName.get(topic) : byId.get(topic.id)
        if (result === undefined) continue
        const what = typeof topic === 'string' ? `topic "${topic}"` : `topic id "${topic.id}"`
        settle(
          topic,
          peer.outcome(DELETE_TOPICS, result, what, () => undefined),
        )
      }
    },
    options,
  })
}

function requestOf(
  topics: readonly TopicRef[],
  timeoutMs: number,
  version: number,
): DeleteTopicsRequest {
  if (version < IDS_VERSION) {
    const topicNames = topics.filter((topic) => typeof topic === 'string')
    return { topics: [], topicNames, timeoutMs }
  }
  const states = topics.map((topic) =>
    typeof topic === 'string'
      ? { name: topic, topicId: ZERO_UUID }
      : { name: null, topicId: topic.id },
  )
  return { topics: states, topicNames: [], timeoutMs }
}

function tooOld(broker: string): KafkaError {
  return new KafkaError(
    'UNSUPPORTED_VERSION',
    `${broker} cannot delete a topic by its id (Kafka 2.8 can); give its name`,
    { apiKey: DELETE_TOPICS.key, broker },
  )
}
