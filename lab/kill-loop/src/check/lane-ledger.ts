/** What is known of one lane, which is one producer on one partition; partition-ledger.ts has the rules. */
import { NONE, NumberList } from './number-list.ts'

export interface LaneOptions {
  readonly name: string
  readonly isIdempotent: boolean
}

export class LaneLedger {
  readonly options: LaneOptions
  readonly offsetOf = new NumberList()
  sentCount = 0
  ackedCount = 0
  /** The highest record of the scan under way. */
  lastScanned = NONE

  constructor(options: LaneOptions) {
    this.options = options
  }
}
