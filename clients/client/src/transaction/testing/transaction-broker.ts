/**
 * A ProduceBroker that coordinates one transactional id as Kafka does, in both protocols, and takes no
 * record of a transaction that it was not told of. A test scripts what is refused.
 */
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeAddOffsetsToTxnRequest } from '@ottla/protocol/add-offsets-to-txn-request'
import { encodeAddOffsetsToTxnResponse } from '@ottla/protocol/add-offsets-to-txn-response'
import {
  decodeAddPartitionsToTxnRequest,
  type AddPartitionsToTxnRequest,
} from '@ottla/protocol/add-partitions-to-txn-request'
import {
  encodeAddPartitionsToTxnResponse,
  type AddPartitionsToTxnResponse,
} from '@ottla/protocol/add-partitions-to-txn-response'
import { decodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import { encodeApiVersionsResponse } from '@ottla/protocol/api-versions-response'
import { decodeEndTxnRequest, type EndTxnRequest } from '@ottla/protocol/end-txn-request'
import { encodeEndTxnResponse } from '@ottla/protocol/end-txn-response'
import {
  decodeInitProducerIdRequest,
  type InitProducerIdRequest,
} from '@ottla/protocol/init-producer-id-request'
import { encodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import {
  decodeTxnOffsetCommitRequest,
  type TxnOffsetCommitRequest,
} from '@ottla/protocol/txn-offset-commit-request'
import { encodeTxnOffsetCommitResponse } from '@ottla/protocol/txn-offset-commit-response'
import { ProduceBroker, type TakenBatch } from '../../producer/testing/produce-broker.ts'
import type { FakeWorld } from '../../testing/fake-world.ts'

type Phase = 'aborted' | 'committed' | 'empty' | 'ongoing'

interface Speaker {
  readonly producerId: number
  readonly producerEpoch: number
}

const PRODUCER_ID = 7000

export class TransactionBroker extends ProduceBroker {
  /** Of what was committed, in the order of arrival. */
  readonly committed: (string | null)[] = []
  readonly committedOffsets = new Map<string, number>()
  /** Error codes for the next requests of an API, one each; 0 does what was asked. */
  readonly refusals = new Map<ApiKey, number[]>()
  phase: Phase = 'empty'
  epoch = -1
  level: number
  readonly #partitions = new Set<string>()
  #offsets = new Map<string, number>()
  #hasOffsets = false
  /** How much of `taken` belongs to transactions that have ended. */
  #endedCount = 0

  constructor(world: FakeWorld, level: number) {
    super(world, { topics: { orders: 3, audit: 1 } })
    this.level = level
    this.refuse = (batch) => this.#checkProduce(batch)
    this.#serveVersions()
    this.#serveInit()
    this.#serveAdding()
    this.#serveOffsets()
    this.serve(
      ApiKey.EndTxn,
      { min: 0, max: 5 },
      decodeEndTxnRequest,
      encodeEndTxnResponse,
      (request, version) => {
        const errorCode = this.#next(ApiKey.EndTxn) || this.#end(request, version)
        const isDone = errorCode === 0 && version >= 5
        return {
          throttleTimeMs: 0,
          errorCode,
          producerId: isDone ? PRODUCER_ID : -1,
          producerEpoch: isDone ? this.epoch : -1,
        }
      },
    )
  }

  refuseNext(apiKey: ApiKey, ...errorCodes: number[]): void {
    this.refusals.set(apiKey, errorCodes)
  }

  /** Another producer has come. */
  fence(): void {
    this.epoch++
    this.phase = 'empty'
  }

  /** APIs of transactions in the order in which they came, with the version of those that matter. */
  get story(): string[] {
    const told = new Set<number>([
      ApiKey.AddOffsetsToTxn,
      ApiKey.AddPartitionsToTxn,
      ApiKey.EndTxn,
      ApiKey.InitProducerId,
      ApiKey.Produce,
      ApiKey.TxnOffsetCommit,
    ])
    return this.requests
      .filter(({ apiKey }) => told.has(apiKey))
      .map(({ apiName, version, apiKey, message }) => {
        if (apiKey !== ApiKey.EndTxn) return `${apiName} ${version}`
        return `${(message as EndTxnRequest).committed ? 'commit' : 'abort'} ${version}`
      })
  }

  #next(apiKey: ApiKey): number {
    return this.refusals.get(apiKey)?.shift() ?? 0
  }

  #isCurrent({ producerId, producerEpoch }: Speaker): boolean {
    return producerId === PRODUCER_ID && producerEpoch === this.epoch
  }

  #checkProduce(batch: TakenBatch): number | undefined {
    if (!this.#isCurrent(batch)) return ErrorCode.INVALID_PRODUCER_EPOCH
    const version = this.requests.findLast(({ apiKey }) => apiKey === ApiKey.Produce)?.version ?? 0
    const key = `${batch.topic} ${batch.partition}`
    if (version >= 12) {
      this.phase = 'ongoing'
      this.#partitions.add(key)
    }
    return this.#partitions.has(key) ? undefined : ErrorCode.INVALID_TXN_STATE
  }

  #end({ committed, ...speaker }: EndTxnRequest, version: number): number {
    const wanted: Phase = committed ? 'committed' : 'aborted'
    const isRetry = this.phase === wanted
    if (version >= 5 && isRetry && speaker.producerEpoch === this.epoch - 1) return 0
    if (!this.#isCurrent(speaker)) return ErrorCode.PRODUCER_FENCED
    if (version < 5 && isRetry) return 0
    const isEmptyAbort = version >= 5 && !committed
    if (this.phase !== 'ongoing' && !isEmptyAbort) return ErrorCode.INVALID_TXN_STATE
    const ended = this.taken.slice(this.#endedCount)
    this.#endedCount = this.taken.length
    if (committed) {
      this.committed.push(...ended.flatMap(({ values }) => values))
      for (const [key, offset] of this.#offsets) this.committedOffsets.set(key, offset)
    }
    this.phase = wanted
    this.#partitions.clear()
    this.#offsets = new Map()
    this.#hasOffsets = false
    if (version >= 5) this.epoch++
    return 0
  }

  #init({ producerId, producerEpoch }: InitProducerIdRequest): number {
    if (producerId >= 0 && !this.#isCurrent({ producerId, producerEpoch })) {
      return ErrorCode.PRODUCER_FENCED
    }
    // What an earlier producer left is aborted.
    this.#endedCount = this.taken.length
    this.#partitions.clear()
    this.phase = 'empty'
    this.epoch++
    return 0
  }

  #addPartitions(
    request: AddPartitionsToTxnRequest,
    errorCode: number,
  ): AddPartitionsToTxnResponse {
    const speaker = {
      producerId: request.v3AndBelowProducerId,
      producerEpoch: request.v3AndBelowProducerEpoch,
    }
    const code = errorCode || (this.#isCurrent(speaker) ? 0 : ErrorCode.PRODUCER_FENCED)
    const topics = request.v3AndBelowTopics
    if (code === 0) {
      this.phase = 'ongoing'
      for (const { name, partitions } of topics) {
        for (const partition of partitions) this.#partitions.add(`${name} ${partition}`)
      }
    }
    return {
      throttleTimeMs: 0,
      errorCode: 0,
      resultsByTransaction: [],
      resultsByTopicV3AndBelow: topics.map(({ name, partitions }) => ({
        name,
        resultsByPartition: partitions.map((partitionIndex, i) => ({
          partitionIndex,
          // As Kafka says of the others when one is refused.
          partitionErrorCode: code !== 0 && i > 0 ? ErrorCode.OPERATION_NOT_ATTEMPTED : code,
        })),
      })),
    }
  }

  #commitOffsets({ topics, groupId, ...speaker }: TxnOffsetCommitRequest, version: number): number {
    const errorCode = this.#next(ApiKey.TxnOffsetCommit)
    if (errorCode !== 0) return errorCode
    if (!this.#isCurrent(speaker)) return ErrorCode.INVALID_PRODUCER_EPOCH
    if (version >= 5) this.phase = 'ongoing'
    else if (!this.#hasOffsets) return ErrorCode.INVALID_TXN_STATE
    for (const { name, partitions } of topics) {
      for (const { partitionIndex, committedOffset } of partitions) {
        this.#offsets.set(`${groupId} ${name} ${partitionIndex}`, committedOffset)
      }
    }
    return 0
  }

  #serveVersions(): void {
    this.serve(
      ApiKey.ApiVersions,
      { min: 0, max: 4 },
      decodeApiVersionsRequest,
      encodeApiVersionsResponse,
      () => ({
        errorCode: 0,
        apiKeys: [...this.served].map(([apiKey, { min, max }]) => ({
          apiKey,
          minVersion: min,
          maxVersion: max,
        })),
        throttleTimeMs: 0,
        supportedFeatures: [],
        finalizedFeaturesEpoch: 1,
        finalizedFeatures: [
          { name: 'transaction.version', minVersionLevel: this.level, maxVersionLevel: this.level },
        ],
        zkMigrationReady: false,
      }),
    )
  }

  #serveInit(): void {
    this.serve(
      ApiKey.InitProducerId,
      { min: 0, max: 5 },
      decodeInitProducerIdRequest,
      encodeInitProducerIdResponse,
      (request) => {
        const errorCode = this.#next(ApiKey.InitProducerId) || this.#init(request)
        const isDone = errorCode === 0
        return {
          throttleTimeMs: 0,
          errorCode,
          producerId: isDone ? PRODUCER_ID : -1,
          producerEpoch: isDone ? this.epoch : -1,
        }
      },
    )
  }

  #serveAdding(): void {
    this.serve(
      ApiKey.AddPartitionsToTxn,
      { min: 0, max: 5 },
      decodeAddPartitionsToTxnRequest,
      encodeAddPartitionsToTxnResponse,
      (request) => this.#addPartitions(request, this.#next(ApiKey.AddPartitionsToTxn)),
    )
    this.serve(
      ApiKey.AddOffsetsToTxn,
      { min: 0, max: 4 },
      decodeAddOffsetsToTxnRequest,
      encodeAddOffsetsToTxnResponse,
      (request) => {
        const code = this.#isCurrent(request) ? 0 : ErrorCode.PRODUCER_FENCED
        const errorCode = this.#next(ApiKey.AddOffsetsToTxn) || code
        if (errorCode === 0) {
          this.phase = 'ongoing'
          this.#hasOffsets = true
        }
        return { throttleTimeMs: 0, errorCode }
      },
    )
  }

  #serveOffsets(): void {
    this.serve(
      ApiKey.TxnOffsetCommit,
      { min: 0, max: 5 },
      decodeTxnOffsetCommitRequest,
      encodeTxnOffsetCommitResponse,
      (request, version) => {
        const errorCode = this.#commitOffsets(request, version)
        return {
          throttleTimeMs: 0,
          topics: request.topics.map(({ name, topicId, partitions }) => ({
            name,
            topicId,
            partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
          })),
        }
      },
    )
  }
}
