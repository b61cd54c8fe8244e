/**
 * What the tail cache has of one log: its last batches, in offset order and without gaps in the file.
 *
 * A ring of plain numbers: a log that takes thousands of small batches a second leaves no object behind
 * for each, which would grow old before it dies.
 *
 *   #numbers  [ start | end | baseOffset | nextOffset ] for each batch; start and end are places in its slab
 */
import type { TailSlab } from './tail-slab.ts'

const START = 0
const END = 1
const BASE_OFFSET = 2
const NEXT_OFFSET = 3
const FIELD_COUNT = 4
const CAPACITY_MIN = 16

export class LogTail {
  #slabs: (TailSlab | undefined)[] = []
  #numbers = new Float64Array(0)
  /** A power of two, or nothing. */
  #capacity = 0
  /** Where in the ring the oldest batch is. */
  #first = 0
  #count = 0

  get count(): number {
    return this.#count
  }

  /** The first offset that is here; Infinity when there is nothing. */
  get firstOffset(): number {
    return this.#count === 0 ? Infinity : this.#field(0, BASE_OFFSET)
  }

  /** In the ring, of the batch at `place` counted from the oldest. */
  #at(place: number): number {
    return (this.#first + place) & (this.#capacity - 1)
  }

  #field(place: number, field: number): number {
    return this.#numbers[this.#at(place) * FIELD_COUNT + field] as number
  }

  /** `batch` lies in `slab`. */
  push(slab: TailSlab, batch: Buffer, baseOffset: number, nextOffset: number): void {
    if (this.#count === this.#capacity) this.#resize(Math.max(CAPACITY_MIN, this.#capacity * 2))
    const at = this.#at(this.#count)
    const start = batch.byteOffset - slab.bytes.byteOffset
    const first = at * FIELD_COUNT
    this.#slabs[at] = slab
    this.#numbers[first + START] = start
    this.#numbers[first + END] = start + batch.length
    this.#numbers[first + BASE_OFFSET] = baseOffset
    this.#numbers[first + NEXT_OFFSET] = nextOffset
    this.#count++
  }

  #resize(capacity: number): void {
    const numbers = new Float64Array(capacity * FIELD_COUNT)
    const slabs: (TailSlab | undefined)[] = []
    for (let place = 0; place < this.#count; place++) {
      const at = this.#at(place)
      slabs.push(this.#slabs[at])
      const first = at * FIELD_COUNT
      numbers.set(this.#numbers.subarray(first, first + FIELD_COUNT), place * FIELD_COUNT)
    }
    while (slabs.length < capacity) slabs.push(undefined)
    this.#slabs = slabs
    this.#numbers = numbers
    this.#capacity = capacity
    this.#first = 0
  }

  /** The slab, the oldest that is here, goes; what it has of this log is forgotten. */
  forgetSlab(slab: TailSlab): void {
    while (this.#count > 0 && this.#slabs[this.#first] === slab) {
      this.#slabs[this.#first] = undefined
      this.#first = this.#at(1)
      this.#count--
    }
    // A log that had its rush does not keep the room for it.
    if (this.#count * 4 < this.#capacity && this.#capacity > CAPACITY_MIN) {
      this.#resize(this.#capacity / 2)
    }
  }

  clear(): void {
    this.#slabs = []
    this.#numbers = new Float64Array(0)
    this.#capacity = 0
    this.#first = 0
    this.#count = 0
  }

  /**
   * The place of the batch that holds `offset`, or of the first after it; -1 when `offset` may lie
   * before what is kept, or after it.
   */
  find(offset: number): number {
    if (offset < this.firstOffset) return -1
    let low = 0
    let high = this.#count - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.nextOffsetAt(middle) <= offset) low = middle + 1
      else high = middle
    }
    return low < this.#count && this.nextOffsetAt(low) > offset ? low : -1
  }

  nextOffsetAt(place: number): number {
    return this.#field(place, NEXT_OFFSET)
  }

  slabAt(place: number): TailSlab {
    return this.#slabs[this.#at(place)] as TailSlab
  }

  startAt(place: number): number {
    return this.#field(place, START)
  }

  endAt(place: number): number {
    return this.#field(place, END)
  }
}
