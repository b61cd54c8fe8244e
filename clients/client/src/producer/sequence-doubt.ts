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
 * knows none, the gap is real. One that is refused for good meanwhile, or runs out of time, leaves the doubt;
 * a new epoch waits until the others are settled.
 *
 * None may be told to be stored that is not. A broker takes the next sequence and no other, unless it has
 * forgotten the producer: then it takes any (Kafka's ProducerAppendInfo, since 2.5; before, it answered
 * UNKNOWN_PRODUCER_ID, which ends doubt in a new epoch). It does so producer.id.expiration.ms after the
 * timestamp of the last batch, so at any moment when records are given old ones. Therefore:
 *
 * - Doubt ends with the connection on which it began (mend-sequences.ts), and the oldest is asked about first
 *   again: a broker that was restarted, or leads since then, may take the newest as its first.
 * - Forgotten while the batches were under way: the first is refused, the second taken, both answers lost. A
 *   known batch has an offset. When there is no room for all the others between the last acknowledged and it,
 *   they are not told to be stored: sent again they are too old, and fail (OUT_OF_ORDER_SEQUENCE_NUMBER).
 *   What is left is another producer filling that room in this very moment.
 * - DUPLICATE_SEQUENCE_NUMBER tells the same without an offset. Brokers of 1.0 send it, and those never take
 *   any sequence but the next.
 */
import type { BrokerConnection } from '../connection/broker-connection.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'

export class SequenceDoubt {
  /** To the broker that refuses: as long as it stands, the broker knows what it knew. */
  readonly connection: BrokerConnection
  /** Out of order themselves. */
  readonly #refused = new Set<OutgoingBatch>()

  constructor(connection: BrokerConnection) {
    this.connection = connection
  }

  refuse(batch: OutgoingBatch): void {
    this.#refused.add(batch)
  }

  /** The one to ask about next, of those that are to be sent again, the oldest first; undefined when none is left. */
  next(retries: readonly OutgoingBatch[]): OutgoingBatch | undefined {
    return retries.findLast((batch) => !this.#refused.has(batch))
  }
}
