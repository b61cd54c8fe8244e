/** A consumer at the end of the log while the broker runs: what it has read may never change. */
import { ErrorCode } from '@ottla/protocol'
import type { PartitionLedger } from '../check/partition-ledger.ts'
import type { ScannedPartition } from '../check/scan-partitions.ts'
import type { Violations } from '../check/violation.ts'
import { fetchBatches, type FetchPosition, type FetchSink } from '../wire/fetch-batches.ts'
import type { RawConnection } from '../wire/raw-connection.ts'
import { readRecordName } from './record-name.ts'

const MAX_WAIT_MS = 100

export class TailReader implements FetchSink {
  readonly #violations: Violations
  readonly #ledgers = new Map<string, PartitionLedger>()
  #positions = new Map<string, FetchPosition>()
  readCount = 0

  constructor(partitions: readonly ScannedPartition[], violations: Violations) {
    this.#violations = violations
    for (const { topic, partition, ledger } of partitions) {
      this.#ledgers.set(keyOf({ topic, partition }), ledger)
      this.#positions.set(keyOf({ topic, partition }), { topic, partition, offset: 0 })
    }
  }

  async work(connection: RawConnection, isDone: () => boolean): Promise<void> {
    while (connection.isOpen && !isDone()) {
      const positions = [...this.#positions.values()]
      await fetchBatches(connection, positions, { maxWaitMs: MAX_WAIT_MS }, this)
    }
  }

  onRecord(position: FetchPosition, offset: number, value: Buffer | null): void {
    this.readCount++
    const name = readRecordName(value)
    if (name === undefined) {
      this.#violations.report('damaged', `${keyOf(position)}: offset ${offset} read as other bytes`)
      return
    }
    this.#ledgers.get(keyOf(position))?.seen(offset, name.lane, name.index)
  }

  onHighWatermark(position: FetchPosition, _highWatermark: number, nextOffset: number): void {
    this.#positions.set(keyOf(position), { ...position, offset: nextOffset })
  }

  onRefused(position: FetchPosition, errorCode: number): void {
    // While a broker starts or ends it may refuse; a reader beyond the end means that the end went back.
    if (errorCode !== ErrorCode.OFFSET_OUT_OF_RANGE) return
    this.#violations.report('lost', `${keyOf(position)}: nothing at offset ${position.offset}`)
  }

  onDamaged(position: FetchPosition, problem: string): void {
    this.#violations.report('damaged', `${keyOf(position)} at ${position.offset}: ${problem}`)
  }
}

function keyOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}-${partition}`
}
