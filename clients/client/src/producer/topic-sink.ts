/** One topic as a producer sees it: where a record goes, and the queues of its partitions. */
import type { Cluster } from '../cluster/cluster.ts'
import type { PartitionMetadata } from '../cluster/metadata.ts'
import { partitionOfKey } from './murmur2.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import { PartitionQueue, type QueueTopic } from './partition-queue.ts'
import { checkPartition, type PartitionContext } from './partitioner.ts'
import type { ProducerSettings } from './producer-options.ts'
import { StickyPartition } from './sticky-partition.ts'

/** batch.size of Java's producer, after which it leaves a partition; ours has larger batches. */
const STICKY_BYTES = 16 * 1024

type Writable<T> = { -readonly [Name in keyof T]: T[Name] }

export class TopicSink implements QueueTopic {
  readonly name: string
  readonly #cluster: Cluster
  readonly #settings: ProducerSettings
  readonly #sticky: StickyPartition
  readonly #queues: PartitionQueue[] = []
  /** The same object for every record. */
  readonly #context: Writable<PartitionContext>
  /** Shrinks when the broker finds a batch too large. */
  #batchBytesMax: number
  /** Of the last choice: the record goes where the sticky partition is. */
  #isSticky = false

  constructor(name: string, cluster: Cluster, settings: ProducerSettings) {
    this.name = name
    this.#cluster = cluster
    this.#settings = settings
    this.#batchBytesMax = settings.batchBytesMax
    const stickyBytes = Math.min(STICKY_BYTES, settings.batchBytesMax)
    this.#sticky = new StickyPartition(cluster.world.random, stickyBytes)
    this.#context = { topic: name, key: null, value: null, partitionCount: 0 }
  }

  get batchBytesMax(): number {
    return this.#batchBytesMax
  }

  onTooLarge(batchBytesMax: number): void {
    this.#batchBytesMax = Math.min(this.#batchBytesMax, batchBytesMax)
  }

  get isKnown(): boolean {
    return (this.#cluster.metadata.topic(this.name)?.partitions.length ?? 0) > 0
  }

  /** undefined while the topic is not known; throws INVALID_ARGUMENT for a partition it does not have. */
  queueFor(
    partition: number | undefined,
    key: Uint8Array | null,
    value: Uint8Array | null,
  ): PartitionQueue | undefined {
    const partitions = this.#cluster.metadata.topic(this.name)?.partitions
    if (partitions === undefined || partitions.length === 0) return undefined
    this.#isSticky = false
    if (partition !== undefined) {
      return this.#queue(checkPartition(this.name, partition, partitions.length))
    }
    return this.#queue(this.#choose(partitions, key, value))
  }

  #choose(
    partitions: readonly PartitionMetadata[],
    key: Uint8Array | null,
    value: Uint8Array | null,
  ): number {
    const { length: count } = partitions
    const { partitioner } = this.#settings
    if (typeof partitioner === 'function') {
      const context = this.#context
      context.key = key
      context.value = value
      context.partitionCount = count
      return checkPartition(this.name, partitioner(context), count)
    }
    if (partitioner === 'uniform') return this.#sticky.following(partitions)
    if (partitioner === 'murmur2' && key !== null) return partitionOfKey(key, count)
    this.#isSticky = true
    return this.#sticky.current(partitions)
  }

  #queue(partition: number): PartitionQueue {
    let queue = this.#queues[partition]
    if (queue === undefined) {
      queue = new PartitionQueue(this, partition)
      this.#queues[partition] = queue
    }
    return queue
  }

  /** The record of the last `queueFor` is in `batch` now. */
  onAppended({ recordCount }: OutgoingBatch, bytes: number): void {
    // Interest in a topic lapses (metadata.max.idle.ms); a record now and then keeps it up.
    if (recordCount === 1) this.#cluster.refresher.use(this.name)
    if (this.#isSticky) this.#sticky.onProduced(bytes)
  }

  onBatchEnd(partition: number): void {
    this.#sticky.onBatchEnd(partition)
  }
}
