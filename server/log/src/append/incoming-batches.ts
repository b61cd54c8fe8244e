/**
 * Station 7 of the produce path: the batches of one `append`, from its bytes to what may be applied.
 *
 * All of them are checked before any is applied, so a refusal leaves the log as it was. They are views of
 * the request (or batches made anew, in the codec of the topic) and are copied when they are applied.
 */
import { MalformedError } from '@ottla/base'
import { BATCH_OVERHEAD_BYTES, MAGIC_V2, RecordBatchView } from '@ottla/records'
import { LogErrorCode } from '../log-error-code.ts'
import type { LogState } from '../log-state.ts'
import type { AppendOrigin } from '../producer-state/producer-state-manager.ts'
import {
  appendedOutcome,
  refuse,
  type AppendOutcome,
  type AppendRefusal,
} from './append-outcome.ts'
import { recompressBatch, targetCompression } from './recompress-batch.ts'
import { refuseRecords, validateBatch, validateForTopic } from './validate-batch.ts'

export class IncomingBatches {
  readonly #state: LogState
  readonly #view = new RecordBatchView()
  readonly #batches: Buffer[] = []
  #duplicate: AppendOutcome | undefined

  constructor(state: LogState) {
    this.#state = state
  }

  get batches(): readonly Buffer[] {
    return this.#batches
  }

  /** What the batch was given the first time; then there is nothing to apply. */
  get duplicate(): AppendOutcome | undefined {
    return this.#duplicate
  }

  /** Nothing of the request is kept. */
  clear(): void {
    this.#batches.length = 0
    this.#duplicate = undefined
  }

  take(records: Buffer, origin: AppendOrigin): AppendRefusal | undefined {
    let position = 0
    let expectedOffset = this.#state.nextOffset
    while (position < records.length) {
      const hasHeader = this.#moveTo(records, position)
      if (this.#batches.length > 0) {
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
    return this.#batches.length > 0
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
    return origin === 'replica' ? this.#keep(batch) : this.#keepCompressed(batch)
  }

  #keep(batch: Buffer): undefined {
    this.#batches.push(batch)
  }

  /** In the codec that the topic asks for; control batches stay as they are. */
  #keepCompressed(batch: Buffer): AppendRefusal | undefined {
    const { config } = this.#state
    const compression = targetCompression(config.compressionType)
    const view = this.#view
    if (compression === undefined || compression === view.compressionType || view.isControl) {
      return this.#keep(batch)
    }
    const recompressed = recompressBatch(view, compression)
    if (recompressed === undefined) return refuseRecords(view)
    if (recompressed.length > Math.min(config.maxMessageBytes, config.segmentBytes)) {
      return refuse(
        LogErrorCode.RECORD_TOO_LARGE,
        `A batch of ${recompressed.length} bytes as ${config.compressionType}; at most ${config.maxMessageBytes} expected`,
      )
    }
    return this.#keep(recompressed)
  }
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
