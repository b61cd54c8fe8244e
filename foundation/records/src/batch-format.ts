/**
 * Record batch, format 2 (KIP-98; Kafka's DefaultRecordBatch). Integers are big-endian.
 *
 *    0 baseOffset            int64   \
 *    8 batchLength           int32    |  outside the checksum: a broker sets base offset and
 *   12 partitionLeaderEpoch  int32    |  leader epoch without computing it again
 *   16 magic                 int8     |
 *   17 crc                   uint32  /   CRC-32C from attributes to the end
 *   21 attributes            int16       bits 0-2 compression, 3 timestamp type, 4 transactional,
 *   23 lastOffsetDelta       int32            5 control, 6 base timestamp is the delete horizon
 *   27 baseTimestamp         int64
 *   35 maxTimestamp          int64
 *   43 producerId            int64
 *   51 producerEpoch         int16
 *   53 baseSequence          int32
 *   57 recordCount           int32
 *   61 records, compressed as one piece
 *
 * batchLength counts what follows it, so a batch takes batchLength + 12 bytes.
 */
import { invariant } from '@ottla/base'

export const BASE_OFFSET_AT = 0
export const BATCH_LENGTH_AT = 8
export const PARTITION_LEADER_EPOCH_AT = 12
export const MAGIC_AT = 16
export const CRC_AT = 17
export const ATTRIBUTES_AT = 21
export const LAST_OFFSET_DELTA_AT = 23
export const BASE_TIMESTAMP_AT = 27
export const MAX_TIMESTAMP_AT = 35
export const PRODUCER_ID_AT = 43
export const PRODUCER_EPOCH_AT = 51
export const BASE_SEQUENCE_AT = 53
export const RECORD_COUNT_AT = 57

/** The header, all of it: a batch without records. */
export const BATCH_OVERHEAD_BYTES = 61
/** Base offset and length, which every format has had in front. */
export const LOG_OVERHEAD_BYTES = 12
export const MAGIC_V2 = 2
/** Length, attributes, two deltas, two lengths and the header count, one byte each. */
export const RECORD_BYTES_MIN = 7
/** Sixty-four times the largest batch that a broker accepts by default. */
export const RECORDS_BYTES_MAX = 64 * 1024 * 1024

export const COMPRESSION_MASK = 0x07
export const TIMESTAMP_TYPE_FLAG = 0x08
export const TRANSACTIONAL_FLAG = 0x10
export const CONTROL_FLAG = 0x20
export const DELETE_HORIZON_FLAG = 0x40

export const TIMESTAMP_TYPE_CREATE = 0
export const TIMESTAMP_TYPE_LOG_APPEND = 1

export const NO_TIMESTAMP = -1
export const NO_PRODUCER_ID = -1
export const NO_PRODUCER_EPOCH = -1
export const NO_SEQUENCE = -1
export const NO_PARTITION_LEADER_EPOCH = -1

export const INT32_MAX = 0x7fffffff

/** Sequences count 0, 1, ... 2^31 - 1, 0, ...; a batch without a sequence keeps having none. */
export function advanceSequence(baseSequence: number, delta: number): number {
  if (baseSequence === NO_SEQUENCE) return NO_SEQUENCE
  return (baseSequence + delta) % (INT32_MAX + 1)
}

invariant(RECORD_COUNT_AT + 4 === BATCH_OVERHEAD_BYTES, 'the header ends with the record count')
invariant(BATCH_LENGTH_AT + 4 === LOG_OVERHEAD_BYTES, 'the log overhead ends with the length')
