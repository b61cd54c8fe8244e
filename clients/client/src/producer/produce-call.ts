/** Produce as a request of many batches, and its answer batch by batch. */
import { ZERO_UUID, type BrokerId, type LeaderEpoch } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import {
  encodeProduceRequest,
  type ProduceRequest,
  type ProduceRequestTopicProduceData,
} from '@ottla/protocol/produce-request'
import {
  decodeProduceResponse,
  type ProduceResponse,
  type ProduceResponsePartitionProduceResponse,
} from '@ottla/protocol/produce-response'
import type { Metadata } from '../cluster/metadata.ts'
import { defineApi, type Api } from '../connection/api.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { ProducerTransaction } from './producer-transaction.ts'

/** From here on a topic goes by its id (KIP-516). */
const TOPIC_ID_VERSION = 13

export type ProduceApi = Api<ProduceRequest, ProduceResponse>

export const PRODUCE: ProduceApi = defineApi(
  ApiKey.Produce,
  encodeProduceRequest,
  decodeProduceResponse,
)
/** For topics whose id the metadata does not tell. */
export const PRODUCE_BY_NAME: ProduceApi = defineApi(
  ApiKey.Produce,
  encodeProduceRequest,
  decodeProduceResponse,
  { max: TOPIC_ID_VERSION - 1 },
)

/** From here on the leader tells the transaction's coordinator of the partition (KIP-890). */
const ADDS_PARTITIONS_VERSION = 12
const PRODUCE_ADDED: ProduceApi = { ...PRODUCE, max: ADDS_PARTITIONS_VERSION - 1 }
const PRODUCE_AND_ADD: ProduceApi = { ...PRODUCE, min: ADDS_PARTITIONS_VERSION }
const PRODUCE_AND_ADD_BY_NAME: ProduceApi = {
  ...PRODUCE_BY_NAME,
  min: ADDS_PARTITIONS_VERSION,
}

export interface ProduceFields {
  readonly acks: number
  readonly timeoutMs: number
  readonly transaction?: ProducerTransaction | undefined
}

export function produceRequest(
  batches: readonly OutgoingBatch[],
  metadata: Metadata,
  { acks, timeoutMs, transaction }: ProduceFields,
): ProduceRequest {
  const topics = new Map<string, ProduceRequestTopicProduceData>()
  for (const { queue, bytes } of batches) {
    const { topic: name, partition } = queue
    let topic = topics.get(name)
    if (topic === undefined) {
      topic = { name, topicId: metadata.topic(name)?.id ?? ZERO_UUID, partitionData: [] }
      topics.set(name, topic)
    }
    topic.partitionData.push({ index: partition, records: bytes })
  }
  const transactionalId = transaction?.transactionalId ?? null
  return { transactionalId, acks, timeoutMs, topicData: [...topics.values()] }
}

export function produceApiFor(
  request: ProduceRequest,
  transaction: ProducerTransaction | undefined,
): ProduceApi {
  if (transaction?.isServerSide === false) return PRODUCE_ADDED
  const isByName = request.topicData.some(({ topicId }) => topicId === ZERO_UUID)
  if (transaction !== undefined) return isByName ? PRODUCE_AND_ADD_BY_NAME : PRODUCE_AND_ADD
  return isByName ? PRODUCE_BY_NAME : PRODUCE
}

export type PartitionAnswer = ProduceResponsePartitionProduceResponse

/**
 * The answer to each batch, in their order; undefined where the broker said nothing.
 */
export function answersTo(
  batches: readonly OutgoingBatch[],
  request: ProduceRequest,
  response: ProduceResponse,
): (PartitionAnswer | undefined)[] {
  const byPlace = new Map<string, PartitionAnswer>()
  const names = new Map(request.topicData.map(({ topicId, name }) => [topicId, name]))
  for (const { name, topicId, partitionResponses } of response.responses) {
    // By id when the version has no names.
    const topic = name === '' ? names.get(topicId) : name
    for (const answer of partitionResponses) byPlace.set(`${topic ?? ''} ${answer.index}`, answer)
  }
  return batches.map(({ queue }) => byPlace.get(`${queue.topic} ${queue.partition}`))
}

/** New leaders that the answer names, with where they listen (KIP-951). */
export function learnLeaders(metadata: Metadata, { nodeEndpoints }: ProduceResponse): void {
  for (const { nodeId, host, port, rack } of nodeEndpoints) {
    metadata.addBroker({ id: nodeId as BrokerId, host, port, rack })
  }
}

export function moveLeader(
  metadata: Metadata,
  { queue }: OutgoingBatch,
  { currentLeader }: PartitionAnswer,
): boolean {
  const leader = {
    id: currentLeader.leaderId as BrokerId,
    epoch: currentLeader.leaderEpoch as LeaderEpoch,
  }
  if (!metadata.brokers.has(leader.id)) return false
  return metadata.moveLeader(queue.topic, queue.partition, leader)
}
