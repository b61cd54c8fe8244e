/**
 * What became of an append: offsets, or why nothing was appended. A value, because one partition of a
 * request may be refused while the others go on (conformance P25).
 */
import { LogErrorCode } from '../log-error-code.ts'

export interface RecordError {
  readonly batchIndex: number
  readonly message: string
}

export interface AppendOutcome {
  /** Kafka's numeric error code; 0 when the records are in the log. */
  readonly errorCode: number
  readonly errorMessage: string | null
  /** Of the first batch; -1 on an error. For a duplicate, what it was given the first time. */
  readonly baseOffset: number
  readonly lastOffset: number
  /** -1 unless the topic stamps records itself. */
  readonly logAppendTimeMs: number
  readonly logStartOffset: number
  readonly recordErrors: readonly RecordError[]
}

export interface AppendRefusal {
  readonly errorCode: number
  readonly errorMessage: string
  readonly recordErrors: readonly RecordError[]
}

const NO_RECORD_ERRORS: readonly RecordError[] = []

export function refuse(
  errorCode: number,
  errorMessage: string,
  recordErrors: readonly RecordError[] = NO_RECORD_ERRORS,
): AppendRefusal {
  return { errorCode, errorMessage, recordErrors }
}

export function refusedOutcome(refusal: AppendRefusal, logStartOffset: number): AppendOutcome {
  return { ...refusal, baseOffset: -1, lastOffset: -1, logAppendTimeMs: -1, logStartOffset }
}

export function appendedOutcome(
  offsets: { baseOffset: number; lastOffset: number },
  logAppendTimeMs: number,
  logStartOffset: number,
): AppendOutcome {
  return {
    errorCode: LogErrorCode.NONE,
    errorMessage: null,
    baseOffset: offsets.baseOffset,
    lastOffset: offsets.lastOffset,
    logAppendTimeMs,
    logStartOffset,
    recordErrors: NO_RECORD_ERRORS,
  }
}
