/**
 * Builds one record batch: producers, coordinators, markers and compaction write through it.
 *
 * Records are encoded as they come into one buffer behind room for the header; `finish()` compresses
 * them as one piece, writes the header and returns a buffer of its own, so that the builder (and the
 * room it has grown to) serves the next batch after `reset()`.
 */
import { crc32c, invariant } from '@ottla/base'
import * as format from './batch-format.ts'
import { compress } from './compression/compress.ts'
import { COMPRESSION_NONE } from './compression/compression-type.ts'
import {
  contentBytes,
  prefixBytes,
  varintBytes,
  writeContent,
  writePrefix,
  type RecordDeltas,
} from './encode-record.ts'
import { writeInt64 } from './int64.ts'
import type { RecordCursor } from './record-cursor.ts'
import type { SimpleRecord } from './simple-record.ts'

export interface BatchOptions {
  readonly baseOffset?: number
  readonly partitionLeaderEpoch?: number
  readonly compression?: number
  /** The codec's own scale. */
  readonly level?: number
  readonly timestampType?: number
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
  readonly isTransactional?: boolean
  readonly isControl?: boolean
  /** By default the largest timestamp of the records; the append time in a log-append-time batch. */
  readonly maxTimestamp?: number
  /**
   * By default that of the last record. A batch that compaction rewrites keeps the one it had, even
   * when its last records, or all of them, are gone: readers and sequences go on from it.
   */
  readonly lastOffsetDelta?: number
  /** Stands in place of the base timestamp (KIP-534). */
  readonly deleteHorizonMs?: number
}

const CAPACITY_BYTES = 1024
const NOTHING_APPENDED = -1

export class BatchBuilder {
  #options: BatchOptions
  #baseOffset = 0
  #scratch: Buffer = Buffer.allocUnsafeSlow(CAPACITY_BYTES)
  #end = format.BATCH_OVERHEAD_BYTES
  #recordCount = 0
  #lastOffsetDelta = NOTHING_APPENDED
  #baseTimestamp = format.NO_TIMESTAMP
  #maxTimestamp = format.NO_TIMESTAMP

  constructor(options: BatchOptions = {}) {
    this.#options = options
    this.reset(options)
  }

  /** Begins another batch; what was appended and not finished is gone. */
  reset(options: BatchOptions): this {
    this.#options = options
    this.#baseOffset = options.baseOffset ?? 0
    this.#end = format.BATCH_OVERHEAD_BYTES
    this.#recordCount = 0
    this.#lastOffsetDelta = NOTHING_APPENDED
    this.#baseTimestamp = options.deleteHorizonMs ?? format.NO_TIMESTAMP
    this.#maxTimestamp = format.NO_TIMESTAMP
    return this
  }

  get recordCount(): number {
    return this.#recordCount
  }

  /** Of the batch so far, before compression. */
  get sizeInBytes(): number {
    return this.#end
  }

  /** What `sizeInBytes` would be with this record as well. */
  sizeWith(record: SimpleRecord): number {
    const deltas = this.#deltasOf(record.timestamp, record.offset)
    const bodyBytes = prefixBytes(deltas) + contentBytes(record)
    return this.#end + varintBytes(bodyBytes) + bodyBytes
  }

  append(record: SimpleRecord): void {
    const deltas = this.#deltasOf(record.timestamp, record.offset)
    const at = this.#beginRecord(deltas, contentBytes(record))
    this.#end = writeContent(this.#scratch, at, record)
    this.#recordAppended(record.timestamp, deltas)
  }

  /** The record under the cursor with its offset and timestamp; its content is copied, not decoded. */
  appendFrom(cursor: RecordCursor): void {
    const deltas = this.#deltasOf(cursor.timestamp, cursor.offset)
    const at = this.#beginRecord(deltas, cursor.contentBytes)
    cursor.copyContent(this.#scratch, at)
    this.#end = at + cursor.contentBytes
    this.#recordAppended(cursor.timestamp, deltas)
  }

  finish(): Buffer {
    const batch = this.#recordCount === 0 ? this.#finishEmpty() : this.#finishRecords()
    batch.writeUInt32BE(crc32c(batch.subarray(format.ATTRIBUTES_AT)), format.CRC_AT)
    return batch
  }

  #deltasOf(timestamp: number, offset: number | undefined): RecordDeltas {
    const hasBase = this.#recordCount > 0 || this.#options.deleteHorizonMs !== undefined
    return {
      timestampDelta: hasBase ? timestamp - this.#baseTimestamp : 0,
      offsetDelta: offset === undefined ? this.#lastOffsetDelta + 1 : offset - this.#baseOffset,
    }
  }

