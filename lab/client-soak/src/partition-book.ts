/**
 * What is known of one partition: which numbers were acknowledged and which were read.
 *
 * The numbers of a partition are sent as 0, 1, 2, … in order, so number and offset must agree. Memory does
 * not grow with the run: of what was read only the numbers beyond the first gap are kept.
 */
const VIOLATIONS_KEPT = 20

export class PartitionBook {
  readonly #partition: number
  /** Read, and not connected to 0 yet. */
  readonly #ahead = new Set<number>()
  #sent = 0
  #acknowledged = 0
  #readBefore = 0
  doubledCount = 0
  readonly violations: string[] = []

  constructor(partition: number) {
    this.#partition = partition
  }

  /** The next number to send. */
  next(): number {
    return this.#sent++
  }

  onAcknowledged(number: number, offset: number): void {
    this.#acknowledged++
    if (number !== offset) this.#violated(`number ${number} was acknowledged at offset ${offset}`)
  }

  onRead(number: number, offset: number): void {
    if (number !== offset) this.#violated(`number ${number} was read at offset ${offset}`)
    if (number >= this.#sent) this.#violated(`number ${number} was read and never sent`)
    if (number < this.#readBefore || this.#ahead.has(number)) {
      this.doubledCount++
      return
    }
    this.#ahead.add(number)
    while (this.#ahead.delete(this.#readBefore)) this.#readBefore++
  }

  get sentCount(): number {
    return this.#sent
  }

  get acknowledgedCount(): number {
    return this.#acknowledged
  }

  get readCount(): number {
    return this.#readBefore + this.#ahead.size
  }

  get isWhole(): boolean {
    return this.#acknowledged === this.#sent && this.#readBefore === this.#sent
  }

  /** At the end: what is missing is lost. */
  close(): void {
    if (this.#acknowledged !== this.#sent) {
      this.#violated(`${this.#sent - this.#acknowledged} were not acknowledged`)
    }
    if (this.#readBefore !== this.#sent) {
      this.#violated(`${this.#sent - this.readCount} were not read, ${this.#readBefore} the first`)
    }
  }

  #violated(text: string): void {
    if (this.violations.length < VIOLATIONS_KEPT) {
      this.violations.push(`partition ${this.#partition}: ${text}`)
    }
  }
}
