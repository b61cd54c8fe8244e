/** A record that cannot be put into a batch at once, and who hears what becomes of it. */
import type { RecordHeader } from '@ottla/records'
import type { BulkSend } from './bulk-send.ts'
import type { RejectSent, ResolveSent } from './record-listeners.ts'

type MaybeLater<T> = T | Promise<T>

/** What is known of it before anybody listens. */
export interface UnplacedRecord {
  readonly timestampMs: number
  readonly partition: number | undefined
  readonly headers: readonly RecordHeader[]
  readonly key: MaybeLater<Uint8Array | null>
  readonly value: MaybeLater<Uint8Array | null>
  /** Without what an asynchronous serde has not given yet. */
  readonly waitingBytes: number
  /** Monotonic. */
  readonly deadlineMs: number
}

export interface WaitingRecord extends UnplacedRecord {
  readonly signal: AbortSignal | undefined
  /** Of `sendAll`; the listeners are for the entry into a batch then. */
  readonly bulk: BulkSend | undefined
  readonly resolve: ResolveSent
  readonly reject: RejectSent
}

/** Serialized, with its place in the buffer. */
export interface RecordContent {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  /** What is set aside for it in the buffer. */
  readonly bytes: number
}
