/**
 * Batches that are not in memory: one read of a segment file, then cut to whole batches.
 *
 * `locate` does not touch the disk for it. The index says where to begin, a batch or some kilobytes
 * early; the walk to the exact batch happens in the bytes that were read. Only where the window ends
 * inside the first wanted batch a second read follows.
 *
 * While a read is under way the log may roll, be cut or lose segments to retention. The file is pinned,
 * so the bytes stay readable; `upToOffset` bounds what is given out, and bytes cut off meanwhile were
 * above the high watermark.
 */
import type { BufferPool } from '@ottla/base'
import type { LogSegment } from '../segment/log-segment.ts'
import { reasonOf, StorageError } from '../storage-error.ts'
import type { LocateOptions, LogSlice, SliceCallback } from './log-slice.ts'
import { trimBatches } from './trim-batches.ts'

export interface ColdStart {
  readonly segment: LogSegment
  readonly position: number
  /** The batch that holds the offset begins exactly at `position`. */
  readonly isExact: boolean
}

/** What a cold slice asks of its log. */
export interface ColdSource {
  readonly buffers: BufferPool
  /** Where to go on when the segment has nothing at `offset` or after it. */
  startAfter(segment: LogSegment, offset: number): ColdStart | undefined
  /** There is a record at `offset`, whatever was found. */
  mustHave(offset: number): boolean
  /** A reader got this far: it will ask for `offset` next. */
  remember(offset: number, segment: LogSegment, position: number): void
}

/** How far the index may point before the batch that is wanted, as a rule. */
const SLACK_BYTES = 16 * 1024

export function recordsMissing(segment: LogSegment, offset: number): StorageError {
  return new StorageError(
    `Cannot read offset ${offset}: "${segment.log.path}" ends before it, though the log goes on. Restore the file from a copy, or have consumers go on behind the gap`,
  )
}

export class ColdSlice implements LogSlice {
  readonly #source: ColdSource
  readonly #offset: number
  readonly #options: LocateOptions
  #segment: LogSegment
  #position: number
  #windowBytes: number
  /** Where the window was widened for one batch: it must hold that batch the next time. */
  #widenedAt = -1
  /** What the last read went into; the result is a view of it. */
  #buffer: Buffer | undefined
  sizeInBytes: number
  endOffset: number
  readonly isHot = false

  constructor(source: ColdSource, start: ColdStart, offset: number, options: LocateOptions) {
    this.#source = source
    this.#offset = offset
    this.#options = options
    this.#segment = start.segment
    this.#position = start.position
    this.#windowBytes = options.maxBytes + (start.isExact ? 0 : SLACK_BYTES)
    this.sizeInBytes = Math.min(options.maxBytes, start.segment.sizeInBytes - start.position)
    this.endOffset = Math.min(options.upToOffset, start.segment.nextOffset)
  }

  readSync(): Buffer {
    for (;;) {
      const window = this.#window()
      try {
        const isEmpty = window.length === 0
        const got = isEmpty ? 0 : this.#segment.log.use().read(window, this.#position)
        const result = this.#take(window.subarray(0, got))
        if (result !== undefined) return result
      } catch (error) {
        throw this.#failure(error)
      }
    }
  }

  read(callback: SliceCallback): void {
    const window = this.#window()
    if (window.length === 0) {
      this.#onRead(undefined, window, callback)
      return
    }
    const file = this.#segment.log
    try {
      const handle = file.use()
      file.pin()
      handle.readLater(window, this.#position, (error, got) => {
        file.unpin()
        this.#onRead(error, window.subarray(0, got), callback)
      })
    } catch (error) {
      callback(this.#failure(error), undefined)
    }
  }

  #onRead(error: Error | undefined, bytes: Buffer, callback: SliceCallback): void {
    let result: Buffer | undefined
    try {
      if (error !== undefined) throw error
      result = this.#take(bytes)
    } catch (failure) {
      callback(this.#failure(failure), undefined)
      return
    }
    if (result === undefined) this.read(callback)
    else callback(undefined, result)
  }

  #window(): Buffer {
    this.release()
    const leftBytes = this.#segment.sizeInBytes - this.#position
    const byteCount = Math.max(0, Math.min(this.#windowBytes, leftBytes))
    this.#buffer = this.#source.buffers.take(byteCount)
    return this.#buffer.subarray(0, byteCount)
  }

  release(): void {
    if (this.#buffer !== undefined) this.#source.buffers.giveBack(this.#buffer)
    this.#buffer = undefined
  }

  /** Undefined when another read has to follow. */
  #take(bytes: Buffer): Buffer | undefined {
    if (bytes.length === 0 && this.#position >= this.#segment.sizeInBytes) return this.#goOn(bytes)
    const found = trimBatches(bytes, this.#offset, this.#options)
    if (found.isBad && found.end === found.start) throw this.#badBatch(found.start)
    if (found.end > found.start) return this.#finish(bytes.subarray(found.start, found.end), found)
    this.#position += found.start
    const isAtEnd = this.#position >= this.#segment.sizeInBytes
    if (isAtEnd) return this.#goOn(bytes)
    // A batch is here, but it is more than the reader may have.
    if (found.missingBytes === 0) return this.#finish(bytes.subarray(0, 0))
    const isOutside = this.#position + found.missingBytes > this.#segment.sizeInBytes
    if (isOutside || this.#widenedBytesAt(this.#position) >= found.missingBytes) {
      throw this.#badBatch(0)
    }
    this.#widenedAt = this.#position
    this.#windowBytes = Math.max(found.missingBytes, this.#options.maxBytes)
    return undefined
  }

  #widenedBytesAt(position: number): number {
    return this.#widenedAt === position ? this.#windowBytes : 0
  }

  #goOn(bytes: Buffer): Buffer | undefined {
    const next = this.#source.startAfter(this.#segment, this.#offset)
    if (next === undefined) return this.#finish(bytes.subarray(0, 0))
    this.#segment = next.segment
    this.#position = next.position
    return undefined
  }

  #finish(bytes: Buffer, found?: { end: number; endOffset: number }): Buffer {
    this.sizeInBytes = bytes.length
    if (found === undefined) {
      this.endOffset = this.#offset
      return bytes
    }
    this.endOffset = found.endOffset
    this.#source.remember(found.endOffset, this.#segment, this.#position + found.end)
    return bytes
  }

  #badBatch(at: number): StorageError {
    return new StorageError(
      `Cannot read "${this.#segment.log.path}": no valid batch at position ${this.#position + at}`,
    )
  }

  #failure(error: unknown): StorageError {
    if (error instanceof StorageError) return error
    return new StorageError(`Cannot read "${this.#segment.log.path}": ${reasonOf(error)}`, {
      cause: error,
    })
  }
}
