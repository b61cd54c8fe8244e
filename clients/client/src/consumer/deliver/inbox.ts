/**
 * Where fetched records wait for whoever asks: partitions that have some, in turn.
 *
 * Nothing is decoded here ahead of time. A failure (of the consumer, or of a partition that is not
 * paused) is thrown at everyone who asks, as often as they ask.
 */
import { MalformedError } from '@ottla/base'
import { KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import type { PoisonAction } from '../consumer-options.ts'
import { erroneousMessage, poisonPill, type MessageDecoder } from '../decode/message-decoder.ts'
import type { AnyMessage } from '../topic-source.ts'
import { ChangeSignal } from './change-signal.ts'

/** Then the next partition has its turn (max.poll.records of Java's client). */
const RECORDS_PER_TURN = 500

/** The record that was taken last, for the one loop that owns it; the cursor stands on it until the next. */
export class Taken {
  message: AnyMessage | undefined
  partition: AssignedPartition | undefined
  /** For the partition's tracker. */
  number = 0
}

export class Inbox {
  readonly changed = new ChangeSignal()
  readonly #context: ConsumerContext
  readonly #decoder: MessageDecoder
  #ready: AssignedPartition[] = []
  #takenInTurn = 0
  readonly #failed = new Set<AssignedPartition>()
  #failure: KafkaError | undefined
  isClosed = false

  constructor(context: ConsumerContext, decoder: MessageDecoder) {
    this.#context = context
    this.#decoder = decoder
  }

  get failure(): KafkaError | undefined {
    return this.#failure
  }

  fail(failure: KafkaError): void {
    this.#failure ??= failure
    this.changed.notify()
    for (const partition of this.#context.assignment) partition.onRecords?.()
  }

  close(): void {
    this.isClosed = true
    this.changed.notify()
  }

  /** Records or a failure came, or it can be read again. */
  onChanged(partition: AssignedPartition): void {
    if (partition.phase === 'failed') this.#failed.add(partition)
    if (partition.isStreamed) {
      partition.onRecords?.()
      return
    }
    if (!partition.isListed && !partition.queue.isEmpty) {
      partition.isListed = true
      this.#ready.push(partition)
    }
    this.changed.notify()
  }

  /** True when `taken` holds the next record, false when there is none just now. */
  take(taken: Taken): boolean | Promise<boolean> {
    this.#throwFailures()
    for (;;) {
      const partition = this.#ready[0]
      if (partition === undefined) return false
      const isTaken = partition.isStreamed ? false : this.takeFrom(partition, taken)
      if (isTaken !== false) {
        this.#takenInTurn++
        if (this.#takenInTurn >= RECORDS_PER_TURN) this.#rotate(partition)
        return isTaken
      }
      this.#ready.shift()
      partition.isListed = false
      this.#takenInTurn = 0
    }
  }

  #rotate(partition: AssignedPartition): void {
    this.#takenInTurn = 0
    if (this.#ready.length === 1 || this.#ready[0] !== partition) return
    this.#ready.shift()
    this.#ready.push(partition)
  }

  #throwFailures(): void {
    if (this.#failure !== undefined) throw this.#failure
    for (const partition of this.#failed) {
      const { phase, failure, isEnded, isPaused, isStreamed } = partition
      if (phase !== 'failed' || failure === undefined || isEnded) this.#failed.delete(partition)
      else if (!isPaused && !isStreamed) throw failure
    }
  }

  /** The same, of one partition; for streams, which own one. */
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
      const { topic, partition: index } = partition
      const failure = new KafkaError(
        'CORRUPT_MESSAGE',
        `Cannot read ${topic}-${index} at offset ${queue.position}: ${error.message}. Seek past it to go on`,
        { cause: error, retriable: false },
      )
      queue.reset(queue.position)
      partition.fail(failure)
      this.onChanged(partition)
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
      put(taken, partition, message)
      return true
    } finally {
      this.#onDecoded(partition)
    }
  }

  #onDecoded(partition: AssignedPartition): void {
    partition.isDecoding = false
    this.onChanged(partition)
  }
}

function put(taken: Taken, partition: AssignedPartition, message: AnyMessage): void {
  taken.message = message
  taken.partition = partition
  taken.number = partition.take()
}
