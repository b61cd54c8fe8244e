/**
 * Partitions for records without a key (KIP-794, Kafka's BuiltInPartitioner): one partition takes all
 * of them until it has got `stickyBytes` and its batch is at its end, then another is drawn; so batches
 * are full and, over time, partitions even.
 *
 * Kafka's batches are `stickyBytes` large. Ours grow while requests are in flight, and leaving one that
 * still grows would only make it smaller. Partitions without a leader are passed over while others
 * have one.
 */
import type { Random } from '@ottla/base'
import type { PartitionMetadata } from '../cluster/metadata.ts'

const NONE = -1

export class StickyPartition {
  readonly #random: Random
  readonly #stickyBytes: number
  #partition = NONE
  #producedBytes = 0
  #lastUniform = NONE

  constructor(random: Random, stickyBytes: number) {
    this.#random = random
    this.#stickyBytes = stickyBytes
  }

  current(partitions: readonly PartitionMetadata[]): number {
    const chosen = partitions[this.#partition]
    if (chosen === undefined || chosen.leaderId < 0) {
      this.#partition = this.#draw(partitions)
      this.#producedBytes = 0
    }
    return this.#partition
  }

  onProduced(bytes: number): void {
    this.#producedBytes += bytes
  }

  /** The batch of `partition` is full, or was sent. */
  onBatchEnd(partition: number): void {
    if (partition !== this.#partition || this.#producedBytes < this.#stickyBytes) return
    this.#partition = NONE
  }

  /** One after the other, for the 'uniform' partitioner. */
  following(partitions: readonly PartitionMetadata[]): number {
    const { length: count } = partitions
    let next = this.#lastUniform
    if (next === NONE) next = Math.floor(this.#random.fraction() * count)
    for (let tried = 0; tried < count; tried++) {
      next = (next + 1) % count
      if ((partitions[next]?.leaderId ?? NONE) >= 0) break
    }
    this.#lastUniform = next
    return next
  }

  #draw(partitions: readonly PartitionMetadata[]): number {
    let availableCount = 0
    for (const { leaderId } of partitions) if (leaderId >= 0) availableCount++
    const fraction = this.#random.fraction()
    if (availableCount === 0) return Math.floor(fraction * partitions.length)
    let left = Math.floor(fraction * availableCount)
    for (const { partition, leaderId } of partitions) {
      if (leaderId < 0) continue
      if (left === 0) return partition
      left--
    }
    return 0
  }
}
