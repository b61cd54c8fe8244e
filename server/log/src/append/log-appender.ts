/**
 * Stations 7 to 9 of the produce path for one log: checks, offsets, and the write at the end of the
 * turn.
 *
 * `append` gives offsets at once and keeps the batches of the turn; `write` brings all of them to the
 * active segment in one call. Between the two nothing of them is visible to readers. A write that
 * fails takes back everything since the last one: offsets, epochs, producer state.
 *
 * A segment is rolled before the batch that needs a new one is applied, so that the producer snapshot
 * at its base offset says exactly what was before it.
 *
 * Bench: ../append.bench.ts
 */
import { MalformedError } from '@ottla/base'
import { BATCH_OVERHEAD_BYTES, MAGIC_V2, RecordBatchView } from '@ottla/records'
import type { AbortedTransaction } from '../index/transaction-index.ts'
import { LogErrorCode } from '../log-error-code.ts'
import { fence, type LogState } from '../log-state.ts'
import type { AppendOrigin } from '../producer-state/producer-state-manager.ts'
import type { SegmentRoller } from '../segment/segment-roller.ts'
import { isFullDisk, logFailure, reasonOf, StorageError } from '../storage-error.ts'
import {
  appendedOutcome,
  refuse,
  refusedOutcome,
  type AppendOutcome,
  type AppendRefusal,
} from './append-outcome.ts'
import { assignOffsets } from './assign-offsets.ts'
import { recompressBatch, targetCompression } from './recompress-batch.ts'
import { refuseRecords, validateBatch, validateForTopic } from './validate-batch.ts'

export interface AppendOptions {
  readonly origin: AppendOrigin
  readonly leaderEpoch: number
}

export interface AppenderParts {
  readonly state: LogState
  readonly roller: SegmentRoller
  /** Builds the producer state again from what is on the disk, up to `writtenEndOffset`. */
  readonly reloadProducers: () => void
  readonly onWritten: () => void
}

/** After the disk was full: how long appends are refused before the next one tries. */
const FULL_DISK_PAUSE_MS = 1000
const NOT_PAUSED = -1
/** A client that is refused tries again at once; the operator need not be told each time. */
const REPORT_INTERVAL_MS = 1000
const FULL_DISK_TEXT = 'The disk is full; free some space'

export class LogAppender {
  readonly #state: LogState
  readonly #parts: AppenderParts
  readonly #view = new RecordBatchView()
  /** Batches of one `append` call, between check and apply. */
  #incoming: Buffer[] = []
  #pending: Buffer[] = []
  readonly #pendingSize = { bytes: 0, count: 0 }
  #pendingAborted: AbortedTransaction[] = []
  /** A write inside `append` failed: whoever appended before it in this turn must hear of it. */
  #missedFailure: StorageError | undefined
  #pausedUntilMs = NOT_PAUSED
  #reportedUntilMs = 0
  #duplicate: AppendOutcome | undefined

  constructor(parts: AppenderParts) {
    this.#parts = parts
    this.#state = parts.state
  }

