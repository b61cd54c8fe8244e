/**
 * How much waits in the lines of one producer, over all of its topics, and how much may.
 *
 * Java's producer blocks the thread that sends (max.block.ms), so its threads are the bound. Here nothing
 * blocks: a program that does not await what it sends does not notice that the buffer is full. What it
 * sends beyond the limit is refused at once, as librdkafka does (QUEUE_FULL).
 *
 * Records of `sendAll` count and are not refused: each call has one of them here, and waits for it.
 */
export interface WaitingLimits {
  readonly maxWaitingRecords: number
  readonly maxWaitingBytes: number
}

export class WaitingLimit {
  readonly #limits: WaitingLimits
  #count = 0
  #bytes = 0

  constructor(limits: WaitingLimits) {
    this.#limits = limits
  }

  get count(): number {
    return this.#count
  }

  get bytes(): number {
    return this.#bytes
  }

  /** One record may always wait, of whatever size. */
  admits(bytes: number): boolean {
    if (this.#count === 0) return true
    const { maxWaitingRecords, maxWaitingBytes } = this.#limits
    return this.#count < maxWaitingRecords && this.#bytes + bytes <= maxWaitingBytes
  }

  onEntered(bytes: number): void {
    this.#count++
    this.#bytes += bytes
  }

  onLeft(bytes: number): void {
    this.#count--
    this.#bytes -= bytes
  }
}
