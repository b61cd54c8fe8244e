/**
 * A window on one record batch inside a buffer: stations 7 to 9 of the produce path, recovery and
 * fetch read the header through it and never the records.
 *
 * One view is moved from batch to batch with `reset()`, which allocates nothing. `reset()` promises
 * that the header is there and its length possible; the batch may still end outside the buffer
 * (`isComplete`), because a log scan reads headers alone. Whatever needs the body checks that.
 *
 * Bench: record-batch-view.bench.ts
 */
import {
  crc32c,
  invariant,
  MalformedError,
  type LeaderEpoch,
  type Offset,
  type ProducerEpoch,
  type ProducerId,
} from '@ottla/base'
import * as format from './batch-format.ts'
import { COMPRESSION_NONE } from './compression/compression-type.ts'
import { readInt64, writeInt64 } from './int64.ts'

const EMPTY = Buffer.alloc(0)
const BATCH_LENGTH_MIN = format.BATCH_OVERHEAD_BYTES - format.LOG_OVERHEAD_BYTES

export class RecordBatchView {
  #buffer: Buffer = EMPTY
  #position = 0

  reset(buffer: Buffer, position: number): this {
    if (position < 0 || buffer.length - position < format.BATCH_OVERHEAD_BYTES) {
      refuseShort(buffer.length - position, position)
    }
    const batchLength = buffer.readInt32BE(position + format.BATCH_LENGTH_AT)
    if (batchLength < BATCH_LENGTH_MIN) refuseLength(batchLength, position)
    this.#buffer = buffer
    this.#position = position
    return this
  }

  get buffer(): Buffer {
    return this.#buffer
  }

  get position(): number {
    return this.#position
  }

  get baseOffset(): Offset {
    return readInt64(this.#buffer, this.#position) as Offset
  }

  get batchLength(): number {
    return this.#buffer.readInt32BE(this.#position + format.BATCH_LENGTH_AT)
  }

  get sizeInBytes(): number {
    return this.batchLength + format.LOG_OVERHEAD_BYTES
  }

  /** Whether the buffer holds the batch to its end. */
  get isComplete(): boolean {
    return this.#position + this.sizeInBytes <= this.#buffer.length
  }

  get partitionLeaderEpoch(): LeaderEpoch {
    return this.#buffer.readInt32BE(
      this.#position + format.PARTITION_LEADER_EPOCH_AT,
    ) as LeaderEpoch
  }

  get magic(): number {
    return this.#buffer.readInt8(this.#position + format.MAGIC_AT)
  }

  get crc(): number {
    return this.#buffer.readUInt32BE(this.#position + format.CRC_AT)
  }

  get attributes(): number {
    return this.#buffer.readInt16BE(this.#position + format.ATTRIBUTES_AT)
  }

  get compressionType(): number {
    return this.attributes & format.COMPRESSION_MASK
  }

  /** 0 create time, 1 log append time. */
  get timestampType(): number {
    return (this.attributes & format.TIMESTAMP_TYPE_FLAG) === 0
      ? format.TIMESTAMP_TYPE_CREATE
      : format.TIMESTAMP_TYPE_LOG_APPEND
  }

  get isTransactional(): boolean {
    return (this.attributes & format.TRANSACTIONAL_FLAG) !== 0
  }

  get isControl(): boolean {
    return (this.attributes & format.CONTROL_FLAG) !== 0
  }

  /** Then `baseTimestamp` is the time from which tombstones and markers in it may go (KIP-534). */
  get hasDeleteHorizon(): boolean {
    return (this.attributes & format.DELETE_HORIZON_FLAG) !== 0
  }

  get lastOffsetDelta(): number {
    return this.#buffer.readInt32BE(this.#position + format.LAST_OFFSET_DELTA_AT)
  }

  get lastOffset(): Offset {
    return (this.baseOffset + this.lastOffsetDelta) as Offset
  }

