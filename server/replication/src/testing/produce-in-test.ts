/** A Produce request in a test, as the broker's handler would run it. */
import type { Clock } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { Partition } from '../partition.ts'
import { DelayedProduce, type ProduceOwner } from '../waiting/delayed-produce.ts'
import type { ProduceResult } from '../waiting/produce-result.ts'

export interface ProduceOptions {
  readonly clock: Clock
  readonly acks?: number
  readonly timeoutMs?: number
  /** Runs when the request is done. */
  readonly onDone?: () => void
}

export class ProduceInTest implements ProduceOwner {
  readonly #produce: DelayedProduce
  readonly #onDone: (() => void) | undefined
  doneCount = 0

  constructor(batches: ReadonlyArray<readonly [Partition, Buffer]>, options: ProduceOptions) {
    this.#onDone = options.onDone
    this.#produce = new DelayedProduce(options.acks ?? -1, this)
    for (const [partition, records] of batches) {
      const result = this.#produce.result(partition.log.partition)
      partition.append(records, result)
      if (result.errorCode === ErrorCode.NONE) this.#produce.waitFor(partition, result)
    }
    this.#produce.start(options.clock, options.timeoutMs ?? 30_000)
  }

  onProduceDone(): void {
    this.doneCount++
    this.#onDone?.()
  }

  get isDone(): boolean {
    return this.doneCount > 0
  }

  get results(): readonly ProduceResult[] {
    return this.#produce.results
  }

  get errorCodes(): number[] {
    return this.results.map((result) => result.errorCode)
  }

  get baseOffsets(): number[] {
    return this.results.map((result) => result.baseOffset)
  }
}
