/**
 * Which records of one partition were given out and are not done with yet, oldest first; the oldest of
 * them is as far as may be committed.
 *
 * A ring of offsets, without an object per record. What is given out gets a number that counts up;
 * numbers from before a `clear` (a seek) mean nothing any more.
 */
const CAPACITY = 16

export class OffsetTracker {
  #offsets = new Float64Array(CAPACITY)
  #epochs = new Int32Array(CAPACITY)
  #isDone = new Uint8Array(CAPACITY)
  /** Number of the oldest that is not done. */
  #first = 0
  /** Number that the next one gets. */
  #next = 0

  get isEmpty(): boolean {
    return this.#first === this.#next
  }

  get size(): number {
    return this.#next - this.#first
  }

  /** Of the oldest that is not done; only while there is one. */
  get firstOffset(): number {
    return this.#offsets[this.#first & (this.#offsets.length - 1)] as number
  }

  get firstEpoch(): number {
    return this.#epochs[this.#first & (this.#offsets.length - 1)] as number
  }

  /** Returns the number by which `end` knows it. */
  begin(offset: number, leaderEpoch: number): number {
    if (this.size === this.#offsets.length) this.#grow()
    const at = this.#next & (this.#offsets.length - 1)
    this.#offsets[at] = offset
    this.#epochs[at] = leaderEpoch
    this.#isDone[at] = 0
    return this.#next++
  }

  end(number: number): void {
    if (number < this.#first || number >= this.#next) return
    const mask = this.#offsets.length - 1
    this.#isDone[number & mask] = 1
    while (this.#first < this.#next && this.#isDone[this.#first & mask] === 1) this.#first++
  }

  clear(): void {
    this.#first = this.#next
  }

  #grow(): void {
    const before = this.#offsets.length
    const offsets = new Float64Array(before * 2)
    const epochs = new Int32Array(before * 2)
    const isDone = new Uint8Array(before * 2)
    for (let number = this.#first; number < this.#next; number++) {
      const from = number & (before - 1)
      const to = number & (before * 2 - 1)
      offsets[to] = this.#offsets[from] as number
      epochs[to] = this.#epochs[from] as number
      isDone[to] = this.#isDone[from] as number
    }
    this.#offsets = offsets
    this.#epochs = epochs
    this.#isDone = isDone
  }
}