  get baseTimestamp(): number {
    return readInt64(this.#buffer, this.#position + format.BASE_TIMESTAMP_AT)
  }

  get maxTimestamp(): number {
    return readInt64(this.#buffer, this.#position + format.MAX_TIMESTAMP_AT)
  }

  get producerId(): ProducerId {
    return readInt64(this.#buffer, this.#position + format.PRODUCER_ID_AT) as ProducerId
  }

  get producerEpoch(): ProducerEpoch {
    return this.#buffer.readInt16BE(this.#position + format.PRODUCER_EPOCH_AT) as ProducerEpoch
  }

  get baseSequence(): number {
    return this.#buffer.readInt32BE(this.#position + format.BASE_SEQUENCE_AT)
  }

  get lastSequence(): number {
    return format.advanceSequence(this.baseSequence, this.lastOffsetDelta)
  }

  get recordCount(): number {
    return this.#buffer.readInt32BE(this.#position + format.RECORD_COUNT_AT)
  }

  /**
   * Whether the bytes can hold as many records as the header counts. What compressed ones hold shows
   * when they are opened, which nobody does with more than RECORDS_BYTES_MAX.
   */
  get isRecordCountPossible(): boolean {
    const recordsBytes =
      this.compressionType === COMPRESSION_NONE
        ? this.sizeInBytes - format.BATCH_OVERHEAD_BYTES
        : format.RECORDS_BYTES_MAX
    return this.recordCount * format.RECORD_BYTES_MIN <= recordsBytes
  }

  setBaseOffset(baseOffset: Offset): void {
    writeInt64(this.#buffer, this.#position, baseOffset)
  }

  setPartitionLeaderEpoch(epoch: LeaderEpoch): void {
    this.#buffer.writeInt32BE(epoch, this.#position + format.PARTITION_LEADER_EPOCH_AT)
  }

  /** The records keep what they carry; readers take the batch's maximum for each of them. */
  setLogAppendTime(nowMs: number): void {
    this.#setMaxTimestamp(nowMs, this.attributes | format.TIMESTAMP_TYPE_FLAG)
  }

  /** For a create-time batch whose producer named a wrong maximum. */
  setMaxTimestamp(maxTimestamp: number): void {
    this.#setMaxTimestamp(maxTimestamp, this.attributes & ~format.TIMESTAMP_TYPE_FLAG)
  }

  /** Both fields are inside the checksum, which is computed anew over the whole batch. */
  #setMaxTimestamp(maxTimestamp: number, attributes: number): void {
    invariant(this.isComplete, 'a batch is in the buffer to its end before it is changed')
    const position = this.#position
    this.#buffer.writeInt16BE(attributes, position + format.ATTRIBUTES_AT)
    writeInt64(this.#buffer, position + format.MAX_TIMESTAMP_AT, maxTimestamp)
    this.#buffer.writeUInt32BE(this.#computeCrc(), position + format.CRC_AT)
  }

  /** False as well when the batch ends outside the buffer. */
  isCrcValid(): boolean {
    return this.isComplete && this.#computeCrc() === this.crc
  }

  #computeCrc(): number {
    const start = this.#position
    return crc32c(this.#buffer.subarray(start + format.ATTRIBUTES_AT, start + this.sizeInBytes))
  }
}

/**
 * The codec of the batch at `position` without a view; for a version check before validation, so
 * bytes too short to say read as uncompressed and are left to the validation.
 */
export function compressionTypeAt(buffer: Buffer, position: number): number {
  return (buffer[position + format.ATTRIBUTES_AT + 1] ?? 0) & format.COMPRESSION_MASK
}

function refuseShort(bytesLeft: number, position: number): never {
  throw new MalformedError(
    `Cannot read a record batch: its header takes ${format.BATCH_OVERHEAD_BYTES} bytes, ${bytesLeft} are left`,
    position,
  )
}

function refuseLength(batchLength: number, position: number): never {
  throw new MalformedError(
    `Cannot read a record batch: its length is ${batchLength}, at least ${BATCH_LENGTH_MIN} expected`,
    position,
  )
}
