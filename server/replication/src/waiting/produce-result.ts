/**
 * The answer for one partition of one Produce request, while it is made and while it waits.
 *
 * It is the object that the response encoder reads, so nothing is copied between deciding and sending.
 */
import type { AppendOutcome } from '@ottla/log'
import type { ProduceResponsePartitionProduceResponse } from '@ottla/protocol/produce-response'

type RecordErrors = ProduceResponsePartitionProduceResponse['recordErrors']

const NO_RECORD_ERRORS: RecordErrors = []
/** Default values, so the encoder leaves the tagged field out. */
const NO_LEADER_HINT = { leaderId: -1, leaderEpoch: -1 }

/** Who waits for a result. */
export interface ResultOwner {
  onResultDone(): void
}

export class ProduceResult implements ProduceResponsePartitionProduceResponse {
  readonly index: number
  errorCode = 0
  baseOffset = -1
  logAppendTimeMs = -1
  logStartOffset = -1
  recordErrors: RecordErrors = NO_RECORD_ERRORS
  errorMessage: string | null = null
  currentLeader = NO_LEADER_HINT
  /** Not on the wire: which offset has to be safe before this is answered. */
  lastOffset = -1
  readonly acks: number
  /**
   * Who waits for this result: from `awaitedBy` until it is complete, failed or timed out, once. Let go
   * then, because a partition may hold the result of a request that has long been answered.
   */
  #produce: ResultOwner | undefined

  constructor(acks: number, index: number) {
    this.acks = acks
    this.index = index
  }

  get isAwaited(): boolean {
    return this.#produce !== undefined
  }

  awaitedBy(produce: ResultOwner): void {
    this.#produce = produce
  }

  fill(outcome: AppendOutcome): void {
    this.errorCode = outcome.errorCode
    this.errorMessage = outcome.errorMessage
    this.logStartOffset = outcome.logStartOffset
    if (outcome.errorCode === 0) {
      this.baseOffset = outcome.baseOffset
      this.lastOffset = outcome.lastOffset
      this.logAppendTimeMs = outcome.logAppendTimeMs
    } else if (outcome.recordErrors.length > 0) {
      this.recordErrors = outcome.recordErrors.map((error) => ({
        batchIndex: error.batchIndex,
        batchIndexErrorMessage: error.message,
      }))
    }
  }

  refuse(errorCode: number, errorMessage: string | null): void {
    this.errorCode = errorCode
    this.errorMessage = errorMessage
    this.baseOffset = -1
    this.logAppendTimeMs = -1
  }

  /** The append is as safe as it was asked to be; says nothing when the request was answered before. */
  complete(): void {
    const produce = this.#produce
    this.#produce = undefined
    produce?.onResultDone()
  }

  /** The append was accepted but could not be made safe; the same holds. */
  fail(errorCode: number, errorMessage: string): void {
    if (!this.isAwaited) return
    this.refuse(errorCode, errorMessage)
    this.complete()
  }
}
