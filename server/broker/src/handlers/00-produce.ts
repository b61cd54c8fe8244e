/**
 * Produce, versions 3 to 13. Station 6 of the produce path: which partition gets which bytes.
 *
 * 3 transactional id; 7 zstd; 8 errors per record; 9 flexible; 10 leader hint; 12 implicit enlisting;
 * 13 topic ids. The records are an opaque slice of the frame: they are validated and given offsets in
 * place. The log takes a copy, which it writes at the end of the turn, so the frame is free at once.
 *
 * acks=0 gets no answer at all; when a partition refuses, the connection closes so that the client
 * notices (conformance C11, C12).
 */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeProduceRequest,
  type ProduceRequest,
  type ProduceRequestPartitionProduceData,
  type ProduceRequestTopicProduceData,
} from '@ottla/protocol/produce-request'
import {
  encodeProduceResponse,
  type ProduceResponse,
  type ProduceResponseTopicProduceResponse,
} from '@ottla/protocol/produce-response'
import { COMPRESSION_ZSTD, compressionTypeAt } from '@ottla/records'
import {
  absenceOf,
  DelayedProduce,
  type HostedTopic,
  type Partition,
  type ProduceOwner,
} from '@ottla/replication'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import type { BrokerContext } from '../broker-context.ts'
import { isInternalTopic } from '../internal-topics.ts'

const ADMIN_CLIENT_ID = '__admin_client'
const ZSTD_VERSION_MIN = 7
const TOPIC_ID_VERSION_MIN = 13
/** The lower byte of a batch's attributes, and the bit in it that marks a transaction. */
const ATTRIBUTES_AT = 22
const TRANSACTIONAL_BIT = 0x10

export function produceHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.Produce,
    isExclusive: false,
    handle(exchange: Exchange, body: ByteReader): void {
      const request = decodeProduceRequest(body, exchange.apiVersion)
      new ProduceCall(broker, exchange, request).run()
      exchange.isFrameFree = true
    },
  }
}

function isTransactional(records: Buffer | null): boolean {
  return ((records?.[ATTRIBUTES_AT] ?? 0) & TRANSACTIONAL_BIT) !== 0
}

class ProduceCall implements ProduceOwner {
  readonly #broker: BrokerContext
  readonly #exchange: Exchange
  readonly #request: ProduceRequest
  readonly #produce: DelayedProduce
  readonly #response: ProduceResponse

  constructor(broker: BrokerContext, exchange: Exchange, request: ProduceRequest) {
    this.#broker = broker
    this.#exchange = exchange
    this.#request = request
    this.#produce = new DelayedProduce(request.acks, this)
    this.#response = { responses: [], throttleTimeMs: 0, nodeEndpoints: [] }
  }

  run(): void {
    for (const topic of this.#request.topicData) this.#appendTopic(topic)
    this.#produce.start(this.#broker.clock, this.#request.timeoutMs)
  }

  #appendTopic(data: ProduceRequestTopicProduceData): void {
    const topic = this.#find(data)
    const responses: ProduceResponseTopicProduceResponse['partitionResponses'] = []
    this.#response.responses.push({
      name: topic?.name ?? data.name,
      topicId: data.topicId,
      partitionResponses: responses,
    })
    for (const partitionData of data.partitionData) {
      responses.push(this.#appendPartition(topic, partitionData))
    }
  }

  #find(data: ProduceRequestTopicProduceData): HostedTopic | undefined {
    const { replicas } = this.#broker
    return this.#exchange.apiVersion >= TOPIC_ID_VERSION_MIN
      ? replicas.topicById(data.topicId)
      : replicas.topic(data.name)
  }

  #appendPartition(topic: HostedTopic | undefined, data: ProduceRequestPartitionProduceData) {
    const result = this.#produce.result(data.index)
    const partition = topic?.partitions[data.index]
    const refusal = this.#refusal(topic, data, partition)
    if (refusal !== ErrorCode.NONE) {
      result.refuse(refusal, null)
      return result
    }
    const target = partition as Partition
    target.append(data.records as Buffer, result)
    if (result.errorCode === ErrorCode.NONE) this.#produce.waitFor(target, result)
    return result
  }

  #refusal(
    topic: HostedTopic | undefined,
    { index, records }: ProduceRequestPartitionProduceData,
    partition: Partition | undefined,
  ): ErrorCode {
    const { acks, transactionalId } = this.#request
    if (acks < -1 || acks > 1) return ErrorCode.INVALID_REQUIRED_ACKS
    if (topic === undefined || partition === undefined) {
      return topic === undefined && this.#exchange.apiVersion >= TOPIC_ID_VERSION_MIN
        ? ErrorCode.UNKNOWN_TOPIC_ID
        : absenceOf(topic, index)
    }
    // Transactions are not served yet (docs/reference/gaps.md), so no id can have been given out. A
    // transactional batch without one would open a transaction that nobody can end.
    if (transactionalId !== null || isTransactional(records)) {
      return ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
    }
    if (isInternalTopic(topic.name) && this.#exchange.clientId !== ADMIN_CLIENT_ID) {
      return ErrorCode.INVALID_TOPIC_EXCEPTION
    }
    if (records === null || records.length === 0) return ErrorCode.INVALID_RECORD
    if (
      this.#exchange.apiVersion < ZSTD_VERSION_MIN &&
      compressionTypeAt(records, 0) === COMPRESSION_ZSTD
    ) {
      return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE
    }
    return ErrorCode.NONE
  }

  onProduceDone(produce: DelayedProduce): void {
    if (this.#request.acks !== 0) {
      this.#exchange.reply(encodeProduceResponse, this.#response)
      return
    }
    this.#exchange.replyNothing()
    const hasError = produce.results.some((result) => result.errorCode !== ErrorCode.NONE)
    if (hasError) this.#exchange.connection.closeAfterReplies()
  }
}
