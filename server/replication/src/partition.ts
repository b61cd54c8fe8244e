/**
 * Stations 7 to 12 of the produce path, seen from the partition: one leader, its log, and everyone who
 * waits for it.
 *
 * A partition is written by one event loop. Appends of a turn gather in the log; at the end of the turn
 * (`onTurnEnd`) they reach the segment in one write, the high watermark moves, produces with acks=1 are
 * answered, those that wait for the disk join the next group commit, and waiting fetches look again.
 * Every result that `wait` took is completed or failed once, also when the topic is deleted.
 *
 * Today the partition is its only replica, so what is written is committed. The relation that always
 * holds: logStartOffset <= lastStableOffset <= highWatermark <= logEndOffset.
 */
import { leaderEpoch, type LeaderEpoch, type Logger, type Turn, type TurnTask } from '@ottla/base'
import { StorageError, type LogSlice, type PartitionLog } from '@ottla/log'
import { ErrorCode } from '@ottla/protocol'
import type { ProduceResult } from './waiting/produce-result.ts'
import type { DelayedFetch } from './waiting/delayed-fetch.ts'
import { awaitsDisk } from './flush-policy.ts'

/** Who wrote the batch: a client's is checked more strictly than a coordinator's. */
export type AppendOrigin = 'client' | 'coordinator'

export interface PartitionOptions {
  readonly log: PartitionLog
  readonly leaderEpoch: LeaderEpoch
  readonly leaderId: number
  readonly turn: Turn
  readonly logger: Logger
}

/** What a reader finds: an error, or where the bytes are (none at the end of the log). */
export interface PartitionRead {
  readonly errorCode: number
  readonly slice: LogSlice | undefined
}

const NOTHING: PartitionRead = { errorCode: ErrorCode.NONE, slice: undefined }
const OUT_OF_RANGE: PartitionRead = {
  errorCode: ErrorCode.OFFSET_OUT_OF_RANGE,
  slice: undefined,
}
const STORAGE_FAILED: PartitionRead = {
  errorCode: ErrorCode.KAFKA_STORAGE_ERROR,
  slice: undefined,
}

export class Partition implements TurnTask {
  readonly log: PartitionLog
  leaderEpoch: LeaderEpoch
  readonly leaderId: number
  readonly #turn: Turn
  readonly #logger: Logger
  #highWatermark: number
  #isTurnEndDue = false
  #isClosed = false
  /** Produces of this turn that are answered once their bytes are written. */
  #awaitingWrite: ProduceResult[] = []
  /**
   * Produces answered once their bytes are on the disk, in the order of their turns. A retry of a batch
   * that still waits stands behind it with the same offset, so the order is not quite that of offsets.
   */
  #awaitingFlush: ProduceResult[] = []
  readonly #fetches = new Set<DelayedFetch>()
  readonly #onFlushed = (error?: StorageError): void => {
    if (this.#isClosed) return
    if (error === undefined) this.#completeFlushed()
    else this.#fail(this.#takeFlushWaiters(), error)
  }

  constructor(options: PartitionOptions) {
    this.log = options.log
    this.leaderEpoch = options.leaderEpoch
    this.leaderId = options.leaderId
    this.#turn = options.turn
    this.#logger = options.logger
    this.#highWatermark = options.log.logEndOffset
  }

  get highWatermark(): number {
    return this.#highWatermark
  }

