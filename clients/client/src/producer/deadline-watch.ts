/** delivery.timeout.ms: one timer for all batches, set for the oldest and then for the next one. */
import type { Clock, Timer } from '@ottla/base'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionQueue } from './partition-queue.ts'

export interface DeadlineWatchOptions {
  readonly clock: Clock
  readonly deliveryTimeoutMs: number
  readonly queues: () => Iterable<PartitionQueue>
  readonly onLate: (batch: OutgoingBatch) => void
}

export class DeadlineWatch {
  readonly #options: DeadlineWatchOptions
  #timer: Timer | undefined

  constructor(options: DeadlineWatchOptions) {
    this.#options = options
  }

  /** A batch was opened: no older one has a later deadline. */
  start(): void {
    if (this.#timer === undefined) this.#set(this.#options.deliveryTimeoutMs)
  }

  #set(delayMs: number): void {
    this.#timer = this.#options.clock.setTimer(delayMs, () => {
      this.#timer = undefined
      this.#check()
    })
  }

  #check(): void {
    const { clock, queues, onLate } = this.#options
    const nowMs = clock.monotonicMs()
    let firstMs = Infinity
    for (const queue of queues()) {
      for (const batch of queue.batches) {
        if (batch.isSettled) continue
        if (batch.deadlineMs <= nowMs) onLate(batch)
        else firstMs = Math.min(firstMs, batch.deadlineMs)
      }
    }
    if (firstMs < Infinity && this.#timer === undefined) this.#set(firstMs - nowMs)
  }

  close(): void {
    this.#timer?.cancel()
  }
}
