/** A record before it has an offset (Kafka's SimpleRecord), and after it was read back. */
import type { Offset } from '@ottla/base'

export interface RecordHeader {
  readonly key: string
  readonly value: Buffer | null
}

export interface SimpleRecord {
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly timestamp: number
  readonly headers?: readonly RecordHeader[]
  /** Only where offsets have holes; by default the one after the previous record's. */
  readonly offset?: number
}

export interface DecodedRecord {
  readonly offset: Offset
  readonly timestamp: number
  /** A view of the batch or of what was decompressed, like `value` and the headers' values. */
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: RecordHeader[]
  /** -1 when the batch has no producer. */
  readonly sequence: number
}
