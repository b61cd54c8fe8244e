/**
 * A FakeBroker that takes records as a real one does: it keeps what was appended, gives offsets, and
 * holds idempotent producers to their sequences. A test scripts what goes wrong.
 */
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { encodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import { decodeProduceRequest, type ProduceRequest } from '@ottla/protocol/produce-request'
import {
  encodeProduceResponse,
  type ProduceResponse,
  type ProduceResponsePartitionProduceResponse,
} from '@ottla/protocol/produce-response'
import { readRecords, RecordBatchView } from '@ottla/records'
import { FakeBroker, SILENT, type FakeBrokerOptions } from '../../testing/fake-broker.ts'
import type { FakeWorld } from '../../testing/fake-world.ts'

export interface TakenBatch {
  readonly topic: string
  readonly partition: number
  readonly bytes: Buffer
  readonly baseOffset: number
  readonly values: readonly (string | null)[]
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
}

type PartitionResponse = ProduceResponsePartitionProduceResponse

/** What a test does to one batch; undefined lets the broker decide. */
export type Refusal = number | Partial<PartitionResponse>

export interface ProduceBrokerOptions extends FakeBrokerOptions {
  /** Newest version of Produce; 12 by default. */
  readonly produceMax?: number
}

interface SequenceState {
  epoch: number
  next: number
  /** The last ones, for duplicates. */
  readonly batches: { sequence: number; baseOffset: number }[]
}

export class ProduceBroker extends FakeBroker {
  /** Appended, the oldest first. */
  readonly taken: TakenBatch[] = []
  /** Every batch that came, refused ones and duplicates included. */
  readonly seen: TakenBatch[] = []
  /** Answers to come, one for each request: the batches of it are refused so, or appended. */
  readonly script: ((batch: TakenBatch) => Refusal | undefined)[] = []
  /** Asked for each batch when the script is empty. */
  refuse: ((batch: TakenBatch) => Refusal | undefined) | undefined
  /** Requests are held back, unanswered, until it resolves. */
  gate: Promise<void> | undefined
  throttleTimeMs = 0
  /** Of each producer and partition; one is what Kafka keeps over a restart. */
  rememberedBatchCount = 5
  nextProducerId = 1000
  readonly #ends = new Map<string, number>()
  readonly #sequences = new Map<string, SequenceState>()

  constructor(world: FakeWorld, options: ProduceBrokerOptions = {}) {
    super(world.network, { topics: { orders: 1 }, ...options })
    this.serve(
      ApiKey.Produce,
      { min: 3, max: options.produceMax ?? 12 },
      decodeProduceRequest,
      encodeProduceResponse,
      (request: ProduceRequest, version) => {
        const response = this.#produce(request, version)
        const answer = request.acks === 0 ? SILENT : response
        return this.gate === undefined ? answer : this.gate.then(() => answer)
      },
    )
    this.serve(
      ApiKey.InitProducerId,
      { min: 0, max: 5 },
      decodeInitProducerIdRequest,
      encodeInitProducerIdResponse,
      () => ({
        throttleTimeMs: 0,
        errorCode: 0,
        producerId: this.nextProducerId++,
        producerEpoch: 0,
      }),
    )
  }

  /** As after producer.id.expiration.ms: whatever they send next is taken. */
  forgetProducers(): void {
    this.#sequences.clear()
  }

  /** Of all that was appended to the partition, in order. */
  valuesOf(topic: string, partition = 0): (string | null)[] {
    return this.taken
      .filter((batch) => batch.topic === topic && batch.partition === partition)
      .flatMap(({ values }) => values)
  }

  get produceRequests(): readonly ProduceRequest[] {
    return this.requestsOf<ProduceRequest>(ApiKey.Produce).map(({ message }) => message)
  }

  #produce({ topicData }: ProduceRequest, version: number): ProduceResponse {
    const refuse = this.script.shift() ?? this.refuse
    const responses = topicData.map(({ name, topicId, partitionData }) => ({
      name: version >= 13 ? '' : name,
      topicId,
      partitionResponses: partitionData.map(({ index, records }) => {
        const topic = version >= 13 ? (this.cluster.topicById(topicId)?.name ?? '') : name
        return this.#append(topic, { partition: index, bytes: records as Buffer, refuse })
      }),
    }))
    return { responses, throttleTimeMs: this.throttleTimeMs, nodeEndpoints: this.#endpoints() }
  }

  #endpoints(): ProduceResponse['nodeEndpoints'] {
    return this.cluster.nodes.map(({ nodeId, host, port, rack }) => ({ nodeId, host, port, rack }))
  }

  #append(
    topic: string,
    {
      partition,
      bytes,
      refuse,
    }: {
      partition: number
      bytes: Buffer
      refuse: ((batch: TakenBatch) => Refusal | undefined) | undefined
    },
  ): PartitionResponse {
    const key = `${topic} ${partition}`
    const batch = this.#describe(topic, partition, bytes)
    this.seen.push(batch)
    const refusal = refuse?.(batch)
    const answer = { ...answerAt(partition), baseOffset: batch.baseOffset }
    if (refusal !== undefined) {
      const fields = typeof refusal === 'number' ? { errorCode: refusal } : refusal
      if (!isAppended(fields.errorCode)) return { ...answer, baseOffset: -1, ...fields }
      Object.assign(answer, fields)
    }
    const known = this.#checkSequence(`${key} ${batch.producerId}`, batch)
    if (known < 0) return { ...answer, baseOffset: -1, errorCode: -known }
    if (known > 0) return { ...answer, baseOffset: known - 1 }
    this.taken.push(batch)
    this.#ends.set(key, batch.baseOffset + batch.values.length)
    return answer
  }

  /** 0: append it. Positive: a duplicate, one more than its offset. Negative: an error code. */
  #checkSequence(key: string, batch: TakenBatch): number {
    const { baseSequence: sequence, producerEpoch: epoch, baseOffset, values } = batch
    if (sequence < 0) return 0
    let state = this.#sequences.get(key)
    if (state === undefined || epoch > state.epoch) {
      // Who is not known may begin anywhere, as with a leader whose log was cut.
      if (state !== undefined && sequence !== 0) return -ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
      state = { epoch, next: sequence, batches: [] }
      this.#sequences.set(key, state)
    }
    if (epoch < state.epoch) return -ErrorCode.INVALID_PRODUCER_EPOCH
    const duplicate = state.batches.find((known) => known.sequence === sequence)
    if (duplicate !== undefined) return duplicate.baseOffset + 1
    if (sequence !== state.next) return -ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    state.next = sequence + values.length
    state.batches.push({ sequence, baseOffset })
    while (state.batches.length > this.rememberedBatchCount) state.batches.shift()
    return 0
  }

  #describe(topic: string, partition: number, bytes: Buffer): TakenBatch {
    const view = new RecordBatchView().reset(bytes, 0)
    if (!view.isCrcValid()) throw new Error('A batch with a wrong checksum came')
    return {
      topic,
      partition,
      bytes: Buffer.from(bytes),
      baseOffset: this.#ends.get(`${topic} ${partition}`) ?? 0,
      values: [...readRecords(view)].map(({ value }) => value?.toString() ?? null),
      producerId: view.producerId,
      producerEpoch: view.producerEpoch,
      baseSequence: view.baseSequence,
    }
  }
}

function isAppended(errorCode = 0): boolean {
  return errorCode === 0 || errorCode === ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND
}

function answerAt(index: number): PartitionResponse {
  return {
    index,
    errorCode: 0,
    baseOffset: 0,
    logAppendTimeMs: -1,
    logStartOffset: 0,
    recordErrors: [],
    errorMessage: null,
    currentLeader: { leaderId: -1, leaderEpoch: -1 },
  }
}
