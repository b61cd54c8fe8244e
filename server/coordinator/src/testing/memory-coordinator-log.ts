/**
 * The coordinator's log in memory. It commits at once, or holds what it was given until a test lets it
 * go, in order, with or without an error; what failed was never written.
 */
import { ErrorCode } from '@ottla/protocol'
import type { CoordinatorLog, CoordinatorRecord } from '../runtime/coordinator-log.ts'

interface HeldAppend {
  readonly partition: number
  readonly records: readonly CoordinatorRecord[]
  readonly onCommitted: (errorCode: number) => void
}

export class MemoryCoordinatorLog implements CoordinatorLog {
  readonly #partitions = new Map<number, CoordinatorRecord[]>()
  readonly #held: HeldAppend[] = []
  isHolding = false
  /** Given to every append until it is NONE again. */
  failWith: number = ErrorCode.NONE
  /** Batches that were committed, by their number of records. */
  readonly batchSizes: number[] = []

  get heldCount(): number {
    return this.#held.length
  }

  records(partition: number): CoordinatorRecord[] {
    let records = this.#partitions.get(partition)
    if (records === undefined) {
      records = []
      this.#partitions.set(partition, records)
    }
    return records
  }

  append(
    partition: number,
    records: readonly CoordinatorRecord[],
    onCommitted: (errorCode: number) => void,
  ): void {
    const append = { partition, records, onCommitted }
    if (this.isHolding) this.#held.push(append)
    else this.#finish(append, this.failWith)
  }

  /** Lets everything go that is held, and what that leads to, and holds what comes after. */
  release(errorCode: number = ErrorCode.NONE): void {
    for (let next = this.#held.shift(); next !== undefined; next = this.#held.shift()) {
      this.#finish(next, errorCode)
    }
  }

  #finish({ partition, records, onCommitted }: HeldAppend, errorCode: number): void {
    if (errorCode === ErrorCode.NONE) {
      this.records(partition).push(...records)
      this.batchSizes.push(records.length)
    }
    onCommitted(errorCode)
  }

  async replay(
    partition: number,
    onRecord: (key: Buffer, value: Buffer | null) => void,
  ): Promise<void> {
    for (const { key, value } of this.records(partition)) {
      // Copies that are wiped afterwards, as the real log's buffers are reused.
      const keyCopy = Buffer.from(key)
      const valueCopy = value === null ? null : Buffer.from(value)
      onRecord(keyCopy, valueCopy)
      keyCopy.fill(0xee)
      valueCopy?.fill(0xee)
    }
  }
}
