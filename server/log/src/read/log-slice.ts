/**
 * Station 13: what a reader gets for an offset. Where the bytes are, not yet the bytes.
 */
import type { StorageError } from '../storage-error.ts'

export interface LogSlice {
  /** Of a cold slice an upper bound: whole batches are cut to size after the read. */
  readonly sizeInBytes: number
  /** One past the last offset in the slice; of a cold slice an upper bound until it was read. */
  readonly endOffset: number
  /** In memory: `readSync` costs no disk. */
  readonly isHot: boolean
  readSync(): Buffer
  read(callback: SliceCallback): void
  /**
   * The bytes have been used (sent, or copied): their memory may be used for another read. To be called
   * at most once, and only when nobody holds a view of them.
   */
  release(): void
}

export type SliceCallback = {
  (error: StorageError, bytes: undefined): void
  (error: undefined, bytes: Buffer): void
}

export interface LocateOptions {
  readonly maxBytes: number
  /** No batch that reaches this offset or beyond it. */
  readonly upToOffset: number
  /** The first batch even when it is larger than `maxBytes` (KIP-74). */
  readonly minOneBatch: boolean
}
