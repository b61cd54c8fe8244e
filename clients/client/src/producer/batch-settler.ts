/**
 * The last word on a batch: acknowledged, failed, to be sent again, or cut in pieces. Keeps queue,
 * sequences and buffer in step with it.
 */
import type { Cluster } from '../cluster/cluster.ts'
import { backoffMs } from '../connection/backoff.ts'
import type { KafkaError } from '../kafka-error.ts'
import type { ProducerMetrics } from '../metrics/producer-metrics.ts'
import { timedOut } from './batch-failure.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { RecordAccumulator } from './record-accumulator.ts'
import { splitBatch } from './split-batch.ts'

export interface BatchSettlerOptions {
  readonly cluster: Cluster
  readonly accumulator: RecordAccumulator
  readonly metrics: ProducerMetrics | undefined
}

export class BatchSettler {
  readonly #options: BatchSettlerOptions

  constructor(options: BatchSettlerOptions) {
    this.#options = options
  }

  /** -1 for what is not known of it. */
  acknowledge(batch: OutgoingBatch, baseOffset: number, logAppendTimeMs: number): void {
    const { queue, baseSequence, recordCount } = batch
    if (queue.sequence.doubt !== undefined) this.#acknowledgeBefore(batch, baseOffset)
    if (batch.hasSequence) queue.sequence.onAcknowledged(baseSequence, recordCount, baseOffset)
    if (batch.isSettled) return
    const { topic, partition } = queue
    batch.acknowledge({ topic, partition, baseOffset, logAppendTimeMs })
    this.#options.metrics?.onAcknowledged(recordCount)
    this.#options.accumulator.release(batch.bufferedBytes)
  }

  /**
   * The broker knows it, and takes batches in order only: those before it are stored, who knows where.
   * Unless it was a stranger's first to a broker that had forgotten the producer (sequence-doubt.ts).
   */
  #acknowledgeBefore({ queue, order }: OutgoingBatch, baseOffset: number): void {
    queue.sequence.doubt = undefined
    const stored = queue.retries.filter((batch) => batch.order < order)
    const recordCount = stored.reduce((count, batch) => count + batch.recordCount, 0)
    if (!queue.sequence.hasRoomBefore(baseOffset, recordCount)) return
    for (const batch of stored) {
      queue.remove(batch)
      this.acknowledge(batch, -1, -1)
    }
  }

  /** After a pause, if it was not given up; `isAtOnce` when another broker leads by now. */
  retry(batch: OutgoingBatch, failure: KafkaError, isAtOnce = false): void {
    batch.lastFailure = failure
    if (batch.isSettled) return
    const { world, options } = this.#options.cluster
    const nowMs = world.clock.monotonicMs()
    const delayMs = backoffMs(world.random, batch.attempts, options.retryBackoff)
    batch.retryAtMs = isAtOnce ? nowMs : nowMs + delayMs
    batch.queue.sendAgain(batch)
  }

  /** The broker finds it too large: its pieces are sent, and smaller ones from now on. */
  split(batch: OutgoingBatch): void {
    if (batch.isSettled) return
    batch.queue.onTooLarge(Math.ceil(batch.uncompressedBytes / 2))
    const pieces = splitBatch(batch)
    batch.retire(pieces)
    for (const piece of pieces) batch.queue.sendAgain(piece)
  }

  /** Its time is over. In flight it keeps its place, for its sequences; else it leaves the queue. */
  expire(batch: OutgoingBatch): void {
    this.giveUp(batch, timedOut(batch, this.#options.cluster.world.clock.monotonicMs()))
  }

  giveUp(batch: OutgoingBatch, failure: KafkaError): void {
    const { queue } = batch
    if (!queue.inFlight.includes(batch)) {
      queue.remove(batch)
      this.#options.accumulator.takeBack(batch.takeBuilder())
    }
    this.fail(batch, failure)
  }

  /** `failureOf` names the error of one record, by its place in the batch. */
  fail(batch: OutgoingBatch, failure: KafkaError, failureOf?: (index: number) => KafkaError): void {
    if (batch.isSettled) return
    batch.fail(failure, failureOf)
    this.#options.metrics?.onFailed(batch.recordCount)
    this.#options.accumulator.release(batch.bufferedBytes)
  }
}
