/**
 * The last word on a batch: acknowledged, failed, to be sent again, or cut in pieces. Keeps queue,
 * sequences and buffer in step with it.
 */
import { ErrorCode, type ApiKey } from '@ottla/protocol'
import type { ProduceRequest } from '@ottla/protocol/produce-request'
import type { ProduceResponse } from '@ottla/protocol/produce-response'
import type { Cluster } from '../cluster/cluster.ts'
import { backoffMs } from '../connection/backoff.ts'
import { answeredError, KafkaError } from '../kafka-error.ts'
import type { ProducerMetrics } from '../metrics/producer-metrics.ts'
import { verdictOn, type Verdict } from './batch-verdict.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionQueue } from './partition-queue.ts'
import {
  answersTo,
  learnLeaders,
  moveLeader,
  PRODUCE,
  type PartitionAnswer,
} from './produce-call.ts'
import type { RecordAccumulator } from './record-accumulator.ts'
import { splitBatch } from './split-batch.ts'

export interface BatchSettlerOptions {
  readonly cluster: Cluster
  readonly accumulator: RecordAccumulator
  readonly metrics: ProducerMetrics | undefined
  readonly onTooLarge: (topic: string, batchBytesMax: number) => void
  readonly needMetadata: () => void
}

const API_KEY: ApiKey = PRODUCE.key

export class BatchSettler {
  readonly #options: BatchSettlerOptions
  readonly #cluster: Cluster

  constructor(options: BatchSettlerOptions) {
    this.#options = options
    this.#cluster = options.cluster
  }

