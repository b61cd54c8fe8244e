/**
 * One round to one broker: closes the batches that were offered, and sends them as one request.
 *
 * From here on a batch is in flight. Its bytes and its sequence are made at this moment and not before,
 * so that what is still open can take more records, and numbers follow the order of leaving.
 */
import type { Cluster } from '../cluster/cluster.ts'
import type { BrokerConnection } from '../connection/broker-connection.ts'
import { KafkaError } from '../kafka-error.ts'
import type { ProducerMetrics } from '../metrics/producer-metrics.ts'
import type { BatchSettler } from './batch-settler.ts'
import type { BrokerLink } from './broker-link.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import { produceApiFor, produceRequest } from './produce-call.ts'
import type { ProducerIdentity } from './producer-identity.ts'
import type { ProducerTransaction } from './producer-transaction.ts'
import type { ProducerSettings } from './producer-options.ts'
import type { RecordAccumulator } from './record-accumulator.ts'
import type { RoundAnswers } from './round-answers.ts'

export interface RoundSenderOptions {
  readonly cluster: Cluster
  readonly settings: ProducerSettings
  readonly accumulator: RecordAccumulator
  readonly metrics: ProducerMetrics | undefined
  readonly transaction: ProducerTransaction | undefined
  readonly identity: ProducerIdentity
  readonly settler: BatchSettler
  readonly answers: RoundAnswers
  /** There is room for another request. */
  readonly onAnswered: () => void
}

export class RoundSender {
  readonly #options: RoundSenderOptions

  constructor(options: RoundSenderOptions) {
    this.#options = options
  }

  /** The batches that have left. */
  send(link: BrokerLink, connection: BrokerConnection): readonly OutgoingBatch[] {
    const batches = link.takeRound().filter((batch) => this.#depart(batch))
    if (batches.length > 0) this.#sendRequest(link, connection, batches)
    return batches
  }

  /** From the queue into flight; false when the batch cannot be made and has failed. */
  #depart(batch: OutgoingBatch): boolean {
    const { accumulator, metrics, cluster } = this.#options
    const isFirst = !batch.isClosed
    batch.queue.onSent(batch)
    if (isFirst && !this.#close(batch)) return false
    batch.attempts++
    if (!isFirst) {
      metrics?.onBatchRetried()
      return true
    }
    accumulator.takeBack(batch.takeBuilder())
    const { recordCount, bytes, uncompressedBytes, createdMs } = batch
    const waitMs = cluster.world.clock.monotonicMs() - createdMs
    metrics?.onBatchSent({ recordCount, bytes: bytes.length, uncompressedBytes, waitMs })
    return true
  }

  #close(batch: OutgoingBatch): boolean {
    const { queue } = batch
    const { settings, identity, settler } = this.#options
    batch.order = queue.nextOrder()
    if (settings.idempotent) identity.number(batch)
    try {
      batch.close()
      return true
    } catch (cause) {
      if (batch.hasSequence) queue.sequence.putBack(batch.baseSequence)
      queue.onAnswered(batch)
      settler.fail(batch, failure('SERIALIZATION_FAILED', 'compress a batch', cause))
      return false
    }
  }

  #sendRequest(link: BrokerLink, connection: BrokerConnection, batches: OutgoingBatch[]): void {
    const { cluster, settings, answers, onAnswered, transaction } = this.#options
    const { acks } = settings
    const { requestTimeoutMs: timeoutMs } = cluster.options
    const request = produceRequest(batches, cluster.metadata, { acks, timeoutMs, transaction })
    link.inFlightCount++
    try {
      connection.send(
        produceApiFor(request, transaction),
        request,
        (error, response) => {
          link.inFlightCount--
          if (error !== undefined) answers.onRequestFailed(batches, error)
          else if (response === undefined) answers.onUnanswered(batches)
          else {
            link.pauseUntil(cluster.world.clock.monotonicMs() + response.throttleTimeMs)
            answers.onResponse(batches, request, { response, connection })
          }
          onAnswered()
        },
        { isAnswered: acks !== 0 },
      )
    } catch (cause) {
      link.inFlightCount--
      answers.onRequestFailed(batches, failure('INVALID_REQUEST', 'encode Produce', cause))
    }
  }
}

function failure(
  code: 'INVALID_REQUEST' | 'SERIALIZATION_FAILED',
  what: string,
  cause: unknown,
): KafkaError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new KafkaError(code, `Cannot ${what}: ${why}`, { cause })
}
