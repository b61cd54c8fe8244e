/**
 * Random runs of transactions on a disk that dies at any of its calls. After every death the list of
 * aborted transactions must be what a walk over all batches says: with one of them missing, readers
 * would be shown records that were taken back.
 *
 * OTTLA_CRASH_SEEDS sets how many seeds are run.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom, type Random } from '@ottla/base'
import {
  buildEndTxnMarkerBatch,
  CONTROL_TYPE_ABORT,
  CONTROL_TYPE_COMMIT,
  decodeEndTxnMarker,
  RecordBatchView,
  RecordCursor,
} from '@ottla/records'
import type { AbortedTransaction } from './index/transaction-index.ts'
import type { PartitionLog } from './partition-log.ts'
import { StorageError } from './storage-error.ts'
import { aBatch, baseOffsets, LogFixture, readAll } from './testing/log-fixture.ts'

const SEEDS = Number(process.env['OTTLA_CRASH_SEEDS'] ?? 60)
const STEPS = 60
const PRODUCERS = 3

class Stopped extends Error {}

class Run {
  readonly #fixture: LogFixture
  readonly #random: Random
  #log!: PartitionLog
  #isStopped = false

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    this.#fixture = new LogFixture({
      seed,
      tailCacheBytesMax: 0,
      indexMemoryBytesMax: this.#random.fraction() < 0.5 ? 0 : 10_000,
      config: { segmentBytes: 700, indexIntervalBytes: 100 },
    })
  }

  #pick(count: number): number {
    return Math.floor(this.#random.fraction() * count)
  }

  async go(): Promise<void> {
    this.#log = await this.#fixture.openLog()
    for (let step = 0; step < STEPS; step++) {
      if (this.#random.fraction() < 0.15) this.#stopAtCall(this.#pick(15))
      try {
        await this.#step()
        if (this.#isStopped) throw new Stopped()
        this.#fixture.disk.onOperation = undefined
      } catch (error) {
        if (!(error instanceof Stopped) && !(error instanceof StorageError)) throw error
        this.#isStopped = false
        const kind = this.#random.fraction() < 0.5 ? 'power' : 'process'
        this.#log = await this.#fixture.crashAndOpenLog(kind)
      }
      assert.equal(this.#log.failure, undefined)
      this.#check()
    }
  }

  #stopAtCall(countdown: number): void {
    let left = countdown
    this.#fixture.disk.onOperation = (operation) => {
      if (!this.#isStopped && left-- > 0) return undefined
      const isFirst = !this.#isStopped
      this.#isStopped = true
      if (operation === 'write' && isFirst) return { shortBytes: this.#pick(60) + 1 }
      throw new Stopped()
    }
  }

  async #step(): Promise<void> {
    const kind = this.#random.fraction()
    if (kind < 0.4) this.#append()
    else if (kind < 0.65) this.#end()
    else if (kind < 0.8) this.#fixture.clock.advance(this.#pick(7000))
    else if (kind < 0.86) this.#truncate()
    else if (kind < 0.93) {
      await this.#fixture.settled(this.#fixture.manager.close())
      this.#log = await this.#fixture.openLog()
    } else throw new Stopped()
  }

  /** As a coordinator does, which need not count. */
  #write(batch: Buffer): void {
    const { errorCode } = this.#log.append(batch, { origin: 'coordinator', leaderEpoch: 0 })
    if (errorCode !== 0) throw new Stopped()
    this.#log.write()
  }

  #append(): void {
    const producer = { producerId: this.#pick(PRODUCERS), producerEpoch: 0, baseSequence: 0 }
    const values = ['v'.repeat(this.#pick(90))]
    this.#write(aBatch({ ...producer, values, isTransactional: true }))
  }

  #end(): void {
    const type = this.#random.fraction() < 0.7 ? CONTROL_TYPE_ABORT : CONTROL_TYPE_COMMIT
    const producer = { producerId: this.#pick(PRODUCERS), producerEpoch: 0, timestamp: 1000 }
    this.#write(buildEndTxnMarkerBatch({ type, coordinatorEpoch: 1 }, producer))
  }

  #truncate(): void {
    const offsets = baseOffsets(readAll(this.#log))
    const offset = offsets.at(-1 - this.#pick(4))
    if (offset !== undefined) this.#log.truncateTo(offset)
  }

  #check(): void {
    const log = this.#log
    const expected = abortedIn(readAll(log, 0))
    assert.deepEqual(log.abortedTransactions(0, log.logEndOffset + 1), expected)
  }
}

/** What every marker of an abort says, without an index. */
function abortedIn(bytes: Buffer): AbortedTransaction[] {
  const open = new Map<number, number>()
  const aborted: AbortedTransaction[] = []
  const view = new RecordBatchView()
  for (let position = 0; position < bytes.length; position += view.sizeInBytes) {
    const { producerId, baseOffset, isControl } = view.reset(bytes, position)
    const firstOffset = open.get(producerId)
    if (!isControl) {
      if (firstOffset === undefined) open.set(producerId, baseOffset)
      continue
    }
    open.delete(producerId)
    const cursor = new RecordCursor().reset(view)
    cursor.next()
    const isAbort = decodeEndTxnMarker(cursor.key, cursor.value)?.type === CONTROL_TYPE_ABORT
    if (!isAbort || firstOffset === undefined) continue
    const lastStableOffset = Math.min(baseOffset + 1, ...open.values())
    aborted.push({ producerId, firstOffset, lastOffset: baseOffset, lastStableOffset })
  }
  return aborted
}

test(`PartitionLog: ${SEEDS} random runs with crashes forget no aborted transaction`, async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    try {
      await new Run(seed).go()
    } catch (error) {
      throw new Error(`Seed ${seed}: ${error instanceof Error ? error.message : ''}`, {
        cause: error,
      })
    }
  }
})