  append(records: Buffer, options: AppendOptions): AppendOutcome {
    const { logStartOffset } = this.#state
    this.#incoming.length = 0
    this.#duplicate = undefined
    const refusal = this.#closedRefusal() ?? this.#checkAll(records, options.origin)
    if (refusal !== undefined) return refusedOutcome(refusal, logStartOffset)
    if (this.#duplicate !== undefined) return this.#duplicate
    try {
      return this.#applyAll(options)
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      this.#incoming.length = 0
      if (isFullDisk(error)) this.#pause()
      this.#report(error)
      return refusedOutcome(storageRefusal(error), logStartOffset)
    }
  }

  /** The client is not told where it happened. */
  #report(error: StorageError): void {
    const { resources, topic, partition } = this.#state
    const nowMs = resources.clock.monotonicMs()
    if (nowMs < this.#reportedUntilMs) return
    this.#reportedUntilMs = nowMs + REPORT_INTERVAL_MS
    resources.logger.error('Cannot append to a log', { topic, partition, error })
  }

  #closedRefusal(): AppendRefusal | undefined {
    const { failure, isClosed, resources, space } = this.#state
    if (failure !== undefined) return storageRefusal(failure)
    if (isClosed) return refuse(LogErrorCode.KAFKA_STORAGE_ERROR, 'The log is closed')
    // What little there is must be left to whatever frees some: deleting topics and records.
    if (space.isShort) return refuse(LogErrorCode.KAFKA_STORAGE_ERROR, FULL_DISK_TEXT)
    if (this.#pausedUntilMs === NOT_PAUSED) return undefined
    if (resources.clock.monotonicMs() >= this.#pausedUntilMs) {
      this.#pausedUntilMs = NOT_PAUSED
      return undefined
    }
    return refuse(LogErrorCode.KAFKA_STORAGE_ERROR, FULL_DISK_TEXT)
  }

  #checkAll(records: Buffer, origin: AppendOrigin): AppendRefusal | undefined {
    let position = 0
    let expectedOffset = this.#state.nextOffset
    while (position < records.length) {
      const hasHeader = this.#moveTo(records, position)
      if (this.#incoming.length > 0) {
        // What comes after the last whole batch is not looked at, as in Kafka.
        if (!hasHeader || !this.#view.isComplete) break
        if (origin === 'client') return this.#secondBatch()
      } else if (!hasHeader) {
        return refuse(LogErrorCode.INVALID_RECORD, 'The records hold no whole batch')
      }
      const { sizeInBytes } = this.#view
      const refusal = this.#check(records, position, origin, expectedOffset)
      if (refusal !== undefined) return refusal
      if (this.#duplicate !== undefined) return undefined
      expectedOffset = this.#view.lastOffset + 1
      position += sizeInBytes
    }
    return this.#incoming.length > 0
      ? undefined
      : refuse(LogErrorCode.INVALID_RECORD, 'The records hold no batch')
  }

  #moveTo(records: Buffer, position: number): boolean {
    if (records.length - position < BATCH_OVERHEAD_BYTES) return false
    try {
      this.#view.reset(records, position)
      return true
    } catch (error) {
      if (error instanceof MalformedError) return false
      throw error
    }
  }

  #secondBatch(): AppendRefusal | undefined {
    if (this.#view.magic !== MAGIC_V2) return undefined
    return refuse(LogErrorCode.INVALID_RECORD, 'More than one batch; exactly one expected')
  }

  #check(
    records: Buffer,
    position: number,
    origin: AppendOrigin,
    expectedOffset: number,
  ): AppendRefusal | undefined {
    const view = this.#view
    const { config, producers, resources } = this.#state
    const refusal = validateBatch(view, origin, config)
    if (refusal !== undefined) return refusal
    const baseOffset = origin === 'replica' ? view.baseOffset : this.#state.nextOffset
    if (baseOffset + view.lastOffsetDelta >= Number.MAX_SAFE_INTEGER) return offsetsUsedUp()
    if (origin === 'replica') {
      if (view.baseOffset < expectedOffset) return outOfOrder(view.baseOffset, expectedOffset)
    } else {
      const ofTopic = validateForTopic(view, config, resources.clock.wallMs())
      if (ofTopic !== undefined) return ofTopic
    }
    if (view.producerId >= 0) {
      const verdict = producers.check(view, origin)
      if (verdict.errorCode !== LogErrorCode.NONE) {
        return refuse(verdict.errorCode, verdict.message ?? '')
      }
      if (verdict.duplicate !== undefined) {
        const { lastOffset, offsetDelta, timestamp } = verdict.duplicate
        const offsets = { baseOffset: lastOffset - offsetDelta, lastOffset }
        this.#duplicate = appendedOutcome(offsets, timestamp, this.#state.logStartOffset)
        return undefined
      }
    }
    const isWhole = position === 0 && view.sizeInBytes === records.length
    const batch = isWhole ? records : records.subarray(position, position + view.sizeInBytes)
    return origin === 'replica' ? this.#take(batch) : this.#takeCompressed(batch)
  }