  onResponse(
    batches: readonly OutgoingBatch[],
    request: ProduceRequest,
    { response, broker }: { response: ProduceResponse; broker: string },
  ): void {
    learnLeaders(this.#cluster.metadata, response)
    const answers = answersTo(batches, request, response)
    for (const [i, batch] of batches.entries()) {
      batch.queue.onAnswered(batch)
      const answer = answers[i]
      if (answer === undefined) this.#retry(batch, noAnswer(batch, broker))
      else this.#onAnswer(batch, answer, broker)
    }
  }

  /** acks 0: sent is all that will ever be known. */
  onUnanswered(batches: readonly OutgoingBatch[]): void {
    for (const batch of batches) {
      batch.queue.onAnswered(batch)
      this.#acknowledge(batch, -1, -1)
    }
  }

  /** Nothing was answered: whether the broker has them is unknown. */
  onRequestFailed(batches: readonly OutgoingBatch[], failure: KafkaError): void {
    if (failure.retriable) this.#options.needMetadata()
    for (const batch of batches) {
      batch.queue.onAnswered(batch)
      if (failure.retriable) this.#retry(batch, failure)
      else this.#refuse(batch, failure, true)
    }
  }

  #onAnswer(batch: OutgoingBatch, answer: PartitionAnswer, broker: string): void {
    const verdict = verdictOn(batch, answer)
    switch (verdict.fate) {
      case 'acknowledge': {
        const isKnown = answer.errorCode === ErrorCode.NONE
        this.#acknowledge(batch, isKnown ? answer.baseOffset : -1, answer.logAppendTimeMs)
        return
      }
      case 'split':
        this.#split(batch)
        return
      case 'retry':
        this.#onRetriable(batch, answer, { verdict, failure: answerFailure(batch, answer, broker) })
        return
      case 'fail':
        this.#refuse(
          batch,
          answerFailure(batch, answer, broker),
          verdict.needsNewEpoch === true,
          recordFailures(batch, answer, broker),
        )
    }
  }

  #acknowledge(batch: OutgoingBatch, baseOffset: number, logAppendTimeMs: number): void {
    const { queue, baseSequence, recordCount } = batch
    if (batch.hasSequence) queue.sequence.onAcknowledged(baseSequence, recordCount, baseOffset)
    if (batch.isSettled) return
    const { topic, partition } = queue
    batch.acknowledge({ topic, partition, baseOffset, logAppendTimeMs })
    this.#options.metrics?.onAcknowledged(recordCount)
    this.#options.accumulator.release(batch.bufferedBytes)
  }

  #onRetriable(
    batch: OutgoingBatch,
    answer: PartitionAnswer,
    { verdict, failure }: { verdict: Verdict; failure: KafkaError },
  ): void {
    const { queue } = batch
    if (verdict.needsNewEpoch === true) {
      queue.needsNewEpoch = true
      this.#cluster.world.logger.warn('Sequences of a partition have a gap; a new epoch is taken', {
        topic: queue.topic,
        partition: queue.partition,
        baseSequence: batch.baseSequence,
        lastAcknowledged: queue.sequence.lastAcknowledged,
        error: failure,
      })
    }
    const isMoved = moveLeader(this.#cluster.metadata, batch, answer)
    if (verdict.needsMetadata === true && !isMoved) this.#options.needMetadata()
    this.#retry(batch, failure, isMoved)
  }

  #retry(batch: OutgoingBatch, failure: KafkaError, isAtOnce = false): void {
    batch.lastFailure = failure
    if (batch.isSettled) {
      this.#forget(batch)
      return
    }
    const { world, options } = this.#cluster
    const nowMs = world.clock.monotonicMs()
    if (nowMs >= batch.deadlineMs) {
      this.expire(batch)
      this.#forget(batch)
      return
    }
    const delayMs = backoffMs(world.random, batch.attempts, options.retryBackoff)
    batch.retryAtMs = isAtOnce ? nowMs : nowMs + delayMs
    batch.queue.sendAgain(batch)
  }

  /** Given up, and nobody knows whether the broker has it. */
  #forget({ queue, hasSequence, baseSequence, recordCount }: OutgoingBatch): void {
    if (hasSequence) queue.sequence.onGivenUp(baseSequence, recordCount)
  }

  #refuse(
    batch: OutgoingBatch,
    failure: KafkaError,
    needsNewEpoch: boolean,
    failureOf?: (index: number) => KafkaError,
  ): void {
    if (needsNewEpoch && batch.hasSequence) batch.queue.needsNewEpoch = true
    this.fail(batch, failure, failureOf)
  }

  #split(batch: OutgoingBatch): void {
    if (batch.isSettled) {
      this.#forget(batch)
      return
    }
    this.#options.onTooLarge(batch.queue.topic, Math.ceil(batch.uncompressedBytes / 2))
    const pieces = splitBatch(batch)
    batch.retire(pieces)
    for (const piece of pieces) batch.queue.sendAgain(piece)
  }

  /** Remembered for the text of DELIVERY_TIMED_OUT. */
  note(queue: PartitionQueue, failure: KafkaError): void {
    for (const batch of queue.batches) batch.lastFailure = failure
  }

  /** Its time is over. In flight it keeps its place, for its sequences; else it leaves the queue. */
  expire(batch: OutgoingBatch): void {
    this.giveUp(batch, timedOut(batch, this.#cluster.world.clock.monotonicMs()))
  }

  giveUp(batch: OutgoingBatch, failure: KafkaError): void {
    const { queue } = batch
    if (!queue.inFlight.includes(batch)) {
      if (batch.attempts > 0 && queue.retries.includes(batch)) this.#forget(batch)
      queue.remove(batch)
      this.#options.accumulator.takeBack(batch.takeBuilder())
    }
    this.fail(batch, failure)
  }

  fail(batch: OutgoingBatch, failure: KafkaError, failureOf?: (index: number) => KafkaError): void {
    if (batch.isSettled) return
    batch.fail(failure, failureOf)
    this.#options.metrics?.onFailed(batch.recordCount)
    this.#options.accumulator.release(batch.bufferedBytes)
  }
}

function place({ topic, partition }: PartitionQueue): string {
  return `topic "${topic}" partition ${partition}`
}

function answerFailure(batch: OutgoingBatch, answer: PartitionAnswer, broker: string): KafkaError {
  return answeredError(answer.errorCode, {
    apiKey: API_KEY,
    broker,
    message: answer.errorMessage,
    what: place(batch.queue),
  })
}

/** KIP-467: the records that are to blame are named; the others failed for being in one batch with them. */
function recordFailures(
  batch: OutgoingBatch,
  answer: PartitionAnswer,
  broker: string,
): ((index: number) => KafkaError) | undefined {
  if (answer.recordErrors.length === 0) return undefined
  const messages = new Map(
    answer.recordErrors.map(({ batchIndex, batchIndexErrorMessage }) => [
      batchIndex,
      batchIndexErrorMessage ?? answer.errorMessage,
    ]),
  )
  return (index) =>
    answeredError(answer.errorCode, {
      apiKey: API_KEY,
      broker,
      message: messages.has(index)
        ? (messages.get(index) ?? null)
        : 'this record is good, but was in one batch with others that are not',
      what: place(batch.queue),
    })
}

function noAnswer({ queue }: OutgoingBatch, broker: string): KafkaError {
  return new KafkaError(
    'MALFORMED_RESPONSE',
    `${broker} did not say what became of the batch for ${place(queue)}`,
    { apiKey: API_KEY, broker, retriable: true },
  )
}

function timedOut(batch: OutgoingBatch, nowMs: number): KafkaError {
  const { queue, attempts, createdMs, lastFailure } = batch
  const seconds = ((nowMs - createdMs) / 1000).toFixed(1)
  const sent = attempts === 0 ? 'it was not sent' : `it was sent ${attempts} times`
  const why = lastFailure === undefined ? '' : `; the last failure: ${lastFailure.message}`
  return new KafkaError(
    'DELIVERY_TIMED_OUT',
    `A batch for ${place(queue)} was not acknowledged within ${seconds} s: ${sent}${why}`,
    { apiKey: API_KEY, broker: lastFailure?.broker, cause: lastFailure },
  )
}
