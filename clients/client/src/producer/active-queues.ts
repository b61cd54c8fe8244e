/**
 * The partitions with batches that are not settled, in the order of their turns, and the time that those
 * batches have (delivery.timeout.ms).
 */
import type { Clock } from '@ottla/base'
import type { KafkaError } from '../kafka-error.ts'
import type { BatchSettler } from './batch-settler.ts'
import { DeadlineWatch } from './deadline-watch.ts'
import type { PartitionQueue } from './partition-queue.ts'

export interface ActiveQueuesOptions {
  readonly clock: Clock
  readonly deliveryTimeoutMs: number
  readonly settler: BatchSettler
  /** A batch has run out of time, and is settled. */
  readonly onExpired: () => void
}

type IsMeant = (queue: PartitionQueue) => boolean

const EVERY: IsMeant = () => true

export class ActiveQueues {
  readonly #settler: BatchSettler
  readonly #deadlines: DeadlineWatch
  readonly #queues = new Set<PartitionQueue>()

  constructor({ clock, deliveryTimeoutMs, settler, onExpired }: ActiveQueuesOptions) {
    this.#settler = settler
    this.#deadlines = new DeadlineWatch({
      clock,
      deliveryTimeoutMs,
      queues: () => this.#queues,
      onLate: (batch) => {
        settler.expire(batch)
        onExpired()
      },
    })
  }

  get count(): number {
    return this.#queues.size
  }

  /** They may be deleted, and go to the end, on the way. */
  all(): Iterable<PartitionQueue> {
    return this.#queues
  }

  /** It has a batch that it had not. */
  add(queue: PartitionQueue): void {
    this.#queues.add(queue)
    this.#deadlines.start()
  }

  delete(queue: PartitionQueue): void {
    this.#queues.delete(queue)
  }

  /** A partition that had its turn lets the others go first when there is not room for all. */
  onTurn(queue: PartitionQueue): void {
    this.#queues.delete(queue)
    this.#queues.add(queue)
  }

  /** Why nothing can be sent just now; told by DELIVERY_TIMED_OUT. */
  note(failure: KafkaError, isMeant = EVERY): void {
    for (const queue of this.#queues) {
      if (!isMeant(queue)) continue
      for (const batch of queue.batches) batch.lastFailure = failure
    }
  }

  giveUp(failure: KafkaError, isMeant = EVERY): void {
    for (const queue of this.#queues) {
      if (!isMeant(queue)) continue
      for (const batch of queue.batches) this.#settler.giveUp(batch, failure)
    }
  }

  /** What was never sent; what was keeps on until its fate is known. */
  giveUpUnsent(failure: KafkaError): void {
    for (const queue of this.#queues) {
      for (const batch of queue.batches) {
        if (!batch.isClosed) this.#settler.giveUp(batch, failure)
      }
    }
  }

  /** Resolves when every batch of this moment is acknowledged or has failed. */
  async settled(): Promise<void> {
    const batches = [...this.#queues].flatMap((queue) => queue.batches)
    await Promise.all(batches.map((batch) => batch.whenSettled()))
  }

  /** Everything fails with `failure`, and no timer runs any more. */
  close(failure: KafkaError): void {
    this.#deadlines.close()
    this.giveUp(failure)
    this.#queues.clear()
  }
}
