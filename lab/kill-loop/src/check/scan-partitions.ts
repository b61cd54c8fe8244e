/** Holds what the broker has against the ledgers: reads every partition up to its high watermark. */
import { ErrorCode, errorName, isRetriable } from '@ottla/protocol'
import { fetchBatches, type FetchPosition, type FetchSink } from '../wire/fetch-batches.ts'
import type { RawConnection } from '../wire/raw-connection.ts'
import { readRecordName } from '../workload/record-name.ts'
import type { PartitionLedger } from './partition-ledger.ts'
import { Patience } from './patience.ts'
import type { ViolationKind, Violations } from './violation.ts'

export interface ScannedPartition {
  readonly topic: string
  readonly partition: number
  readonly ledger: PartitionLedger
}

/** Records before the last scan's end that are read again, and must be what they were. */
const OVERLAP_COUNT = 200
const SCAN_WAIT_MS = 0
const EMPTY_ANSWERS_MAX = 20

/** Returns how many records were read. */
export async function scanPartitions(
  connection: RawConnection,
  partitions: readonly ScannedPartition[],
  violations: Violations,
): Promise<number> {
  const scan = new Scan(partitions, violations)
  while (scan.positions.length > 0) {
    await fetchBatches(connection, scan.positions, { maxWaitMs: SCAN_WAIT_MS }, scan)
    await scan.pauseIfRefused()
  }
  return scan.recordCount
}

class Scan implements FetchSink {
  readonly #violations: Violations
  readonly #ledgers = new Map<string, PartitionLedger>()
  readonly #left = new Map<string, FetchPosition>()
  readonly #patience = new Patience()
  readonly #emptyCounts = new Map<string, number>()
  recordCount = 0

  constructor(partitions: readonly ScannedPartition[], violations: Violations) {
    this.#violations = violations
    for (const { topic, partition, ledger } of partitions) {
      const offset = ledger.beginScan(OVERLAP_COUNT)
      this.#ledgers.set(keyOf({ topic, partition }), ledger)
      this.#left.set(keyOf({ topic, partition }), { topic, partition, offset })
    }
  }

  /** A broker that has just started may need a moment for its leaders. */
  pauseIfRefused(): Promise<void> {
    return this.#patience.pauseIfUsed()
  }

  get positions(): FetchPosition[] {
    return [...this.#left.values()]
  }

  onRecord(position: FetchPosition, offset: number, value: Buffer | null): void {
    this.recordCount++
    const name = readRecordName(value)
    if (name === undefined) {
      this.#violations.report('damaged', `${keyOf(position)}: offset ${offset} holds other bytes`)
      return
    }
    this.#ledgers.get(keyOf(position))?.scanned(offset, name.lane, name.index)
  }

  onHighWatermark(position: FetchPosition, highWatermark: number, nextOffset: number): void {
    const key = keyOf(position)
    if (nextOffset >= highWatermark) {
      this.#left.delete(key)
      this.#ledgers.get(key)?.endScan(highWatermark)
      return
    }
    // An answer may leave out a partition because the others have filled it, but not for ever.
    const emptyCount = nextOffset > position.offset ? 0 : (this.#emptyCounts.get(key) ?? 0) + 1
    this.#emptyCounts.set(key, emptyCount)
    this.#left.set(key, { ...position, offset: nextOffset })
    if (emptyCount < EMPTY_ANSWERS_MAX) return
    this.onDamaged(position, `nothing comes below the high watermark ${highWatermark}`)
  }

  onRefused(position: FetchPosition, errorCode: number): void {
    if (isRetriable(errorCode) && this.#patience.hasMore()) return
    this.#left.delete(keyOf(position))
    const kind = errorCode === ErrorCode.OFFSET_OUT_OF_RANGE ? 'lost' : 'refused'
    this.#report(kind, position, errorName(errorCode))
  }

  onDamaged(position: FetchPosition, problem: string): void {
    this.#left.delete(keyOf(position))
    this.#report('damaged', position, problem)
  }

  #report(kind: ViolationKind, position: FetchPosition, what: string): void {
    this.#violations.report(kind, `${keyOf(position)} at offset ${position.offset}: ${what}`)
  }
}

function keyOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}-${partition}`
}