  #take(batch: Buffer): undefined {
    this.#incoming.push(batch)
  }

  /** In the codec that the topic asks for; control batches stay as they are. */
  #takeCompressed(batch: Buffer): AppendRefusal | undefined {
    const { config } = this.#state
    const compression = targetCompression(config.compressionType)
    const view = this.#view
    if (compression === undefined || compression === view.compressionType || view.isControl) {
      return this.#take(batch)
    }
    const recompressed = recompressBatch(view, compression)
    if (recompressed === undefined) return refuseRecords(view)
    if (recompressed.length > Math.min(config.maxMessageBytes, config.segmentBytes)) {
      return refuse(
        LogErrorCode.RECORD_TOO_LARGE,
        `A batch of ${recompressed.length} bytes as ${config.compressionType}; at most ${config.maxMessageBytes} expected`,
      )
    }
    return this.#take(recompressed)
  }

  #applyAll(options: AppendOptions): AppendOutcome {
    const { config, resources, logStartOffset } = this.#state
    const isStamped =
      options.origin !== 'replica' && config.messageTimestampType === 'LogAppendTime'
    const logAppendTimeMs = isStamped ? resources.clock.wallMs() : -1
    let baseOffset = -1
    for (const batch of this.#incoming) {
      const appendedAt = this.#apply(batch, options, logAppendTimeMs)
      if (baseOffset < 0) baseOffset = appendedAt
    }
    this.#incoming.length = 0
    const offsets = { baseOffset, lastOffset: this.#state.nextOffset - 1 }
    return appendedOutcome(offsets, logAppendTimeMs, logStartOffset)
  }

  #apply(batch: Buffer, options: AppendOptions, logAppendTimeMs: number): number {
    const state = this.#state
    const view = this.#view.reset(batch, 0)
    if (options.origin !== 'replica') {
      assignOffsets(view, {
        baseOffset: state.nextOffset,
        leaderEpoch: options.leaderEpoch,
        logAppendTimeMs,
      })
    }
    this.#rollIfDue(view)
    view.reset(batch, 0)
    const { baseOffset } = view
    state.epochs.assign(view.partitionLeaderEpoch, baseOffset)
    const aborted = state.producers.apply(view)
    if (aborted !== undefined) this.#pendingAborted.push(aborted)
    state.nextOffset = view.lastOffset + 1
    this.#pending.push(state.resources.tailCache.adopt(batch))
    this.#pendingSize.bytes += batch.length
    this.#pendingSize.count++
    return baseOffset
  }

  #rollIfDue(view: RecordBatchView): void {
    const { segments, config, resources } = this.#state
    const nowMs = resources.clock.wallMs()
    if (!segments.active.isRollDue(view, config, nowMs, this.#pendingSize)) return
    if (this.#pending.length > 0) {
      this.#writeBeforeRoll(view)
      // The pending batches may have taken fewer index entries than were reckoned with.
      if (!segments.active.isRollDue(view, config, nowMs, this.#pendingSize)) return
    }
    this.#parts.roller.roll(view.baseOffset)
  }

  #writeBeforeRoll(view: RecordBatchView): void {
    const { buffer, position } = view
    try {
      this.#writePending()
    } catch (error) {
      if (error instanceof StorageError) this.#missedFailure = error
      throw error
    }
    view.reset(buffer, position)
  }

  /** Brings what was appended to the active segment; throws when it, or an earlier part, did not get there. */
  write(): void {
    const missed = this.#missedFailure
    this.#missedFailure = undefined
    if (this.#pending.length > 0) this.#writePending()
    if (missed !== undefined) throw missed
  }

  #forgetPending(): void {
    this.#pending.length = 0
    this.#pendingSize.bytes = 0
    this.#pendingSize.count = 0
    this.#pendingAborted.length = 0
  }

  get hasPending(): boolean {
    return this.#pending.length > 0
  }

  #writePending(): void {
    const state = this.#state
    const segment = state.segments.active
    const pending = this.#pending
    try {
      segment.write(pending)
    } catch (error) {
      throw this.#takeBack(error)
    }
    const { indexIntervalBytes } = state.config
    const { tailCache } = state.resources
    for (const batch of pending) {
      const view = this.#view.reset(batch, 0)
      const { baseOffset } = view
      segment.noteBatch(view, indexIntervalBytes)
      tailCache.add(state.tail, batch, baseOffset, segment.nextOffset)
    }
    for (const aborted of this.#pendingAborted) segment.transactionIndex.append(aborted)
    this.#forgetPending()
    state.writtenEndOffset = segment.nextOffset
    this.#parts.onWritten()
  }

  /** The segment ends where it ended before, and so does everything that was derived from the batches. */
  #takeBack(cause: unknown): StorageError {
    const state = this.#state
    const { path } = state.segments.active.log
    const isFull = isFullDisk(cause)
    const advice = 'check the disk and restart the broker'
    const failure = logFailure('append to', path, { cause, advice })
    this.#forgetPending()
    state.nextOffset = state.writtenEndOffset
    state.epochs.truncateFromEnd(state.writtenEndOffset)
    if (isFull) this.#pause()
    else fence(state, failure)
    try {
      const { active } = state.segments
      active.log.use({ create: true }).truncate(active.sizeInBytes)
      this.#parts.reloadProducers()
    } catch (error) {
      const what = `Cannot take back a write to "${path}": ${reasonOf(error)}; restart the broker`
      const publicMessage = 'Cannot take back a write to the log; restart the broker'
      fence(state, new StorageError(what, { cause: error, publicMessage }))
    }
    return failure
  }

  #pause(): void {
    this.#pausedUntilMs = this.#state.resources.clock.monotonicMs() + FULL_DISK_PAUSE_MS
  }
}

function storageRefusal(error: StorageError): AppendRefusal {
  return refuse(LogErrorCode.KAFKA_STORAGE_ERROR, error.publicMessage)
}

/** Offsets are exact up to 2^53; beyond, two batches would begin at the same one. */
function offsetsUsedUp(): AppendRefusal {
  return refuse(LogErrorCode.INVALID_RECORD, 'The partition has no offsets left')
}

function outOfOrder(baseOffset: number, expectedOffset: number): AppendRefusal {
  return refuse(
    LogErrorCode.INVALID_RECORD,
    `A batch with base offset ${baseOffset}; ${expectedOffset} or more expected`,
  )
}
