/**
 * Walks the batches of a segment file, headers alone or with their bodies.
 *
 * It believes nothing: the length must fit the file, the magic must be ours. When the walk stops before
 * the end, `problem` says how: 'cut' when the file ends inside a batch, 'bad' when the bytes can not be
 * a batch at all. What offsets and checksums mean is the caller's business.
 *
 * Headers alone are read through a small window; where batches are larger than it, one read per batch
 * skips the bodies.
 */
import { MalformedError } from '@ottla/base'
import { BATCH_OVERHEAD_BYTES, LOG_OVERHEAD_BYTES, MAGIC_V2, RecordBatchView } from '@ottla/records'
import type { DiskFile } from '../disk.ts'

const BODY_WINDOW_BYTES = 1024 * 1024
const HEADER_WINDOW_BYTES = 64 * 1024
/** Beyond this the rest of a header window would hold nothing but body. */
const HOP_BYTES_MIN = 16 * 1024

export interface ScanOptions {
  readonly fromPosition: number
  readonly toPosition: number
  readonly withBody: boolean
}

export class BatchScanner {
  readonly #file: DiskFile
  readonly #end: number
  readonly #withBody: boolean
  readonly #view = new RecordBatchView()
  #window: Buffer = Buffer.alloc(0)
  #windowStart = 0
  #windowEnd = 0
  /** Where the batch that `next` returned begins. */
  position: number
  /** Where the next one begins. */
  nextPosition: number
  problem: 'cut' | 'bad' | undefined

  constructor(file: DiskFile, options: ScanOptions) {
    this.#file = file
    this.#end = options.toPosition
    this.#withBody = options.withBody
    this.position = options.fromPosition
    this.nextPosition = options.fromPosition
    this.#windowStart = options.fromPosition
    this.#windowEnd = options.fromPosition
  }

  /** The next batch, valid until the next call; undefined at the end or at a problem. */
  next(): RecordBatchView | undefined {
    if (this.problem !== undefined || this.nextPosition >= this.#end) return undefined
    const previousBytes = this.nextPosition - this.position
    this.position = this.nextPosition
    const leftBytes = this.#end - this.position
    if (leftBytes < BATCH_OVERHEAD_BYTES) return this.#stopShort(leftBytes)
    this.#need(BATCH_OVERHEAD_BYTES, previousBytes)
    const view = this.#viewHere()
    if (view === undefined || view.magic !== MAGIC_V2) return this.#stop('bad')
    const sizeInBytes = view.sizeInBytes
    if (sizeInBytes > leftBytes) return this.#stop('cut')
    this.nextPosition = this.position + sizeInBytes
    if (!this.#withBody) return view
    this.#need(sizeInBytes, 0)
    return this.#viewHere()
  }

  /** Less than a header is left: a batch that was cut, or rubbish. */
  #stopShort(leftBytes: number): undefined {
    this.problem = 'cut'
    if (leftBytes < LOG_OVERHEAD_BYTES) return
    this.#need(leftBytes, 0)
    const at = this.position - this.#windowStart
    const batchLength = this.#window.readInt32BE(at + LOG_OVERHEAD_BYTES - 4)
    if (batchLength < BATCH_OVERHEAD_BYTES - LOG_OVERHEAD_BYTES) this.problem = 'bad'
  }

  #stop(problem: 'cut' | 'bad'): undefined {
    this.problem = problem
  }

  #viewHere(): RecordBatchView | undefined {
    try {
      return this.#view.reset(this.#window, this.position - this.#windowStart)
    } catch (error) {
      if (error instanceof MalformedError) return undefined
      throw error
    }
  }

  /** Brings `byteCount` bytes from `position` into the window. */
  #need(byteCount: number, previousBatchBytes: number): void {
    if (this.position >= this.#windowStart && this.position + byteCount <= this.#windowEnd) return
    const usual = this.#withBody
      ? BODY_WINDOW_BYTES
      : previousBatchBytes > HOP_BYTES_MIN
        ? byteCount
        : HEADER_WINDOW_BYTES
    const windowBytes = Math.min(Math.max(usual, byteCount), this.#end - this.position)
    if (this.#window.length < windowBytes) this.#window = Buffer.allocUnsafeSlow(windowBytes)
    const got = this.#file.read(this.#window.subarray(0, windowBytes), this.position)
    this.#windowStart = this.position
    this.#windowEnd = this.position + got
    // The file is shorter than it was said to be: what is missing reads as zeros, which no batch is.
    if (got < windowBytes) this.#window.fill(0, got, windowBytes)
  }
}
