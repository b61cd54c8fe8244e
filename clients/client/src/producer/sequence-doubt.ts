/**
 * Whether a gap in the sequences of a partition is real, found out by asking for the batches behind it.
 *
 * A broker knows the last five batches of a producer, but Apache Kafka keeps only the very last one when it
 * is restarted (ProducerStateManager's snapshots). When several batches were stored and their answers were
 * lost, the first of them, sent again, is then out of order although nothing is missing; sent anew in another
 * epoch, as Java's client does, all of them would be doubled.
 *
 *   stored, not answered:  [1] [2] [3] [4]      not stored: [5]
 *   sent again:             1 out of order ─► 5 out of order ─► 4 known ─► 1 2 3 are stored too ─► 5
 *
 * So the batches behind are sent first, the newest of them first. One that the broker knows tells of all
 * before it, since a broker takes them in order only; and the last that it has is one that it knows. When it
 * knows none, the gap is real. Nothing can be taken out of place meanwhile: that it refuses a sequence shows
 * that it knows the producer, and then it takes the next sequence and no other.
 */
import type { OutgoingBatch } from './outgoing-batch.ts'

export class SequenceDoubt {
  /** Out of order themselves. */
  readonly #refused = new Set<OutgoingBatch>()

  refuse(batch: OutgoingBatch): void {
    this.#refused.add(batch)
  }

  /** The one to ask about next, of those that are to be sent again, the oldest first; undefined when none is left. */
  next(retries: readonly OutgoingBatch[]): OutgoingBatch | undefined {
    return retries.findLast((batch) => !this.#refused.has(batch))
  }
}
