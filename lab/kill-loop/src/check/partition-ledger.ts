/**
 * What one partition must hold, from everything that was ever seen of it: answers to produce requests,
 * records read while the broker ran, and the scans after each start.
 *
 * A *lane* is one producer on this partition; it numbers its records from 0. What is held against the
 * log:
 *
 * - an offset never changes its record, whoever saw it first: that is what "acknowledged" means;
 * - offsets have no gap (nothing here is compacted or transactional);
 * - the high watermark never falls below what was acknowledged or read;
 * - a record stands at one offset only, and the records of a lane rise;
 * - the records of an idempotent lane have no hole between them either.
 *
 * scan: beginScan() → scanned() for every record in offset order → endScan(). A scan goes on from the
 * last one, or starts anew with restart().
 */
import { LaneLedger, type LaneOptions } from './lane-ledger.ts'
import { NONE, NumberList } from './number-list.ts'
import type { ViolationKind, Violations } from './violation.ts'

const LANE_SHIFT = 2 ** 40

export class PartitionLedger {
  readonly name: string
  readonly #violations: Violations
  readonly #lanes: LaneLedger[] = []
  readonly #contentAt = new NumberList()
  #knownEnd = 0
  #scannedTo = 0
  #position = 0

  constructor(name: string, violations: Violations) {
    this.name = name
    this.#violations = violations
  }

  /** Returns the lane's number. */
  addLane(options: LaneOptions): number {
    return this.#lanes.push(new LaneLedger(options)) - 1
  }

  /** Said before the records leave: they may be in the log from now on. */
  sent(lane: number, firstIndex: number, count: number): void {
    const ledger = this.#lane(lane)
    ledger.sentCount = Math.max(ledger.sentCount, firstIndex + count)
  }

  acked(lane: number, firstIndex: number, count: number, baseOffset: number): void {
    const ledger = this.#lane(lane)
    ledger.ackedCount += count
    for (let i = 0; i < count; i++) this.#know(baseOffset + i, lane, firstIndex + i)
  }

  /** Read by a consumer while the broker was running. */
  seen(offset: number, lane: number, index: number): void {
    this.#know(offset, lane, index)
  }

  /** One after the last offset that was acknowledged or read. */
  get knownEnd(): number {
    return this.#knownEnd
  }

  get ackedCount(): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.ackedCount, 0)
  }

  /** The next scan reads everything again. */
  restart(): void {
    this.#scannedTo = 0
    for (const lane of this.#lanes) lane.lastScanned = NONE
  }

  /** Returns the offset to read from; earlier records are only held against what is known. */
  beginScan(overlapCount: number): number {
    this.#position = Math.max(0, this.#scannedTo - overlapCount)
    return this.#position
  }

  scanned(offset: number, lane: number, index: number): void {
    if (offset !== this.#position) {
      this.#report('gap', `offset ${this.#position} is missing: the next record has ${offset}`)
    }
    this.#position = offset + 1
    const isAsKnown = this.#know(offset, lane, index)
    if (offset < this.#scannedTo) return
    this.#scannedTo = offset + 1
    if (isAsKnown) this.#checkOrder(offset, lane, index)
  }

  endScan(highWatermark: number): void {
    if (highWatermark >= this.#knownEnd) return
    this.#report(
      'lost',
      `the log ends at offset ${highWatermark}, but ${this.#knownEnd - highWatermark} records ` +
        `up to ${this.#describe(this.#knownEnd - 1)} were acknowledged or read`,
    )
  }

  /** After the last scan: every record of an idempotent lane was sent again until it was acknowledged. */
  checkComplete(): void {
    for (const { options, lastScanned, sentCount } of this.#lanes) {
      if (!options.isIdempotent || lastScanned === sentCount - 1) continue
      this.#report(
        'lost',
        `${options.name} was acknowledged ${sentCount} records, the log ends with ${lastScanned}`,
      )
    }
  }

  #lane(lane: number): LaneLedger {
    const ledger = this.#lanes[lane]
    if (ledger === undefined) throw new RangeError(`${this.name} has no lane ${lane}`)
    return ledger
  }

  /** False when it cannot be true together with what is known; then it was reported. */
  #know(offset: number, lane: number, index: number): boolean {
    const ledger = this.#lanes[lane]
    if (ledger === undefined || index >= ledger.sentCount) {
      this.#report('never sent', `offset ${offset} holds record ${index} of lane ${lane}`)
      return false
    }
    const content = lane * LANE_SHIFT + index
    const name = `${ledger.options.name} record ${index}`
    const known = this.#contentAt.get(offset)
    if (known !== NONE && known !== content) {
      this.#report('changed', `${this.#describe(offset)} has become ${name}`)
      return false
    }
    this.#contentAt.set(offset, content)
    if (offset >= this.#knownEnd) this.#knownEnd = offset + 1

    const elsewhere = ledger.offsetOf.get(index)
    if (elsewhere !== NONE && elsewhere !== offset) {
      this.#report('duplicated', `${name} stands at offsets ${elsewhere} and ${offset}`)
      return false
    }
    ledger.offsetOf.set(index, offset)
    return true
  }

  #checkOrder(offset: number, lane: number, index: number): void {
    const ledger = this.#lane(lane)
    const { options, lastScanned } = ledger
    if (index < lastScanned) {
      this.#report(
        'reordered',
        `${options.name} record ${index} at offset ${offset} follows record ${lastScanned}`,
      )
    } else if (options.isIdempotent && index !== lastScanned + 1) {
      this.#report(
        'gap',
        `${options.name} record ${lastScanned + 1} is missing before ${index} at offset ${offset}`,
      )
    }
    ledger.lastScanned = Math.max(lastScanned, index)
  }

  #describe(offset: number): string {
    const content = this.#contentAt.get(offset)
    if (content === NONE) return `offset ${offset}`
    const lane = Math.floor(content / LANE_SHIFT)
    return `offset ${offset} (${this.#lanes[lane]?.options.name} record ${content % LANE_SHIFT})`
  }

  #report(kind: ViolationKind, what: string): void {
    this.#violations.report(kind, `${this.name}: ${what}`)
  }
}
