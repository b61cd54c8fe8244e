/** The errors that a batch, and through it its records, can fail with. */
import type { ApiKey } from '@ottla/protocol'
import { answeredError, KafkaError } from '../kafka-error.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionQueue } from './partition-queue.ts'
import { PRODUCE, type PartitionAnswer } from './produce-call.ts'

const API_KEY: ApiKey = PRODUCE.key

function place({ topic, partition }: PartitionQueue): string {
  return `topic "${topic}" partition ${partition}`
}

export function answerFailure(
  batch: OutgoingBatch,
  answer: PartitionAnswer,
  broker: string,
): KafkaError {
  return answeredError(answer.errorCode, {
    apiKey: API_KEY,
    broker,
    message: answer.errorMessage,
    what: place(batch.queue),
  })
}

/** KIP-467: the records that are to blame are named; the others failed for being in one batch with them. */
export function recordFailures(
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

export function noAnswer({ queue }: OutgoingBatch, broker: string): KafkaError {
  return new KafkaError(
    'MALFORMED_RESPONSE',
    `${broker} did not say what became of the batch for ${place(queue)}`,
    { apiKey: API_KEY, broker, retriable: true },
  )
}

export function timedOut(batch: OutgoingBatch, nowMs: number): KafkaError {
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
