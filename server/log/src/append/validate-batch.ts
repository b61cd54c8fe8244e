/**
 * Station 7 of the produce path: is this a batch that the log may take?
 *
 * Looks at the header and the checksum. Records are walked only where the topic asks for it: compacted
 * topics (each record needs a key), a limit for old timestamps, or to name the records that made a
 * batch fail. Nothing is changed here.
 *
 * The order of the checks is Kafka's, because the first error is the one a client sees: what the request
 * may hold (87), size (10), checksum (2), then the batch's own fields.
 */
import {
  COMPRESSION_ZSTD,
  MAGIC_V2,
  TIMESTAMP_TYPE_LOG_APPEND,
  validateRecords,
  type RecordBatchView,
} from '@ottla/records'
import type { LogConfig } from '../log-config.ts'
import { LogErrorCode } from '../log-error-code.ts'
import type { AppendOrigin } from '../producer-state/producer-state-manager.ts'
import { refuse, type AppendRefusal } from './append-outcome.ts'

/** Refuses what no origin may send. The view's header is known to be there; its end may not be. */
export function validateBatch(
  batch: RecordBatchView,
  origin: AppendOrigin,
  config: LogConfig,
): AppendRefusal | undefined {
  if (batch.magic !== MAGIC_V2) return refuseMagic(batch.magic, origin)
  if (!batch.isComplete) return refuseCut(origin)
  if (origin === 'client' && batch.baseOffset !== 0) {
    return refuse(LogErrorCode.INVALID_RECORD, `Base offset ${batch.baseOffset}; 0 expected`)
  }
  if (origin !== 'replica' && batch.sizeInBytes > config.maxMessageBytes) {
    return refuse(
      LogErrorCode.RECORD_TOO_LARGE,
      `A batch of ${batch.sizeInBytes} bytes; at most ${config.maxMessageBytes} expected`,
    )
  }
  if (!batch.isCrcValid()) {
    return refuse(LogErrorCode.CORRUPT_MESSAGE, 'The checksum of the batch does not match')
  }
  if (origin !== 'replica' && batch.sizeInBytes > config.segmentBytes) {
    return refuse(
      LogErrorCode.RECORD_LIST_TOO_LARGE,
      `A batch of ${batch.sizeInBytes} bytes; a segment holds ${config.segmentBytes}`,
    )
  }
  return origin === 'client' ? validateFields(batch) : validateOffsetRange(batch)
}

function refuseMagic(magic: number, origin: AppendOrigin): AppendRefusal {
  const text = `A batch of format ${magic}; format ${MAGIC_V2} expected`
  if (origin !== 'client') return refuse(LogErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT, text)
  const isKnown = magic === 0 || magic === 1
  return refuse(isKnown ? LogErrorCode.INVALID_RECORD : LogErrorCode.CORRUPT_MESSAGE, text)
}

function refuseCut(origin: AppendOrigin): AppendRefusal {
  const code = origin === 'client' ? LogErrorCode.INVALID_RECORD : LogErrorCode.CORRUPT_MESSAGE
  return refuse(code, 'The batch is cut off')
}

/** Only a client is bound to one record per offset: compaction leaves holes in what replicas get. */
function validateFields(batch: RecordBatchView): AppendRefusal | undefined {
  const { recordCount, lastOffsetDelta } = batch
  if (recordCount <= 0 || recordCount !== lastOffsetDelta + 1) {
    return refuse(
      LogErrorCode.INVALID_RECORD,
      `Record count ${recordCount} does not fit last offset delta ${lastOffsetDelta}`,
    )
  }
  if (batch.isControl) {
    return refuse(LogErrorCode.INVALID_RECORD, 'Clients are not allowed to write control records')
  }
  if (batch.producerId >= 0 && (batch.baseSequence < 0 || batch.producerEpoch < 0)) {
    return refuse(
      LogErrorCode.INVALID_RECORD,
      `Sequence ${batch.baseSequence} of producer ${batch.producerId}; 0 or more expected`,
    )
  }
  if (batch.compressionType > COMPRESSION_ZSTD) {
    return refuse(
      LogErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
      `Compression type ${batch.compressionType} is unknown`,
    )
  }
  // The records are not walked, and each one that is counted takes an offset.
  if (!batch.isRecordCountPossible) {
    return refuse(
      LogErrorCode.INVALID_RECORD,
      `Record count ${recordCount}; ${batch.sizeInBytes} bytes do not hold as many`,
    )
  }
  return undefined
}

function validateOffsetRange(batch: RecordBatchView): AppendRefusal | undefined {
  if (batch.lastOffsetDelta >= 0) return undefined
  return refuse(LogErrorCode.CORRUPT_MESSAGE, `Last offset delta ${batch.lastOffsetDelta}`)
}

/** What depends on the topic: keys, and who may say what time it is. */
export function validateForTopic(
  batch: RecordBatchView,
  config: LogConfig,
  nowMs: number,
): AppendRefusal | undefined {
  const isCreateTime = config.messageTimestampType === 'CreateTime'
  if (isCreateTime && batch.timestampType === TIMESTAMP_TYPE_LOG_APPEND) {
    return refuse(
      LogErrorCode.INVALID_TIMESTAMP,
      'Producer should not set timestamp type to LogAppendTime',
    )
  }
  const isKeyRequired = config.cleanupPolicy.includes('compact')
  const timestampMin = Math.max(nowMs - config.messageTimestampBeforeMaxMs, Number.MIN_SAFE_INTEGER)
  const timestampMax = Math.min(nowMs + config.messageTimestampAfterMaxMs, Number.MAX_SAFE_INTEGER)
  const limitsPast = isCreateTime && config.messageTimestampBeforeMaxMs < Number.MAX_SAFE_INTEGER
  const isFuture = isCreateTime && batch.maxTimestamp > timestampMax
  if (!isKeyRequired && !limitsPast && !isFuture) return undefined
  return walkRecords(batch, {
    isKeyRequired,
    ...(isCreateTime ? { timestampMin, timestampMax } : {}),
    isFuture,
  })
}

/** Why a batch that the log has to open cannot be taken: its records by name, as far as it opens. */
export function refuseRecords(batch: RecordBatchView): AppendRefusal {
  const refusal = walkRecords(batch, { isKeyRequired: false, isFuture: false })
  if (refusal !== undefined && refusal.recordErrors.length > 0) return refusal
  return refuse(LogErrorCode.CORRUPT_MESSAGE, 'The records of the batch cannot be read')
}

interface RecordRules {
  readonly isKeyRequired: boolean
  readonly timestampMin?: number
  readonly timestampMax?: number
  /** The header says that a record is too far in the future, whatever the records say. */
  readonly isFuture: boolean
}

function walkRecords(batch: RecordBatchView, rules: RecordRules): AppendRefusal | undefined {
  const errors = validateRecords(batch, rules)
  const first = errors[0]
  if (first === undefined) {
    return rules.isFuture
      ? refuse(LogErrorCode.INVALID_TIMESTAMP, 'The maximum timestamp of the batch is out of range')
      : undefined
  }
  const code =
    first.kind === 'timestamp' ? LogErrorCode.INVALID_TIMESTAMP : LogErrorCode.INVALID_RECORD
  const ofRecords = errors.filter((error) => error.batchIndex >= 0)
  return refuse(code, 'One or more records have been rejected', ofRecords)
}
