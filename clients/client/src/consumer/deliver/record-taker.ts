/**
 * Takes the next record of a partition, decoded just now: waits for serdes that do, and does what was
 * agreed about records that cannot be read (`onPoison`).
 *
 * Bench: consume.bench.ts
 */
import { MalformedError } from '@ottla/base'
import { KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { PoisonAction } from '../consumer-options.ts'
import { erroneousMessage, poisonPill, type MessageDecoder } from '../decode/message-decoder.ts'
import type { AnyMessage } from '../topic-source.ts'

/** The record that was taken last, for the one loop that owns it; the cursor stands on it until the next. */
export class Taken {
  message: AnyMessage | undefined
  partition: AssignedPartition | undefined
  /** For the partition's tracker. */
  number = 0
}

export class RecordTaker {
  readonly #context: ConsumerContext
  readonly #decoder: MessageDecoder

  constructor(context: ConsumerContext, decoder: MessageDecoder) {
    this.#context = context
    this.#decoder = decoder
  }

  /** True when `taken` holds the next record, false when there is none just now. */
  takeFrom(partition: AssignedPartition, taken: Taken): boolean | Promise<boolean> {
    for (;;) {
      if (partition.isEnded || partition.isPaused || partition.isDecoding) return false
      if (!this.#peek(partition)) return false
      let message: AnyMessage | Promise<AnyMessage>
      try {
        message = this.#decoder.decode(partition)
      } catch (error) {
        const decided = this.#onPoison(partition, error)
        if (decided instanceof Promise) return this.#takeAwaited(partition, taken, decided)
        if (decided === undefined) continue
        message = decided
      }
      if (message instanceof Promise) {
        return this.#takeAwaited(partition, taken, this.#orPoison(partition, message))
      }
      put(taken, partition, message)
      return true
    }
  }

  #peek(partition: AssignedPartition): boolean {
    const { queue } = partition
    const bytesBefore = queue.bytes
    try {
      return queue.peek()
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      const failure = corruptError(partition, error)
      queue.reset(queue.position)
      partition.fail(failure)
      this.#context.onChanged(partition)
      throw failure
    } finally {
      if (queue.bytes !== bytesBefore) this.#onFreed(bytesBefore - queue.bytes)
    }
  }

  #onFreed(bytes: number): void {
    const { cluster, wake } = this.#context
    cluster.options.metrics?.consumer.addBufferedBytes(-bytes)
    wake()
  }

  async #orPoison(
    partition: AssignedPartition,
    coming: Promise<AnyMessage>,
  ): Promise<AnyMessage | undefined> {
    const { version } = partition
    try {
      return await coming
    } catch (error) {
      return partition.version === version ? this.#onPoison(partition, error) : undefined
    }
  }

  /** undefined: skipped, the next one is to be looked at. */
  #onPoison(
    partition: AssignedPartition,
    cause: unknown,
  ): AnyMessage | Promise<AnyMessage | undefined> | undefined {
    const { onPoison } = this.#context.settings
    if (typeof onPoison !== 'function') return this.#act(partition, onPoison, cause)
    const { version } = partition
    return onPoison(poisonPill(partition, cause)).then((action) =>
      partition.version === version ? this.#act(partition, action, cause) : undefined,
    )
  }

  #act(partition: AssignedPartition, action: PoisonAction, cause: unknown): AnyMessage | undefined {
    const { error } = poisonPill(partition, cause)
    if (action === 'fail') throw error
    if (action === 'asError') return erroneousMessage(partition, error)
    this.#context.cluster.world.logger.warn('A record is skipped', { error })
    partition.tracker.end(partition.take())
    return undefined
  }

  async #takeAwaited(
    partition: AssignedPartition,
    taken: Taken,
    coming: Promise<AnyMessage | undefined>,
  ): Promise<boolean> {
    const { version } = partition
    partition.isDecoding = true
    try {
      const message = await coming
      // Sought, revoked or lost meanwhile: it is not the next record any more.
      if (message === undefined || partition.version !== version) return false
      // Paused: the record stays where it is, and is decoded again when it is asked for.
      if (partition.isPaused) return false
      put(taken, partition, message)
      return true
    } finally {
      partition.isDecoding = false
      this.#context.onChanged(partition)
    }
  }
}

function put(taken: Taken, partition: AssignedPartition, message: AnyMessage): void {
  taken.message = message
  taken.partition = partition
  taken.number = partition.take()
}

function corruptError(
  { topic, partition, queue }: AssignedPartition,
  cause: MalformedError,
): KafkaError {
  return new KafkaError(
    'CORRUPT_MESSAGE',
    `Cannot read ${topic}-${partition} at offset ${queue.position}: ${cause.message}. Seek past it to go on`,
    { cause, retriable: false },
  )
}
