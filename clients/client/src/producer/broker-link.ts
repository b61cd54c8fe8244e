/** What the sender knows of one broker: how much is on its way there, and what goes with the next request. */
import type { BrokerId } from '@ottla/base'
import type { OutgoingBatch } from './outgoing-batch.ts'

/** Of one request; a single batch may be larger. Brokers take 100 MiB (socket.request.max.bytes). */
const ROUND_BYTES_MAX = 8 * 1024 * 1024

export class BrokerLink {
  readonly id: BrokerId
  /** Produce requests that are not answered. */
  inFlightCount = 0
  /** A connection is being opened. */
  isConnecting = false
  /** The socket has more than it takes; it will say when that is over. */
  isDraining = false
  /** Nothing is sent before: the broker asked for quiet (KIP-219), or could not be reached. */
  pausedUntilMs = 0
  #round: OutgoingBatch[] = []
  #roundBytes = 0

  constructor(id: BrokerId) {
    this.id = id
  }

  get hasRound(): boolean {
    return this.#round.length > 0
  }

  /** False when it does not fit in with the others. */
  offer(batch: OutgoingBatch): boolean {
    const bytes = batch.sizeInBytes
    if (this.#round.length > 0 && this.#roundBytes + bytes > ROUND_BYTES_MAX) return false
    this.#round.push(batch)
    this.#roundBytes += bytes
    return true
  }

  takeRound(): OutgoingBatch[] {
    const round = this.#round
    this.#round = []
    this.#roundBytes = 0
    return round
  }

  pauseUntil(untilMs: number): void {
    this.pausedUntilMs = Math.max(this.pausedUntilMs, untilMs)
  }
}