  get lastStableOffset(): number {
    return Math.min(this.log.lastStableOffset, this.#highWatermark)
  }

  /** Appends and fills `result`; without an error the caller hands it to `wait`. */
  append(records: Buffer, result: ProduceResult, origin: AppendOrigin = 'client'): void {
    const outcome = this.log.append(records, { origin, leaderEpoch: this.leaderEpoch })
    result.fill(outcome)
    if (outcome.errorCode === ErrorCode.NONE) this.#dueAtTurnEnd()
  }

  /** Parks a result that was appended without error until it is written, or on the disk. */
  wait(result: ProduceResult): void {
    this.#awaitingWrite.push(result)
    this.#dueAtTurnEnd()
  }

  #dueAtTurnEnd(): void {
    if (this.#isTurnEndDue) return
    this.#isTurnEndDue = true
    this.#turn.atEnd('log', this)
  }

  onTurnEnd(): void {
    this.#isTurnEndDue = false
    if (this.#isClosed) return
    const awaiting = this.#awaitingWrite
    this.#awaitingWrite = []
    const failure = this.#write()
    this.#advanceHighWatermark()
    const lost = this.#answerWritten(awaiting)
    if (failure !== undefined || lost.length > 0) this.#fail(lost, failure ?? this.#lossReason())
  }

  #write(): StorageError | undefined {
    try {
      this.log.write()
      return undefined
    } catch (error) {
      if (error instanceof StorageError) return error
      throw error
    }
  }

  /**
   * Also after a failure: a part of the turn may have been written before it, when a segment was rolled.
   * The log end offset, which a failed write takes back, says what is there; it is read once, because
   * whoever is answered may append. Returns what is not there.
   */
  #answerWritten(awaiting: readonly ProduceResult[]): ProduceResult[] {
    const { logEndOffset } = this.log
    const waitingBefore = this.#awaitingFlush.length
    const lost: ProduceResult[] = []
    for (const result of awaiting) {
      if (result.lastOffset >= logEndOffset) lost.push(result)
      else if (awaitsDisk(this.log, result)) this.#awaitingFlush.push(result)
      else result.complete()
    }
    // Those that waited already asked for their flush in their own turn.
    if (this.#awaitingFlush.length > waitingBefore) this.log.flush(this.#onFlushed)
    return lost
  }

  /** Whoever else wrote the log in this turn (DeleteRecords) was told why it failed, and we were not. */
  #lossReason(): StorageError {
    const publicMessage = 'The records could not be written'
    return this.log.failure ?? new StorageError(publicMessage, { publicMessage })
  }

  #advanceHighWatermark(): void {
    if (this.log.logEndOffset === this.#highWatermark) return
    this.#highWatermark = this.log.logEndOffset
    this.wakeFetches()
  }

  #completeFlushed(): void {
    const waiting = this.#takeFlushWaiters()
    const { recoveryPoint } = this.log
    // What was written while the flush ran is not covered by it; the recovery point says what is.
    this.#awaitingFlush = waiting.filter((result) => result.lastOffset >= recoveryPoint)
    for (const result of waiting) {
      if (result.lastOffset < recoveryPoint) result.complete()
    }
  }

  #takeFlushWaiters(): ProduceResult[] {
    const waiters = this.#awaitingFlush
    this.#awaitingFlush = []
    return waiters
  }

  #fail(results: readonly ProduceResult[], error: StorageError): void {
    this.#logger.error('Cannot write to the log', {
      topic: this.log.topic,
      partition: this.log.partition,
      error,
    })
    for (const result of results) result.fail(ErrorCode.KAFKA_STORAGE_ERROR, error.publicMessage)
    this.wakeFetches()
  }

  /** Where a consumer finds records from `fetchOffset` on; see conformance F1 to F3. */
  read(fetchOffset: number, maxBytes: number, options: ReadOptions): PartitionRead {
    // Its end is not known, so no offset is out of range and none is the last one.
    if (this.log.isUnreadable) return STORAGE_FAILED
    if (fetchOffset < this.log.logStartOffset || fetchOffset > this.log.logEndOffset) {
      return OUT_OF_RANGE
    }
    const upToOffset = options.committedOnly ? this.lastStableOffset : this.#highWatermark
    if (fetchOffset >= upToOffset) return NOTHING
    try {
      const found = this.log.locate(fetchOffset, {
        maxBytes,
        upToOffset,
        minOneBatch: options.minOneBatch,
      })
      return { errorCode: ErrorCode.NONE, slice: found }
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      this.#logger.error('Cannot read from the log', { topic: this.log.topic, error })
      return STORAGE_FAILED
    }
  }

  addFetch(fetch: DelayedFetch): void {
    this.#fetches.add(fetch)
  }

  get waitingFetchCount(): number {
    return this.#fetches.size
  }

  removeFetch(fetch: DelayedFetch): void {
    this.#fetches.delete(fetch)
  }

  /** Every waiting fetch looks again before this turn ends. */
  wakeFetches(): void {
    for (const fetch of this.#fetches) fetch.dueAtTurnEnd()
  }

  /** The partition is gone (topic deleted): those who wait are told. */
  close(): void {
    this.#isClosed = true
    const waiting = [...this.#awaitingWrite, ...this.#takeFlushWaiters()]
    this.#awaitingWrite = []
    for (const result of waiting) {
      result.fail(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'The topic was deleted')
    }
    this.wakeFetches()
  }
}

export interface ReadOptions {
  /** read_committed: up to the last stable offset instead of the high watermark. */
  readonly committedOnly: boolean
  /** Return the first batch even when it is larger than the limit (KIP-74). */
  readonly minOneBatch: boolean
}

/** The epoch of a partition whose leader has never changed. */
export const FIRST_LEADER_EPOCH: LeaderEpoch = leaderEpoch(0)
