/**
 * Walks the records of a batch, one at a time, without an object per record.
 *
 *   record: | length varint | attributes int8 | timestampDelta varlong | offsetDelta varint |
 *           | keyLength varint | key | valueLength varint | value | header count varint | header ... |
 *   header: | keyLength varint | key | valueLength varint | value |       -1 as a length is null
 *
 * `next()` checks a whole record, headers included; what does not fit is a MalformedError. `key`,
 * `value` and `headers` are made when they are asked for, as views of the batch (or of what was
 * decompressed). Offsets stay inside the batch's range but may have holes: compaction leaves them.
 *
 * Bench: record-cursor.bench.ts
 */
import { ByteReader, MalformedError, type Offset } from '@ottla/base'
import * as format from './batch-format.ts'
import { decompress } from './compression/compress.ts'
import { COMPRESSION_NONE } from './compression/compression-type.ts'
import type { RecordHeader } from './simple-record.ts'
import type { RecordBatchView } from './record-batch-view.ts'

export interface RecordCursorOptions {
  /** Limit for the decompressed records of one batch; RECORDS_BYTES_MAX by default. */
  readonly recordsBytesMax?: number
}

const EMPTY = Buffer.alloc(0)
const HEADER_BYTES_MIN = 2
const NULL_LENGTH = -1
const CREATE_TIME = -1

export class RecordCursor {
  #records: Buffer = EMPTY
  readonly #reader = new ByteReader()
  #recordsEnd = 0
  #recordCount = 0
  #index = -1

  #baseOffset = 0
  #lastOffsetDelta = 0
  #baseTimestamp = 0
  /** The time of every record in a log-append-time batch, CREATE_TIME otherwise. */
  #logAppendTime = CREATE_TIME
  #baseSequence = format.NO_SEQUENCE

  #offsetDelta = 0
  #timestamp = 0
  #contentStart = 0
  #keyStart = 0
  #keyLength = NULL_LENGTH
  #valueStart = 0
  #valueLength = NULL_LENGTH
  #headersStart = 0
  #headerCount = 0
  #recordEnd = 0

