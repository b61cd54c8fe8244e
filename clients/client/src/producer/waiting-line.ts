/**
 * Records of one topic that cannot be put into a batch at once: the topic is not known yet, the buffer
 * is full, or a serde is asynchronous. They go one by one, in the order in which they were sent, and
 * while one waits all later ones of the topic wait behind it.
 *
 * The line holds what the program sent without awaiting it; waiting-limit.ts bounds it. `sendAll` has one
 * record in it at a time.
 */
import type { KafkaError } from '../kafka-error.ts'
import { tooMuchWaits } from './buffer-errors.ts'
import { RecordAdmission, type RecordAdmissionOptions, type Turn } from './record-admission.ts'
import type { WaitingLimit } from './waiting-limit.ts'
import type { WaitingRecord } from './waiting-record.ts'

export interface WaitingLineOptions extends RecordAdmissionOptions {
  readonly limit: WaitingLimit
}

interface Barrier {
  readonly reach: () => void
}

/** Fewer that have been dealt with are not worth moving the others for. */
const PASSED_MIN = 1024

export class WaitingLine {
  readonly #topic: string
  readonly #limit: WaitingLimit
  readonly #admission: RecordAdmission
  /** Undefined where one has been dealt with: a line that never gets empty must not keep their bytes. */
  #entries: (WaitingRecord | Barrier | undefined)[] = []
  /** Of the one whose turn it is; past the last when all have been dealt with. */
  #at = 0
  #isRunning = false
  /** Why none of those who stood in line at the time gets into a batch. */
  #failure: unknown
  /** Those in front of it are told. */
  #failedCount = 0
  readonly #turn: Turn = {
    check: () => {
      if (this.#isFailed) throw this.#failure
    },
    onAppended: () => {
      this.#goOn()
    },
    onTopicFailed: (failure) => {
      this.#failAll(failure)
    },
  }

  constructor(options: WaitingLineOptions) {
    this.#topic = options.sink.name
    this.#limit = options.limit
    this.#admission = new RecordAdmission(options)
  }

  get isEmpty(): boolean {
    return this.#at === this.#entries.length
  }

  /** Rejects the record at once when as much as may wait does already. */
  add(record: WaitingRecord): void {
    const limit = this.#limit
    const { waitingBytes, bulk } = record
    if (bulk === undefined && !limit.admits(waitingBytes)) {
      record.reject(tooMuchWaits(this.#topic, limit.count, limit.bytes))
      return
    }
    limit.onEntered(waitingBytes)
    this.#push(record)
  }

  /** Resolves when everything that stands in line now has been put into a batch or has failed. */
  passed(): Promise<void> {
    if (this.isEmpty) return Promise.resolve()
    return new Promise<void>((resolve) => {
      this.#push({ reach: resolve })
    })
  }

  /** What stands in line now is refused with `failure` and gets into no batch. */
  abandon(failure: KafkaError): void {
    if (!this.isEmpty) this.#failAll(failure)
  }

  #failAll(failure: unknown): void {
    this.#failure = failure
    this.#failedCount = this.#entries.length
  }

  get #isFailed(): boolean {
    return this.#at < this.#failedCount
  }

  #push(entry: WaitingRecord | Barrier): void {
    this.#entries.push(entry)
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (!this.isEmpty) {
      const entry = this.#entries[this.#at] as WaitingRecord | Barrier
      if ('reach' in entry) {
        this.#goOn()
        entry.reach()
      } else if (this.#isFailed) {
        this.#goOn()
        entry.reject(this.#failure)
      } else await this.#pass(entry)
    }
    this.#isRunning = false
  }

  /** Goes on, whatever becomes of the record. */
  async #pass(record: WaitingRecord): Promise<void> {
    try {
      if (!(await this.#admission.admit(record, this.#turn))) this.#goOn()
    } catch (error) {
      this.#goOn()
      record.reject(error)
    }
  }

  /** The one whose turn it is has been dealt with. */
  #goOn(): void {
    const entry = this.#entries[this.#at]
    if (entry !== undefined && !('reach' in entry)) this.#limit.onLeft(entry.waitingBytes)
    this.#entries[this.#at] = undefined
    this.#at++
    const { length } = this.#entries
    // Half of them at least: else moving the others would cost more than passing them.
    if (this.#at < length && this.#at < Math.max(PASSED_MIN, length / 2)) return
    this.#entries.splice(0, this.#at)
    this.#failedCount = Math.max(0, this.#failedCount - this.#at)
    this.#at = 0
  }
}
