/**
 * The writes of one partition that are on their way to being committed.
 *
 * Nothing that was appended is visible before it is committed: the callbacks apply it. When the
 * partition moves away, `abort()` answers all of them, and what the log reports later is ignored.
 */
import { invariant } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { responseErrorOf } from './append-error.ts'
import type { CoordinatorLog, CoordinatorRecord } from './coordinator-log.ts'

/** With NONE, or with the code for the client. */
export type OnAppended = (errorCode: number) => void

interface InFlight {
  readonly onAppended: OnAppended
  afterwards: (() => void)[] | undefined
}

export class ShardAppends {
  readonly #log: CoordinatorLog
  readonly #partition: number
  readonly #inFlight = new Set<InFlight>()
  #newest: InFlight | undefined
  #isAborted = false

  constructor(log: CoordinatorLog, partition: number) {
    this.#log = log
    this.#partition = partition
  }

  get inFlightCount(): number {
    return this.#inFlight.size
  }

  append(records: readonly CoordinatorRecord[], onAppended: OnAppended): void {
    invariant(records.length > 0, 'an append needs records')
    if (this.#isAborted) {
      onAppended(ErrorCode.NOT_COORDINATOR)
      return
    }
    const inFlight: InFlight = { onAppended, afterwards: undefined }
    this.#inFlight.add(inFlight)
    this.#newest = inFlight
    this.#log.append(this.#partition, records, (errorCode) => {
      // Aborted meanwhile: everybody has been answered, and the state is gone.
      if (!this.#inFlight.has(inFlight)) return
      this.#finish(inFlight, responseErrorOf(errorCode))
    })
  }

  /** Runs once everything appended so far is committed or refused; at once when nothing is on its way. */
  whenCommitted(run: () => void): void {
    const newest = this.#newest
    if (newest === undefined) {
      run()
      return
    }
    newest.afterwards ??= []
    newest.afterwards.push(run)
  }

  abort(): void {
    this.#isAborted = true
    for (const inFlight of this.#inFlight) this.#finish(inFlight, ErrorCode.NOT_COORDINATOR)
  }

  #finish(inFlight: InFlight, errorCode: number): void {
    this.#inFlight.delete(inFlight)
    if (this.#newest === inFlight) this.#newest = undefined
    inFlight.onAppended(errorCode)
    for (const run of inFlight.afterwards ?? []) run()
  }
}
