/**
 * Partitions on real logs on a MemoryDisk, with a clock that the test moves and syncs that end when the
 * test says so.
 */
import {
  FakeClock,
  leaderEpoch,
  seededRandom,
  silentLogger,
  Turn,
  uuid,
  type Logger,
  type Uuid,
} from '@ottla/base'
import { DEFAULT_LOG_CONFIG, LogManager, MemoryDisk, type LogConfig } from '@ottla/log'
import { buildBatch, RecordBatchView, type BatchOptions } from '@ottla/records'
import type { Partition } from '../partition.ts'
import { ReplicaManager } from '../replica-manager.ts'

export const TOPIC = 't'
export const TOPIC_ID: Uuid = uuid('abcdefghijklmnopqrstuw')
export const FIRST_EPOCH = leaderEpoch(0)

export interface FixtureOptions {
  readonly config?: Partial<LogConfig>
  readonly partitions?: number
  readonly logger?: Logger
  readonly capacityBytes?: number
}

export class ReplicationFixture {
  readonly clock = new FakeClock()
  readonly turn = new Turn(this.clock)
  readonly disk: MemoryDisk
  readonly #options: FixtureOptions
  readonly #heldSyncs: Array<() => void> = []
  /** From now on syncs of segments wait for `finishSync`. */
  isHoldingSyncs = false
  logs!: LogManager
  replicas!: ReplicaManager

  private constructor(options: FixtureOptions) {
    this.#options = options
    const capacity = options.capacityBytes
    this.disk = new MemoryDisk({
      clock: this.clock,
      ...(capacity === undefined ? {} : { capacityBytes: capacity }),
    })
    this.#holdSyncs()
  }

  static async open(options: FixtureOptions = {}): Promise<ReplicationFixture> {
    const fixture = new ReplicationFixture(options)
    await fixture.#start()
    fixture.host()
    return fixture
  }

  async #start(): Promise<void> {
    const logger = this.#options.logger ?? silentLogger
    const { clock, turn, disk } = this
    const random = seededRandom(1)
    const configFor = () => this.config
    const opened = LogManager.open({ dirs: ['/data'], disk, clock, random, logger, configFor })
    this.logs = await this.settled(opened)
    this.replicas = new ReplicaManager({ logs: this.logs, turn, logger })
  }

  get config(): LogConfig {
    return { ...DEFAULT_LOG_CONFIG, ...this.#options.config }
  }

  host(topicId: Uuid = TOPIC_ID): void {
    const placements = Array.from({ length: this.#options.partitions ?? 1 }, (_, partition) => ({
      partition,
      leaderId: 1,
      leaderEpoch: FIRST_EPOCH,
    }))
    this.replicas.host(TOPIC, topicId, this.config, placements)
  }

  partition(index = 0): Partition {
    const partition = this.replicas.partition(TOPIC, index)
    if (partition === undefined) throw new Error(`Partition ${index} is not hosted`)
    return partition
  }

  #holdSyncs(): void {
    const open = this.disk.open.bind(this.disk)
    this.disk.open = (path, options) => {
      const file = open(path, options)
      if (!path.endsWith('.log')) return file
      return {
        ...file,
        syncLater: (callback) => {
          const run = (): void => {
            file.syncLater(callback)
          }
          if (this.isHoldingSyncs) this.#heldSyncs.push(run)
          else run()
        },
      }
    }
  }

  get heldSyncCount(): number {
    return this.#heldSyncs.length
  }

  /** The oldest sync under way reaches the device. */
  finishSync(): void {
    const run = this.#heldSyncs.shift()
    if (run === undefined) throw new Error('No sync is under way')
    run()
    this.settle()
  }

  /** All that is due now has happened, and time stands still. */
  settle(): void {
    this.clock.advance(0)
  }

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
}

export function aBatch(options: BatchOptions & { values?: readonly string[] } = {}): Buffer {
  const { values = ['v'], ...batch } = options
  const records = values.map((value) => ({
    key: null,
    value: Buffer.from(value),
    timestamp: 1_700_000_000_000,
  }))
  return buildBatch(records, batch)
}

/** Base offsets of the batches that a reader finds; undefined where it finds nothing. */
export function offsetsRead(
  partition: Partition,
  fetchOffset: number,
  options: { committedOnly?: boolean } = {},
): number[] | undefined {
  const { slice } = partition.read(fetchOffset, 1_000_000, {
    committedOnly: options.committedOnly ?? false,
    minOneBatch: true,
  })
  if (slice === undefined) return undefined
  const bytes = slice.readSync()
  const view = new RecordBatchView()
  const offsets: number[] = []
  for (let at = 0; at < bytes.length; at += view.sizeInBytes) {
    view.reset(bytes, at)
    offsets.push(view.baseOffset)
  }
  return offsets
}
