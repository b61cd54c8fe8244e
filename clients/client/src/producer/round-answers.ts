/**
 * What comes back for the batches of one request: an answer for each, nothing (acks 0), or the loss of the
 * request. Learns from it where leaders are, and lets each batch be settled.
 */
import { ErrorCode } from '@ottla/protocol'
import type { ProduceRequest } from '@ottla/protocol/produce-request'
import type { ProduceResponse } from '@ottla/protocol/produce-response'
import type { Cluster } from '../cluster/cluster.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import type { KafkaError } from '../kafka-error.ts'
import { answerFailure, noAnswer, recordFailures } from './batch-failure.ts'
import type { BatchSettler } from './batch-settler.ts'
import { verdictOn, type Verdict } from './batch-verdict.ts'
import type { MetadataPrompt } from './metadata-prompt.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import { answersTo, learnLeaders, moveLeader, type PartitionAnswer } from './produce-call.ts'
import { SequenceDoubt } from './sequence-doubt.ts'

export interface RoundAnswersOptions {
  readonly cluster: Cluster
  readonly settler: BatchSettler
  readonly metadata: MetadataPrompt
}

interface Refused {
  readonly verdict: Verdict
  readonly connection: BrokerConnection
}

/** Not before the batches behind were asked about. */
function isGap(
  batch: OutgoingBatch,
  { errorCode }: PartitionAnswer,
  { verdict: { needsNewEpoch = false }, connection }: Refused,
): boolean {
  const { sequence, retries } = batch.queue
  if (errorCode !== ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER) return needsNewEpoch
  if (!needsNewEpoch && sequence.doubt === undefined) return false
  sequence.doubt ??= new SequenceDoubt(connection)
  sequence.doubt.refuse(batch)
  if (sequence.doubt.next(retries) !== undefined) return false
  sequence.doubt = undefined
  return true
}

export class RoundAnswers {
  readonly #cluster: Cluster
  readonly #settler: BatchSettler
  readonly #metadata: MetadataPrompt

  constructor({ cluster, settler, metadata }: RoundAnswersOptions) {
    this.#cluster = cluster
    this.#settler = settler
    this.#metadata = metadata
  }

  onResponse(
    batches: readonly OutgoingBatch[],
    request: ProduceRequest,
    { response, connection }: { response: ProduceResponse; connection: BrokerConnection },
  ): void {
    learnLeaders(this.#cluster.metadata, response)
    const answers = answersTo(batches, request, response)
    for (const [i, batch] of batches.entries()) {
      batch.queue.onAnswered(batch)
      const answer = answers[i]
      if (answer === undefined) this.#settler.retry(batch, noAnswer(batch, connection.broker))
      else this.#onAnswer(batch, answer, connection)
    }
  }

  /** acks 0: sent is all that will ever be known. */
  onUnanswered(batches: readonly OutgoingBatch[]): void {
    for (const batch of batches) {
      batch.queue.onAnswered(batch)
      this.#settler.acknowledge(batch, -1, -1)
    }
  }

  /** Nothing was answered: whether the broker has them is unknown. */
  onRequestFailed(batches: readonly OutgoingBatch[], failure: KafkaError): void {
    if (failure.retriable) this.#metadata.ask()
    for (const batch of batches) {
      batch.queue.onAnswered(batch)
      if (failure.retriable) this.#settler.retry(batch, failure)
      else this.#settler.fail(batch, failure)
    }
  }

  #onAnswer(batch: OutgoingBatch, answer: PartitionAnswer, connection: BrokerConnection): void {
    const { broker } = connection
    const verdict = verdictOn(batch, answer)
    switch (verdict.fate) {
      case 'acknowledge': {
        const isKnown = answer.errorCode === ErrorCode.NONE
        const baseOffset = isKnown ? answer.baseOffset : -1
        this.#settler.acknowledge(batch, baseOffset, answer.logAppendTimeMs)
        return
      }
      case 'split':
        this.#settler.split(batch)
        return
      case 'retry':
        this.#onRetriable(batch, answer, { verdict, connection })
        return
      case 'fail': {
        const failure = answerFailure(batch, answer, broker)
        this.#settler.fail(batch, failure, recordFailures(batch, answer, broker))
      }
    }
  }

  #onRetriable(
    batch: OutgoingBatch,
    answer: PartitionAnswer,
    { verdict, connection }: Refused,
  ): void {
    const { queue } = batch
    const failure = answerFailure(batch, answer, connection.broker)
    if (isGap(batch, answer, { verdict, connection })) {
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
    if (verdict.needsMetadata === true && !isMoved) this.#metadata.ask()
    this.#settler.retry(batch, failure, isMoved)
  }
}
