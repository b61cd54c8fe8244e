/**
 * One producer on one partition: numbers its records, keeps up to five batches under way and, when it is
 * idempotent, sends what has no answer again with the same sequences until it has.
 *
 * As Kafka's clients do it: after a failure nothing is sent until everything under way has its answer,
 * then all of it again from the oldest on. A lane that is not idempotent sends nothing twice; what has
 * no answer is given up, so that even it must show no duplicate.
 */
import { ErrorCode, errorName, isRetriable } from '@ottla/protocol'
import type { PartitionLedger } from '../check/partition-ledger.ts'
import type { Violations } from '../check/violation.ts'

/** max.in.flight.requests.per.connection of an idempotent producer. */
const IN_FLIGHT_MAX = 5

export interface ProducerBatch {
  readonly firstIndex: number
  readonly count: number
}

export interface ProduceAnswer {
  readonly errorCode: number
  readonly baseOffset: number
}

export interface ProducerLaneOptions {
  readonly name: string
  readonly isIdempotent: boolean
  readonly ledger: PartitionLedger
  readonly violations: Violations
  readonly nextCount: () => number
}

export class ProducerLane {
  readonly lane: number
  readonly #options: ProducerLaneOptions
  /** Without an answer, oldest first. */
  readonly #open: ProducerBatch[] = []
  #underWayCount = 0
  #nextIndex = 0
  /** A batch failed: nothing leaves until all answers are there. */
  #isHeld = false
  /** How many of #open, from the oldest, were sent on the current connection or attempt. */
  #sentCount = 0

  constructor(options: ProducerLaneOptions) {
    this.#options = options
    const { name, isIdempotent } = options
    this.lane = options.ledger.addLane({ name, isIdempotent })
  }

  /** The next batch to send, or undefined when nothing may leave now. */
  next(mayBegin: boolean): ProducerBatch | undefined {
    if (this.#isHeld) {
      if (this.#underWayCount > 0) return undefined
      this.#isHeld = false
      this.#sentCount = 0
    }
    const again = this.#open[this.#sentCount]
    if (again !== undefined) return this.#leave(again)
    if (!mayBegin || this.#open.length >= IN_FLIGHT_MAX) return undefined
    const batch = { firstIndex: this.#nextIndex, count: this.#options.nextCount() }
    this.#nextIndex += batch.count
    this.#options.ledger.sent(this.lane, batch.firstIndex, batch.count)
    this.#open.push(batch)
    return this.#leave(batch)
  }

  #leave(batch: ProducerBatch): ProducerBatch {
    this.#sentCount++
    this.#underWayCount++
    return batch
  }

  answered(batch: ProducerBatch, answer: ProduceAnswer): void {
    this.#underWayCount--
    if (answer.errorCode !== ErrorCode.NONE) {
      this.#refused(batch, answer.errorCode)
      return
    }
    this.#options.ledger.acked(this.lane, batch.firstIndex, batch.count, answer.baseOffset)
    this.#remove(batch)
  }

  #refused(batch: ProducerBatch, errorCode: number): void {
    const { name, isIdempotent, violations } = this.#options
    // Those behind a batch that failed are out of order by rights.
    const isConsequence = this.#isHeld && errorCode === ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
    if (!isConsequence && !isRetriable(errorCode)) {
      violations.report(
        'refused',
        `${name} records ${batch.firstIndex} to ${batch.firstIndex + batch.count - 1}: ` +
          errorName(errorCode),
      )
    }
    if (isIdempotent) this.#isHeld = true
    else this.#remove(batch)
  }

  /** The connection is gone, and with it every answer that was under way. */
  lost(batch: ProducerBatch): void {
    this.#underWayCount--
    if (this.#options.isIdempotent) this.#isHeld = true
    else this.#remove(batch)
  }

  #remove(batch: ProducerBatch): void {
    const at = this.#open.indexOf(batch)
    this.#open.splice(at, 1)
    if (at < this.#sentCount) this.#sentCount--
  }

  get openCount(): number {
    return this.#open.length
  }
}
