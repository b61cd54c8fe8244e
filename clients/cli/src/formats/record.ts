/** A record as the formats see it: bytes, since what is in them is not ours to know. */
export interface FormatRecord {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly leaderEpoch: number
  /** -1 without idempotence. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly timestampMs: number
  readonly timestampType: 'CreateTime' | 'LogAppendTime'
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly name: string; readonly value: Buffer | null }[]
}

/** Of the partition that a record is in, as of the last answer; -1 where it is not known. */
export interface Watermarks {
  readonly logStartOffset: number
  readonly lastStableOffset: number
  readonly highWatermark: number
}

export const UNKNOWN_WATERMARKS: Watermarks = {
  logStartOffset: -1,
  lastStableOffset: -1,
  highWatermark: -1,
}

/** Asked only when a format shows them: a consumer is one, see ../commands/watermarks-of.ts. */
export type WatermarksOf = (record: FormatRecord) => Watermarks
