/**
 * What a group has committed for one partition: offsets rise, so what is found may never go back.
 *
 * A commit without an answer may or may not have been stored, but a start settles it: what the restarted
 * broker says once, it has to say again until the next commit is sent.
 */
import type { Violations } from './violation.ts'

const NOTHING = -1

export class CommittedOffsetsLedger {
  readonly name: string
  readonly #violations: Violations
  #sent = NOTHING
  #acked = NOTHING
  #ackedCount = 0

  constructor(name: string, violations: Violations) {
    this.name = name
    this.#violations = violations
  }

  /** Said before the commit leaves. */
  sent(offset: number): void {
    if (offset <= this.#sent) throw new RangeError(`${this.name}: ${offset} after ${this.#sent}`)
    this.#sent = offset
  }

  acked(offset: number): void {
    this.#ackedCount++
    this.#acked = Math.max(this.#acked, offset)
  }

  /** The answer of a broker that has started anew. */
  found(offset: number): void {
    if (offset < this.#acked) {
      this.#violations.report(
        'offset went back',
        `${this.name}: ${this.#acked} was acknowledged or found before, now it is ${offset}`,
      )
    }
    if (offset > this.#sent) {
      this.#violations.report(
        'offset never committed',
        `${this.name}: ${offset} was found, nothing above ${this.#sent} was committed`,
      )
    }
    // Commits that were under way have died with the broker: settled.
    this.#acked = offset
    this.#sent = offset
  }

  get next(): number {
    return this.#sent + 1
  }

  get ackedCount(): number {
    return this.#ackedCount
  }
}
