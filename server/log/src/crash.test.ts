/**
 * Random runs of a log on a disk that dies at any of its calls, against a model that is a list of
 * batches. What must hold after every death:
 *
 * - what was flushed is there, whatever died;
 * - what was written is there when only the process died;
 * - what is there is a prefix of what was written, byte for byte;
 * - the next append goes on from its end, and producers are still known.
 *
 * OTTLA_CRASH_SEEDS sets how many seeds are run.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom, type Random } from '@ottla/base'
import type { PartitionLog } from './partition-log.ts'
import { StorageError } from './storage-error.ts'
import { aBatch, baseOffsets, LogFixture, readAll } from './testing/log-fixture.ts'

const SEEDS = Number(process.env['OTTLA_CRASH_SEEDS'] ?? 60)
const STEPS = 80

class Stopped extends Error {}

interface ModelBatch {
  readonly baseOffset: number
  readonly nextOffset: number
  readonly bytes: Buffer
  readonly sequence: number
}

class Run {
  readonly fixture: LogFixture
  readonly #random: Random
  log!: PartitionLog
  /** What was appended; the first `#writtenCount` were written. */
  #batches: ModelBatch[] = []
  #writtenCount = 0
  #flushedOffset = 0
  #startOffset = 0
  #sequence = 0
  /** Of what was before the first batch of the model: a snapshot may know it when all batches are lost. */
  #firstSequence = 0
  #epoch = 0
  #isStopped = false

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    this.fixture = new LogFixture({
      seed,
      tailCacheBytesMax: this.#random.fraction() < 0.5 ? 0 : 2000,
      openFilesMax: 4,
      config: { segmentBytes: 600, indexIntervalBytes: 100, fileDeleteDelayMs: 2000 },
    })
  }

  #pick(count: number): number {
    return Math.floor(this.#random.fraction() * count)
  }

  async go(): Promise<void> {
    this.log = await this.fixture.openLog()
    for (let step = 0; step < STEPS; step++) {
      if (this.#random.fraction() < 0.1) this.#stopAtCall(this.#pick(12))
      try {
        await this.#step()
        // The program may have taken the stop for a bad disk and gone on; it is dead all the same.
        if (this.#isStopped) throw new Stopped()
        this.fixture.disk.onOperation = undefined
      } catch (error) {
        if (!(error instanceof Stopped) && !isCausedByStop(error)) throw error
        await this.#die()
      }
      this.#check()
    }
  }

  #stopAtCall(countdown: number): void {
    let left = countdown
    this.fixture.disk.onOperation = (operation) => {
      if (this.#isStopped) throw new Stopped()
      if (left-- > 0) return undefined
      this.#isStopped = true
      // A write may get some of its bytes out before the end.
      if (operation === 'write') return { shortBytes: this.#pick(80) + 1 }
      throw new Stopped()
    }
  }

  async #step(): Promise<void> {
    const kind = this.#random.fraction()
    if (kind < 0.5) this.#append()
    else if (kind < 0.65) this.#flush()
    else if (kind < 0.8) this.fixture.clock.advance(this.#pick(7000))
    else if (kind < 0.84) this.#deleteRecords()
    else if (kind < 0.88) this.#truncate()
    else if (kind < 0.92) await this.#restart()
    else throw new Stopped()
  }

  #append(): void {
    const batches: ModelBatch[] = []
    for (let i = 0; i <= this.#pick(4); i++) {
      const values = Array.from({ length: 1 + this.#pick(3) }, () => 'v'.repeat(this.#pick(90)))
      const sequence = this.#sequence
      const batch = aBatch({
        values,
        producerId: 1,
        producerEpoch: 0,
        baseSequence: sequence,
        timestamp: 1000 + this.#pick(1000),
      })
      if (this.#random.fraction() < 0.1) this.#epoch++
      const outcome = this.log.append(batch, { origin: 'client', leaderEpoch: this.#epoch })
      if (outcome.errorCode === 56) throw new Stopped()
      assert.equal(outcome.errorCode, 0, outcome.errorMessage ?? '')
      this.#sequence += values.length
      const { baseOffset, lastOffset } = outcome
      batches.push({ baseOffset, nextOffset: lastOffset + 1, bytes: Buffer.from(batch), sequence })
      this.#batches.push(batches.at(-1) as ModelBatch)
    }
    this.log.write()
    this.#writtenCount = this.#batches.length
  }

  #flush(): void {
    const end = this.log.logEndOffset
    const error = this.fixture.flush(this.log)
    if (error !== undefined) throw new Stopped()
    assert.ok(this.log.recoveryPoint >= end)
    this.#flushedOffset = end
  }

  #deleteRecords(): void {
    const target = this.#startOffset + this.#pick(8)
    if (target > this.log.logEndOffset) return
    this.#startOffset = Math.max(this.#startOffset, target)
    this.log.deleteRecordsBefore(target)
  }

  /** As a follower does: to the start of a batch. */
  #truncate(): void {
    const from = this.#batches.length - 1 - this.#pick(4)
    const batch = this.#batches[from]
    if (batch === undefined || batch.baseOffset < this.#startOffset) return
    // Whatever happens on the way: from now on these may be gone.
    this.#flushedOffset = Math.min(this.#flushedOffset, batch.baseOffset)
    this.#writtenCount = Math.min(this.#writtenCount, from)
    this.log.truncateTo(batch.baseOffset)
    this.#cutModel(batch.baseOffset)
  }

  async #restart(): Promise<void> {
    await this.fixture.settled(this.fixture.manager.close())
    this.log = await this.fixture.openLog()
  }

  async #die(): Promise<void> {
    const isPowerLost = this.#random.fraction() < 0.5
    this.#isStopped = false
    this.fixture.disk.onOperation = undefined
    this.log = await this.fixture.crashAndOpenLog(isPowerLost ? 'power' : 'process')
    if (!isPowerLost) this.#checkNothingWrittenIsLost()
    const { logEndOffset } = this.log
    assert.equal(this.log.failure?.message, undefined)
    assert.ok(
      logEndOffset >= this.#flushedOffset,
      `ends at ${logEndOffset}, flushed to ${this.#flushedOffset}`,
    )
    this.#cutModel(logEndOffset)
    // Everything was deleted, or the log began anew at a start that lay beyond what was left.
    if (this.log.logStartOffset === logEndOffset) {
      this.#batches = []
      this.#firstSequence = this.#sequence
    }
    assert.equal(this.#batches.at(-1)?.nextOffset ?? logEndOffset, logEndOffset)
    // A start that was moved since the last checkpoint may have moved back, never ahead.
    assert.ok(this.log.logStartOffset <= this.#startOffset)
    this.#startOffset = this.log.logStartOffset
  }

  /** The page cache survives the process. */
  #checkNothingWrittenIsLost(): void {
    const lastWritten = this.#batches[this.#writtenCount - 1]
    if (lastWritten !== undefined) assert.ok(this.log.logEndOffset >= lastWritten.nextOffset)
  }

  #cutModel(endOffset: number): void {
    this.#batches = this.#batches.filter((batch) => batch.nextOffset <= endOffset)
    this.#writtenCount = Math.min(this.#writtenCount, this.#batches.length)
    const last = this.#batches.at(-1)
    this.#sequence = last === undefined ? this.#firstSequence : sequenceAfter(last)
    this.#epoch = Math.max(this.#epoch, this.log.latestEpoch)
  }

  #check(): void {
    const { log } = this
    assert.equal(log.logEndOffset, this.#batches.at(-1)?.nextOffset ?? log.logEndOffset)
    assert.ok(log.recoveryPoint <= log.logEndOffset)
    const from = log.logStartOffset
    const expected = this.#batches.filter((batch) => batch.nextOffset > from)
    const bytes = readAll(log, from)
    assert.deepEqual(
      baseOffsets(bytes),
      expected.map((batch) => batch.baseOffset),
    )
    assert.ok(bytes.equals(Buffer.concat(expected.map((batch) => batch.bytes))))
    const last = this.#batches.at(-1)
    if (last === undefined || last.nextOffset <= from) return
    // A retry of the last batch is known.
    const retry = Buffer.from(last.bytes)
    retry.writeBigInt64BE(0n, 0)
    const outcome = log.append(retry, { origin: 'client', leaderEpoch: this.#epoch })
    assert.deepEqual(
      [outcome.errorCode, outcome.baseOffset],
      [0, last.baseOffset],
      outcome.errorMessage ?? '',
    )
  }
}

function sequenceAfter(batch: ModelBatch): number {
  return batch.sequence + batch.nextOffset - batch.baseOffset
}

function isCausedByStop(error: unknown): boolean {
  if (!(error instanceof StorageError)) return false
  return error.cause instanceof Stopped || isCausedByStop(error.cause)
}

test(`PartitionLog: ${SEEDS} random runs with crashes keep what was promised`, async () => {
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
