/**
 * The batches of one partition, in the order in which its records were sent.
 *
 *   retries ── sent again first, oldest first, one at a time
 *   full    ── closed to records, or about to be
 *   open    ── takes records
 *   inFlight ─ sent and not answered, oldest first
 *
 * Order under retries: while something is to be sent again, nothing leaves before all that is in flight
 * has come back. What was sent behind a lost batch is refused by the broker (its sequence leaves a gap),
 * comes back too, and follows in its place. The newest goes first only to find out what is stored
 * (sequence-doubt.ts).
 */
import { PartitionSequence } from './partition-sequence.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'

export interface QueueLimits {
  readonly lingerMs: number
  readonly maxInFlight: number
  readonly idempotent: boolean
}

/** The topic of the partition, as it hears of its batches. */
export interface QueueTopic {
  readonly name: string
  /** The open batch of the partition is full or has left. */
  onBatchEnd(partition: number): void
  /** Smaller batches from now on. */
  onTooLarge(batchBytesMax: number): void
}

export class PartitionQueue {
  readonly topic: string
  readonly partition: number
  readonly sequence = new PartitionSequence()
  open: OutgoingBatch | undefined
  readonly full: OutgoingBatch[] = []
  readonly retries: OutgoingBatch[] = []
  readonly inFlight: OutgoingBatch[] = []
  /** A gap in the sequences that does not close: a new epoch is taken when nothing is in flight. */
  needsNewEpoch = false
  /** When `next` may have another answer; Infinity when an event has to come first. */
  wakeAtMs = Infinity
  readonly #topic: QueueTopic
  #order = 0

  constructor(topic: QueueTopic, partition: number) {
    this.#topic = topic
    this.topic = topic.name
    this.partition = partition
  }

  get hasUnsent(): boolean {
    return this.open !== undefined || this.full.length > 0 || this.retries.length > 0
  }

  get isEmpty(): boolean {
    return !this.hasUnsent && this.inFlight.length === 0
  }

  /** All of them, as they are now. */
  get batches(): OutgoingBatch[] {
    const unsent = this.open === undefined ? this.full : [...this.full, this.open]
    return [...this.inFlight, ...this.retries, ...unsent]
  }

  nextOrder(): number {
    return this.#order++
  }

  /** The batch that may leave now; `isUrgent` does not wait for records to gather. */
  next(nowMs: number, limits: QueueLimits, isUrgent: boolean): OutgoingBatch | undefined {
    this.wakeAtMs = Infinity
    if (this.retries.length > 0 && this.inFlight.length > 0) return undefined
    const retry = this.#nextRetry()
    if (retry !== undefined) return this.#at(retry, nowMs)
    if (this.inFlight.length >= limits.maxInFlight) return undefined
    if (this.inFlight.length > 0 && this.#mustBeAlone(limits)) return undefined
    const full = this.full[0]
    if (full !== undefined) return full
    const { open } = this
    if (open === undefined) return undefined
    const dueMs = open.createdMs + limits.lingerMs
    if (isUrgent || dueMs <= nowMs) return open
    this.wakeAtMs = dueMs
    return undefined
  }

  /**
   * A broker that does not know a producer takes whatever sequence comes first. Were the first batch
   * refused (a leader that is just being elected) and the second one taken, the first could never be
   * stored; so the second waits until the first has its answer.
   */
  #mustBeAlone({ idempotent }: QueueLimits): boolean {
    if (!idempotent) return false
    return !this.sequence.isKnownToBroker
  }

  #nextRetry(): OutgoingBatch | undefined {
    const { sequence, retries } = this
    const doubted = sequence.doubt?.next(retries)
    // What it would ask about may have been given up.
    if (doubted === undefined) sequence.doubt = undefined
    return doubted ?? retries[0]
  }

  #at(batch: OutgoingBatch, nowMs: number): OutgoingBatch | undefined {
    if (batch.retryAtMs <= nowMs) return batch
    this.wakeAtMs = batch.retryAtMs
    return undefined
  }

  /** The open batch takes no more records. */
  onFull(batch: OutgoingBatch): void {
    this.full.push(batch)
    this.open = undefined
    this.#topic.onBatchEnd(this.partition)
  }

  /** It leaves; it is what `next` returned last. */
  onSent(batch: OutgoingBatch): void {
    this.inFlight.push(batch)
    const at = this.retries.indexOf(batch)
    if (at >= 0) this.retries.splice(at, 1)
    else if (this.full[0] === batch) this.full.shift()
    else {
      this.open = undefined
      this.#topic.onBatchEnd(this.partition)
    }
  }

  /** The broker finds a batch too large: `batchBytesMax` might do. */
  onTooLarge(batchBytesMax: number): void {
    this.#topic.onTooLarge(batchBytesMax)
  }

  onAnswered(batch: OutgoingBatch): void {
    const at = this.inFlight.indexOf(batch)
    if (at >= 0) this.inFlight.splice(at, 1)
  }

  /** Whether one that was sent before it is not settled. */
  isBehindOthers({ order }: OutgoingBatch): boolean {
    const isBefore = (other: OutgoingBatch): boolean => other.order < order
    return this.retries.some(isBefore) || this.inFlight.some(isBefore)
  }

  sendAgain(batch: OutgoingBatch): void {
    const at = this.retries.findIndex(({ order }) => order > batch.order)
    this.retries.splice(at < 0 ? this.retries.length : at, 0, batch)
  }

  /** Expired before it was sent, or the producer closes. */
  remove(batch: OutgoingBatch): void {
    if (this.open === batch) this.open = undefined
    for (const list of [this.full, this.retries]) {
      const at = list.indexOf(batch)
      if (at >= 0) list.splice(at, 1)
    }
  }
}
