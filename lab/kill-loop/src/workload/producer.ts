/**
 * A producer over several partitions, on one connection at a time.
 *
 * Each partition's batch is a request of its own, so that up to five per partition are under way and a
 * kill finds them in every state.
 */
import { BatchBuilder } from '@ottla/records'
import { ErrorCode } from '@ottla/protocol'
import { ZERO_UUID } from '@ottla/base'
import { Patience } from '../check/patience.ts'
import { INIT_PRODUCER_ID, PRODUCE } from '../wire/api-call.ts'
import type { RawConnection } from '../wire/raw-connection.ts'
import type { ProduceAnswer, ProducerBatch, ProducerLane } from './producer-lane.ts'
import { nameRecord } from './record-name.ts'

const NO_ID = -1
const NEW_PRODUCER = {
  transactionalId: null,
  transactionTimeoutMs: 60_000,
  producerId: NO_ID,
  producerEpoch: NO_ID,
}
const SEQUENCE_RANGE = 2 ** 31
const PRODUCE_TIMEOUT_MS = 10_000

export interface ProducerTarget {
  readonly topic: string
  readonly partition: number
  readonly lane: ProducerLane
}

export interface ProducerOptions {
  readonly isIdempotent: boolean
  readonly acks: -1 | 1
  readonly compression: number
  /** Of its first record; near 2^31 the sequence comes round to 0 in the middle of the run. */
  readonly firstSequence: number
  readonly targets: readonly ProducerTarget[]
  readonly onProducerId: (producerId: number) => void
  readonly onAnswer: () => void
}

export class Producer {
  readonly #options: ProducerOptions
  readonly #builder = new BatchBuilder()
  #producerId = NO_ID
  #producerEpoch = NO_ID
  #mayBegin = true

  constructor(options: ProducerOptions) {
    this.#options = options
  }

  /** Works until the connection ends; rejects with its ConnectionLostError or when refused an id. */
  async work(connection: RawConnection): Promise<void> {
    if (this.#options.isIdempotent && this.#producerId === NO_ID) await this.#getId(connection)
    await Promise.all(this.#options.targets.map((target) => this.#workOn(connection, target)))
  }

  /** Without an id nothing may leave: when it is refused for too long, the next life tries again. */
  async #getId(connection: RawConnection): Promise<void> {
    const patience = new Patience()
    while (this.#producerId === NO_ID && patience.hasMore()) {
      const answer = await connection.call(INIT_PRODUCER_ID, NEW_PRODUCER)
      if (answer.errorCode === ErrorCode.NONE) {
        this.#options.onProducerId(answer.producerId)
        this.#producerId = answer.producerId
        this.#producerEpoch = answer.producerEpoch
        return
      }
      await patience.pauseIfUsed()
    }
  }

  /** Sends what may be sent, and after each answer again. Ends when nothing is under way or to send. */
  #workOn(connection: RawConnection, target: ProducerTarget): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    let underWayCount = 0
    const pump = (): void => {
      const isReady = !this.#options.isIdempotent || this.#producerId !== NO_ID
      for (;;) {
        if (!connection.isOpen || !isReady) break
        const batch = target.lane.next(this.#mayBegin)
        if (batch === undefined) break
        underWayCount++
        void this.#send(connection, target, batch).then(() => {
          underWayCount--
          pump()
        })
      }
      if (underWayCount === 0) resolve()
    }
    pump()
    return promise
  }

  async #send(
    connection: RawConnection,
    target: ProducerTarget,
    batch: ProducerBatch,
  ): Promise<void> {
    let answer: ProduceAnswer | undefined
    try {
      answer = await this.#produce(connection, target, batch)
    } catch {
      target.lane.lost(batch)
      return
    }
    target.lane.answered(batch, answer)
    this.#options.onAnswer()
  }

  async #produce(
    connection: RawConnection,
    { topic, partition, lane }: ProducerTarget,
    batch: ProducerBatch,
  ): Promise<ProduceAnswer> {
    const records = this.#build(lane.lane, batch)
    const response = await connection.call(PRODUCE, {
      transactionalId: null,
      acks: this.#options.acks,
      timeoutMs: PRODUCE_TIMEOUT_MS,
      topicData: [
        { name: topic, topicId: ZERO_UUID, partitionData: [{ index: partition, records }] },
      ],
    })
    const answer = response.responses[0]?.partitionResponses[0]
    return answer ?? { errorCode: ErrorCode.UNKNOWN_SERVER_ERROR, baseOffset: -1 }
  }

  /** The same bytes each time but for the timestamps. */
  #build(lane: number, { firstIndex, count }: ProducerBatch): Buffer {
    const { isIdempotent, compression, firstSequence } = this.#options
    const identity = isIdempotent
      ? {
          producerId: this.#producerId,
          producerEpoch: this.#producerEpoch,
          baseSequence: (firstSequence + firstIndex) % SEQUENCE_RANGE,
        }
      : {}
    const builder = this.#builder.reset({ compression, ...identity })
    const timestamp = Date.now()
    for (let i = 0; i < count; i++) {
      builder.append({ key: null, value: nameRecord(lane, firstIndex + i), timestamp })
    }
    return builder.finish()
  }

  /** No new batches from now on; what is open is finished. */
  finish(): void {
    this.#mayBegin = false
  }

  get openCount(): number {
    return this.#options.targets.reduce((sum, { lane }) => sum + lane.openCount, 0)
  }
}