  /** Writes length, attributes and deltas, makes room for the content and returns where it goes. */
  #beginRecord(deltas: RecordDeltas, contentByteCount: number): number {
    const delta = deltas.offsetDelta
    invariant(delta > this.#lastOffsetDelta, 'offsets rise from the base offset on')
    invariant(delta <= format.INT32_MAX, 'an offset delta fits 32 bits')
    const bodyBytes = prefixBytes(deltas) + contentByteCount
    this.#reserve(varintBytes(bodyBytes) + bodyBytes)
    return writePrefix(this.#scratch, this.#end, bodyBytes, deltas)
  }

  #recordAppended(timestamp: number, deltas: RecordDeltas): void {
    if (this.#recordCount === 0) this.#baseTimestamp = timestamp - deltas.timestampDelta
    this.#recordCount++
    this.#lastOffsetDelta = deltas.offsetDelta
    if (timestamp > this.#maxTimestamp) this.#maxTimestamp = timestamp
  }

  #reserve(byteCount: number): void {
    const wanted = this.#end + byteCount
    if (wanted <= this.#scratch.length) return
    invariant(wanted <= format.INT32_MAX, 'a batch is smaller than 2 GiB')
    const grown = Buffer.allocUnsafeSlow(Math.max(wanted, this.#scratch.length * 2))
    this.#scratch.copy(grown, 0, 0, this.#end)
    this.#scratch = grown
  }

  #finishRecords(): Buffer {
    const { compression = COMPRESSION_NONE, level } = this.#options
    const encoded = this.#scratch.subarray(format.BATCH_OVERHEAD_BYTES, this.#end)
    const records = compress(compression, encoded, level)
    const batch = Buffer.allocUnsafeSlow(format.BATCH_OVERHEAD_BYTES + records.length)
    records.copy(batch, format.BATCH_OVERHEAD_BYTES)
    this.#writeHeader(batch, compression)
    return batch
  }

  /** Kafka's empty header: no codec and no base timestamp, for there is nothing they describe. */
  #finishEmpty(): Buffer {
    invariant(
      this.#options.lastOffsetDelta !== undefined,
      'a batch without records says which offsets it stands for',
    )
    const batch = Buffer.allocUnsafeSlow(format.BATCH_OVERHEAD_BYTES)
    this.#baseTimestamp = format.NO_TIMESTAMP
    this.#writeHeader(batch, COMPRESSION_NONE)
    return batch
  }

  #writeHeader(batch: Buffer, compression: number): void {
    const options = this.#options
    const lastOffsetDelta = options.lastOffsetDelta ?? this.#lastOffsetDelta
    invariant(lastOffsetDelta >= this.#lastOffsetDelta, 'the last offset covers every record')
    writeInt64(batch, format.BASE_OFFSET_AT, this.#baseOffset)
    batch.writeInt32BE(batch.length - format.LOG_OVERHEAD_BYTES, format.BATCH_LENGTH_AT)
    batch.writeInt32BE(
      options.partitionLeaderEpoch ?? format.NO_PARTITION_LEADER_EPOCH,
      format.PARTITION_LEADER_EPOCH_AT,
    )
    batch.writeInt8(format.MAGIC_V2, format.MAGIC_AT)
    batch.writeInt16BE(this.#attributes(compression), format.ATTRIBUTES_AT)
    batch.writeInt32BE(lastOffsetDelta, format.LAST_OFFSET_DELTA_AT)
    writeInt64(batch, format.BASE_TIMESTAMP_AT, this.#baseTimestamp)
    writeInt64(batch, format.MAX_TIMESTAMP_AT, options.maxTimestamp ?? this.#maxTimestamp)
    writeInt64(batch, format.PRODUCER_ID_AT, options.producerId ?? format.NO_PRODUCER_ID)
    batch.writeInt16BE(options.producerEpoch ?? format.NO_PRODUCER_EPOCH, format.PRODUCER_EPOCH_AT)
    batch.writeInt32BE(options.baseSequence ?? format.NO_SEQUENCE, format.BASE_SEQUENCE_AT)
    batch.writeInt32BE(this.#recordCount, format.RECORD_COUNT_AT)
  }

  #attributes(compression: number): number {
    const options = this.#options
    const hasHorizon = options.deleteHorizonMs !== undefined && this.#recordCount > 0
    return (
      compression |
      (options.timestampType === format.TIMESTAMP_TYPE_LOG_APPEND
        ? format.TIMESTAMP_TYPE_FLAG
        : 0) |
      (options.isTransactional === true ? format.TRANSACTIONAL_FLAG : 0) |
      (options.isControl === true ? format.CONTROL_FLAG : 0) |
      (hasHorizon ? format.DELETE_HORIZON_FLAG : 0)
    )
  }
}

/** One batch from a list of records. */
export function buildBatch(records: readonly SimpleRecord[], options: BatchOptions = {}): Buffer {
  const builder = new BatchBuilder(options)
  for (const record of records) builder.append(record)
  return builder.finish()
}
