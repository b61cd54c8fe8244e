/** The record batch format and its compression: what only this package opens. */
export {
  BATCH_OVERHEAD_BYTES,
  LOG_OVERHEAD_BYTES,
  MAGIC_V2,
  NO_PARTITION_LEADER_EPOCH,
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  NO_SEQUENCE,
  NO_TIMESTAMP,
  RECORDS_BYTES_MAX,
  TIMESTAMP_TYPE_CREATE,
  TIMESTAMP_TYPE_LOG_APPEND,
} from './batch-format.ts'
export {
  COMPRESSION_GZIP,
  COMPRESSION_LZ4,
  COMPRESSION_NAMES,
  COMPRESSION_NONE,
  COMPRESSION_SNAPPY,
  COMPRESSION_ZSTD,
} from './compression/compression-type.ts'
export { compress, decompress } from './compression/compress.ts'
export { compressionTypeAt, RecordBatchView } from './record-batch-view.ts'
export { RecordCursor, type RecordCursorOptions } from './record-cursor.ts'
export { readRecords } from './read-records.ts'
export type { DecodedRecord, RecordHeader, SimpleRecord } from './simple-record.ts'
export { BatchBuilder, buildBatch, type BatchOptions } from './batch-builder.ts'
export {
  buildEndTxnMarkerBatch,
  CONTROL_TYPE_ABORT,
  CONTROL_TYPE_COMMIT,
  controlTypeOf,
  decodeEndTxnMarker,
  encodeEndTxnMarker,
  type EndTxnMarker,
  type EndTxnMarkerBatchOptions,
} from './control-record.ts'
export {
  RECORD_ERRORS_MAX,
  validateRecords,
  WHOLE_BATCH,
  type RecordError,
  type RecordValidation,
} from './validate-records.ts'
