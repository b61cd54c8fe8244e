/**
 * A log manager on a MemoryDisk with a clock that the test moves: for tests of this package only.
 */
import {
  FakeClock,
  seededRandom,
  silentLogger,
  uuid,
  type Clock,
  type Timer,
  type Uuid,
} from '@ottla/base'
import { buildBatch, RecordBatchView, type BatchOptions } from '@ottla/records'
import { MemoryDisk } from '../disk/memory-disk.ts'
import type { AppendOutcome } from '../append/append-outcome.ts'
import { DEFAULT_LOG_CONFIG, type LogConfig } from '../log-config.ts'
import { LogManager } from '../log-manager.ts'
import type { LogManagerOptions } from '../log-manager-options.ts'
import type { PartitionLog } from '../partition-log.ts'
import type { StorageError } from '../storage-error.ts'

export const TOPIC_ID: Uuid = uuid('abcdefghijklmnopqrstuv')
export const DIR = '/data'

export interface FixtureOptions extends Partial<Omit<LogManagerOptions, 'disk'>> {
  /** That of another fixture: the same machine. */
  readonly disk?: MemoryDisk
  readonly config?: Partial<LogConfig>
  readonly seed?: number
}

/** The clock of one life of the broker: what it has set does not go off after its death. */
class MortalClock implements Clock {
  readonly #clock: FakeClock
  isAlive = true

  constructor(clock: FakeClock) {
    this.#clock = clock
  }

  wallMs(): number {
    return this.#clock.wallMs()
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs()
  }

  setTimer(delayMs: number, onTime: () => void): Timer {
    return this.#clock.setTimer(delayMs, () => {
      if (this.isAlive) onTime()
    })
  }

  setImmediate(run: () => void): void {
    this.setTimer(0, run)
  }
}

export class LogFixture {
  readonly clock = new FakeClock()
  readonly topicId = TOPIC_ID
  readonly disk: MemoryDisk
  readonly #options: FixtureOptions
  manager!: LogManager
  #life: MortalClock | undefined

  constructor(options: FixtureOptions = {}) {
    this.#options = options
    this.disk =
      options.disk ?? new MemoryDisk({ clock: this.clock, random: seededRandom(options.seed ?? 1) })
  }

  get config(): LogConfig {
    return { ...DEFAULT_LOG_CONFIG, ...this.#options.config }
  }

  async open(): Promise<LogManager> {
    const { config: _config, seed: _seed, disk: _disk, ...options } = this.#options
    if (this.#life !== undefined) this.#life.isAlive = false
    const clock = new MortalClock(this.clock)
    this.#life = clock
    this.manager = await this.settled(
      LogManager.open({
        dirs: [DIR],
        disk: this.disk,
        clock,
        random: seededRandom(7),
        logger: silentLogger,
        configFor: () => this.config,
        ...options,
      }),
    )
    return this.manager
  }

  async openLog(partition = 0): Promise<PartitionLog> {
    const manager = await this.open()
    const { config } = this
    return (
      manager.get('t', partition) ??
      manager.create({ topic: 't', topicId: TOPIC_ID, partition, config })
    )
  }

  /** Dies and comes back. */
  async crashAndOpenLog(kind: 'process' | 'power'): Promise<PartitionLog> {
    this.disk.crash(kind)
    return this.openLog()
  }

  async closeAndOpenLog(): Promise<PartitionLog> {
    await this.settled(this.manager.close())
    return this.openLog()
  }

  /** Runs what the clock holds back until the promise is settled. */
  async settled<T>(promise: Promise<T>): Promise<T> {
    const progress = { isSettled: false }
    const done = (): void => {
      progress.isSettled = true
    }
    promise.then(done, done)
    for (let i = 0; i < 100_000 && !progress.isSettled; i++) {
      this.clock.advance(0)
      await Promise.resolve()
    }
    return promise
  }

  flush(log: PartitionLog): StorageError | undefined {
    const results: Array<StorageError | undefined> = []
    log.flush((error) => {
      results.push(error)
    })
    for (let i = 0; i < 1000 && results.length === 0; i++) this.clock.advance(0)
    if (results.length === 0) throw new Error('The flush did not end')
    return results[0]
  }
}

export interface TestBatch extends BatchOptions {
  readonly values?: readonly string[]
  readonly timestamp?: number
  readonly key?: string
}

export function aBatch({
  values = ['v'],
  timestamp = 1000,
  key,
  ...options
}: TestBatch = {}): Buffer {
  const records = values.map((value) => ({
    key: key === undefined ? null : Buffer.from(key),
    value: Buffer.from(value),
    timestamp,
  }))
  return buildBatch(records, options)
}

/** Appends as a client of a leader of epoch 0. */
export function append(log: PartitionLog, batch: Buffer, leaderEpoch = 0): AppendOutcome {
  return log.append(batch, { origin: 'client', leaderEpoch })
}

export function appendAndWrite(log: PartitionLog, batch: Buffer, leaderEpoch = 0): AppendOutcome {
  const outcome = append(log, batch, leaderEpoch)
  log.write()
  return outcome
}

/** Base offsets of the batches in `bytes`. */
export function baseOffsets(bytes: Buffer): number[] {
  const view = new RecordBatchView()
  const offsets: number[] = []
  for (let position = 0; position < bytes.length;) {
    view.reset(bytes, position)
    offsets.push(view.baseOffset)
    position += view.sizeInBytes
  }
  return offsets
}

/** Everything from `offset` to the end of the log. */
export function readAll(log: PartitionLog, offset: number = log.logStartOffset): Buffer {
  const pieces: Buffer[] = []
  let next = offset
  while (next < log.logEndOffset) {
    const slice = log.locate(next, {
      maxBytes: 1024 * 1024,
      upToOffset: log.logEndOffset,
      minOneBatch: true,
    })
    if (slice === undefined) break
    const bytes = slice.readSync()
    if (bytes.length === 0) break
    pieces.push(bytes)
    next = slice.endOffset
  }
  return Buffer.concat(pieces)
}
