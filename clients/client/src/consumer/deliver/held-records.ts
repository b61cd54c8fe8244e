/**
 * What the loops of a program have in hand: given out, and not done until the loop asks for the next.
 *
 * A loop that was left (`break`, or an error) leaves the last message behind: it counts as done when any
 * loop asks for the next one, and not at all when the consumer closes before that.
 */
import type { AssignedPartition } from '../assignment/assigned-partition.ts'

/** In one loop's hand: one record as a rule, so that one is kept without an array. */
export class Hand {
  #partition: AssignedPartition | undefined
  #number = 0
  readonly #morePartitions: AssignedPartition[] = []
  readonly #moreNumbers: number[] = []

  get isEmpty(): boolean {
    return this.#partition === undefined
  }

  add(partition: AssignedPartition, number: number): void {
    if (this.#partition === undefined) {
      this.#partition = partition
      this.#number = number
    } else {
      this.#morePartitions.push(partition)
      this.#moreNumbers.push(number)
    }
  }

  holds(partitions: ReadonlySet<AssignedPartition>): boolean {
    if (this.#partition === undefined) return false
    return (
      partitions.has(this.#partition) || this.#morePartitions.some((one) => partitions.has(one))
    )
  }

  /** All of it is done. */
  finish(): void {
    if (this.#partition === undefined) return
    this.#partition.tracker.end(this.#number)
    this.#partition = undefined
    if (this.#moreNumbers.length === 0) return
    for (const [i, partition] of this.#morePartitions.entries()) {
      partition.tracker.end(this.#moreNumbers[i] as number)
    }
    this.#dropMore()
  }

  moveTo(other: Hand): void {
    if (this.#partition === undefined) return
    other.add(this.#partition, this.#number)
    for (const [i, partition] of this.#morePartitions.entries()) {
      other.add(partition, this.#moreNumbers[i] as number)
    }
    this.#partition = undefined
    this.#dropMore()
  }

  #dropMore(): void {
    this.#morePartitions.length = 0
    this.#moreNumbers.length = 0
  }
}

export class HeldRecords {
  readonly #hands = new Set<Hand>()
  readonly #leftBehind = new Hand()
  #onFinished: (() => void)[] = []

  /** For a loop that begins. */
  take(): Hand {
    const hand = new Hand()
    this.#hands.add(hand)
    return hand
  }

  /** The loop asks for the next. */
  finish(hand: Hand): void {
    if (!this.#leftBehind.isEmpty) this.#leftBehind.finish()
    hand.finish()
    if (this.#onFinished.length > 0) this.changed()
  }

  /** The loop was left. */
  leave(hand: Hand): void {
    this.#hands.delete(hand)
    hand.moveTo(this.#leftBehind)
    this.changed()
  }

  /** The program says itself that it has done what it was given. */
  finishAll(): void {
    this.#leftBehind.finish()
    for (const hand of this.#hands) hand.finish()
    this.changed()
  }

  changed(): void {
    const waiting = this.#onFinished
    this.#onFinished = []
    for (const resolve of waiting) resolve()
  }

  isHeld(partitions: ReadonlySet<AssignedPartition>): boolean {
    return [...this.#hands].some((hand) => hand.holds(partitions))
  }

  /** Something may have been let go of. */
  untilChanged(): Promise<void> {
    return new Promise<void>((resolve) => {
      this.#onFinished.push(resolve)
    })
  }
}