  /** Stands before the first record. The view may be moved on afterwards, the buffer not changed. */
  reset(batch: RecordBatchView, options?: RecordCursorOptions): this {
    checkBatch(batch)
    this.#recordCount = batch.recordCount
    this.#index = -1
    this.#baseOffset = batch.baseOffset
    this.#lastOffsetDelta = batch.lastOffsetDelta
    this.#baseTimestamp = batch.baseTimestamp
    this.#logAppendTime =
      batch.timestampType === format.TIMESTAMP_TYPE_LOG_APPEND ? batch.maxTimestamp : CREATE_TIME
    this.#baseSequence = batch.baseSequence

    let start = batch.position + format.BATCH_OVERHEAD_BYTES
    let end = batch.position + batch.sizeInBytes
    this.#records = batch.buffer
    // A batch that compaction emptied keeps no compressed piece, whatever its codec says.
    if (batch.compressionType !== COMPRESSION_NONE && this.#recordCount > 0) {
      const piece = batch.buffer.subarray(start, end)
      this.#records = decompress(
        batch.compressionType,
        piece,
        options?.recordsBytesMax ?? format.RECORDS_BYTES_MAX,
      )
      start = 0
      end = this.#records.length
    }
    this.#recordEnd = start
    this.#recordsEnd = end
    this.#reader
      .reset(this.#records, start, end)
      .checkCount(this.#recordCount, format.RECORD_BYTES_MIN)
    return this
  }

  /** Moves to the next record; false after the last one. */
  next(): boolean {
    if (this.#index + 1 >= this.#recordCount) {
      this.#index = this.#recordCount
      if (this.#recordEnd !== this.#recordsEnd) this.#refuse('bytes are left after the last record')
      return false
    }
    this.#index++
    this.#readRecord()
    return true
  }

  #readRecord(): void {
    const reader = this.#reader.reset(this.#records, this.#recordEnd, this.#recordsEnd)
    const bodyBytes = reader.readVarint()
    if (bodyBytes < 0 || bodyBytes > reader.remaining) this.#refuse(`it takes ${bodyBytes} bytes`)
    this.#recordEnd = reader.position + bodyBytes
    reader.reset(this.#records, reader.position, this.#recordEnd)

    // The attributes of a record are unused so far.
    reader.readInt8()
    this.#timestamp = this.#timestampOf(reader.readVarlong())
    this.#offsetDelta = reader.readVarint()
    if (this.#offsetDelta < 0 || this.#offsetDelta > this.#lastOffsetDelta) {
      this.#refuse(`offset delta ${this.#offsetDelta} of at most ${this.#lastOffsetDelta}`)
    }
    this.#contentStart = reader.position
    this.#keyLength = this.#readLength(reader)
    this.#keyStart = reader.position
    this.#skip(reader, this.#keyLength)
    this.#valueLength = this.#readLength(reader)
    this.#valueStart = reader.position
    this.#skip(reader, this.#valueLength)
    this.#walkHeaders(reader)
    if (reader.remaining !== 0) this.#refuse(`${reader.remaining} bytes are left in it`)
  }

  #walkHeaders(reader: ByteReader): void {
    this.#headerCount = reader.readVarint()
    if (this.#headerCount < 0) this.#refuse(`it has ${this.#headerCount} headers`)
    reader.checkCount(this.#headerCount, HEADER_BYTES_MIN)
    this.#headersStart = reader.position
    for (let i = 0; i < this.#headerCount; i++) {
      const keyLength = this.#readLength(reader)
      if (keyLength === NULL_LENGTH) this.#refuse('the key of a header is null')
      this.#skip(reader, keyLength)
      this.#skip(reader, this.#readLength(reader))
    }
  }

  #readLength(reader: ByteReader): number {
    const length = reader.readVarint()
    if (length < NULL_LENGTH || length > reader.remaining) this.#refuse(`a length of ${length}`)
    return length
  }

  /** Not `reader.skip()`, which makes a slice. The length was checked. */
  #skip(reader: ByteReader, length: number): void {
    if (length > 0) reader.reset(this.#records, reader.position + length, this.#recordEnd)
  }

  /** Saturates like the int64 fields do: some producers write microseconds or worse. */
  #timestampOf(delta: number): number {
    if (this.#logAppendTime !== CREATE_TIME) return this.#logAppendTime
    const timestamp = this.#baseTimestamp + delta
    if (timestamp > Number.MAX_SAFE_INTEGER) return Number.MAX_SAFE_INTEGER
    return timestamp < Number.MIN_SAFE_INTEGER ? Number.MIN_SAFE_INTEGER : timestamp
  }

  #refuse(what: string): never {
    throw new MalformedError(
      `Cannot read record ${this.#index} of the batch at offset ${this.#baseOffset}: ${what}`,
      this.#reader.position,
    )
  }

  /** Place in the batch, from 0. */
  get batchIndex(): number {
    return this.#index
  }

  get offset(): Offset {
    return (this.#baseOffset + this.#offsetDelta) as Offset
  }

  get offsetDelta(): number {
    return this.#offsetDelta
  }

  get timestamp(): number {
    return this.#timestamp
  }

  get sequence(): number {
    return format.advanceSequence(this.#baseSequence, this.#offsetDelta)
  }

  /** -1 for null. */
  get keyLength(): number {
    return this.#keyLength
  }

  /** -1 for null. */
  get valueLength(): number {
    return this.#valueLength
  }

  get headerCount(): number {
    return this.#headerCount
  }

  get key(): Buffer | null {
    return this.#slice(this.#keyStart, this.#keyLength)
  }

  get value(): Buffer | null {
    return this.#slice(this.#valueStart, this.#valueLength)
  }

  get headers(): RecordHeader[] {
    const headers: RecordHeader[] = []
    const reader = this.#reader.reset(this.#records, this.#headersStart, this.#recordEnd)
    for (let i = 0; i < this.#headerCount; i++) {
      const key = reader.readUtf8(reader.readVarint())
      const valueLength = reader.readVarint()
      const value = this.#slice(reader.position, valueLength)
      this.#skip(reader, valueLength)
      headers.push({ key, value })
    }
    return headers
  }

  /** Key, value and headers as they are encoded; BatchBuilder copies them into another batch. */
  copyContent(target: Uint8Array, at: number): void {
    this.#records.copy(target, at, this.#contentStart, this.#recordEnd)
  }

  get contentBytes(): number {
    return this.#recordEnd - this.#contentStart
  }

  #slice(start: number, length: number): Buffer | null {
    return length === NULL_LENGTH ? null : this.#records.subarray(start, start + length)
  }
}

function checkBatch(batch: RecordBatchView): void {
  const refuse = (what: string): never => {
    throw new MalformedError(
      `Cannot read the records of the batch at offset ${batch.baseOffset}: ${what}`,
      batch.position,
    )
  }
  if (batch.magic !== format.MAGIC_V2)
    refuse(`magic ${format.MAGIC_V2} expected, not ${batch.magic}`)
  if (!batch.isComplete) refuse('it is cut off')
  if (batch.recordCount < 0) refuse(`it counts ${batch.recordCount} records`)
}
