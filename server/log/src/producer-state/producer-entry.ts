/**
 * What a log remembers of one producer: its epoch, its last five batches, its open transaction.
 *
 * Five, because a producer may have five requests in flight (KIP-98): a retry of any of them must be
 * recognised. The objects of old batches are used again, so a steady producer allocates nothing here.
 */
export interface BatchMetadata {
  lastSequence: number
  lastOffset: number
  offsetDelta: number
  timestamp: number
}

export const BATCHES_MAX = 5
const NONE = -1
const SEQUENCE_COUNT = 2147483648

export class ProducerEntry {
  readonly producerId: number
  producerEpoch = NONE
  coordinatorEpoch = NONE
  lastTimestamp = NONE
  /** First offset of the open transaction; -1 when there is none. */
  currentTxnFirstOffset = NONE
  /** Oldest first. */
  readonly batches: BatchMetadata[] = []

  constructor(producerId: number) {
    this.producerId = producerId
  }

  get lastSequence(): number {
    return this.batches.at(-1)?.lastSequence ?? NONE
  }

  get lastOffset(): number {
    return this.batches.at(-1)?.lastOffset ?? NONE
  }

  /** A new epoch begins with no batches: sequences start again. */
  updateEpoch(producerEpoch: number): void {
    if (producerEpoch === this.producerEpoch) return
    this.producerEpoch = producerEpoch
    this.batches.length = 0
  }

  addBatch(batch: BatchMetadata): void {
    const place = this.batches.length < BATCHES_MAX ? undefined : this.batches.shift()
    if (place === undefined) {
      this.batches.push({ ...batch })
    } else {
      place.lastSequence = batch.lastSequence
      place.lastOffset = batch.lastOffset
      place.offsetDelta = batch.offsetDelta
      place.timestamp = batch.timestamp
      this.batches.push(place)
    }
    this.lastTimestamp = batch.timestamp
  }

  /** The remembered batch with exactly these sequences; a batch that only overlaps is none. */
  findDuplicate(firstSequence: number, lastSequence: number): BatchMetadata | undefined {
    for (const batch of this.batches) {
      if (batch.lastSequence !== lastSequence) continue
      if (firstSequenceOf(batch) === firstSequence) return batch
    }
    return undefined
  }
}

function firstSequenceOf(batch: BatchMetadata): number {
  const first = batch.lastSequence - batch.offsetDelta
  return first < 0 ? first + SEQUENCE_COUNT : first
}

/** Sequences count on from 2^31 - 1 to 0. */
export function isNextSequence(lastSequence: number, nextSequence: number): boolean {
  return nextSequence === (lastSequence + 1) % SEQUENCE_COUNT
}
