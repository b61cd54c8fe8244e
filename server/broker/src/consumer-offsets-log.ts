/**
 * The group coordinator's log, joined with the partitions of `__consumer_offsets`.
 *
 * What the coordinator appends becomes one batch, written like a produce with acks=all: `onCommitted`
 * comes when it is as safe as that makes it.
 */
import { invariant, type Clock } from '@ottla/base'
import type { CoordinatorLog, CoordinatorRecord } from '@ottla/coordinator'
import { StorageError, type LogSlice } from '@ottla/log'
import { ErrorCode } from '@ottla/protocol'
import { BatchBuilder, RecordBatchView, RecordCursor } from '@ottla/records'
import {
  DelayedProduce,
  type Partition,
  type ProduceOwner,
  type ReplicaManager,
} from '@ottla/replication'
import { CONSUMER_OFFSETS_TOPIC } from './internal-topics.ts'

const ACKS_ALL = -1
const REPLAY_BYTES = 4 * 1024 * 1024

export interface ConsumerOffsetsLogOptions {
  readonly replicas: ReplicaManager
  readonly clock: Clock
  /** offsets.commit.timeout.ms */
  readonly commitTimeoutMs: number
}

export class ConsumerOffsetsLog implements CoordinatorLog {
  readonly #options: ConsumerOffsetsLogOptions
  readonly #builder = new BatchBuilder()

  constructor(options: ConsumerOffsetsLogOptions) {
    this.#options = options
  }

  append(
    partitionIndex: number,
    records: readonly CoordinatorRecord[],
    onCommitted: (errorCode: number) => void,
  ): void {
    const partition = this.#partition(partitionIndex)
    if (partition === undefined) {
      onCommitted(ErrorCode.NOT_COORDINATOR)
      return
    }
    const produce = new DelayedProduce(ACKS_ALL, new CommitOwner(onCommitted))
    const result = produce.result(partitionIndex)
    partition.append(this.#batch(records), result, 'coordinator')
    if (result.errorCode === ErrorCode.NONE) produce.waitFor(partition, result)
    produce.start(this.#options.clock, this.#options.commitTimeoutMs)
  }

  #partition(index: number): Partition | undefined {
    return this.#options.replicas.partition(CONSUMER_OFFSETS_TOPIC, index)
  }

  #batch(records: readonly CoordinatorRecord[]): Buffer {
    const timestamp = this.#options.clock.wallMs()
    const builder = this.#builder.reset({})
    for (const { key, value } of records) builder.append({ timestamp, key, value, headers: [] })
    return builder.finish()
  }

  async replay(
    partitionIndex: number,
    onRecord: (key: Buffer, value: Buffer | null) => void,
  ): Promise<void> {
    const partition = this.#partition(partitionIndex)
    invariant(partition !== undefined, 'a loaded partition is hosted', { partitionIndex })
    const view = new RecordBatchView()
    let next: number = partition.log.logStartOffset
    while (next < partition.highWatermark) {
      const { slice, errorCode } = partition.read(next, REPLAY_BYTES, {
        committedOnly: false,
        minOneBatch: true,
      })
      // A part of the state would pass for the whole: groups would lose their offsets without a word.
      if (errorCode !== ErrorCode.NONE) {
        throw new StorageError(
          `Cannot read the state of groups from offset ${next} of ${CONSUMER_OFFSETS_TOPIC}-${partitionIndex}`,
        )
      }
      if (slice === undefined) return
      const bytes = await readSlice(slice)
      let position = 0
      while (position < bytes.length) {
        view.reset(bytes, position)
        if (view.lastOffset >= next) replayBatch(view, onRecord)
        next = view.lastOffset + 1
        position += view.sizeInBytes
      }
      slice.release()
    }
  }
}

function replayBatch(
  view: RecordBatchView,
  onRecord: (key: Buffer, value: Buffer | null) => void,
): void {
  if (view.isControl) return
  const cursor = new RecordCursor().reset(view)
  while (cursor.next()) {
    const { key, value } = cursor
    if (key !== null) onRecord(key, value)
  }
}

function readSlice(slice: LogSlice): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    slice.read((error, bytes) => {
      if (error !== undefined) reject(error)
      else resolve(bytes as Buffer)
    })
  })
}

class CommitOwner implements ProduceOwner {
  readonly #onCommitted: (errorCode: number) => void

  constructor(onCommitted: (errorCode: number) => void) {
    this.#onCommitted = onCommitted
  }

  onProduceDone(produce: DelayedProduce): void {
    const [result] = produce.results
    invariant(result !== undefined, 'an append has one result')
    this.#onCommitted(result.errorCode)
  }
}
