/**
 * The topic configurations that a log obeys: Kafka's keys in camel case (`segment.bytes` is
 * `segmentBytes`), with Kafka's defaults. `flushPolicy` is our own: who waits for the disk
 * (docs/decisions: durability); here it only decides whether the background flush runs.
 */
export interface LogConfig {
  readonly cleanupPolicy: readonly string[]
  /** 'producer' keeps what the producer chose; else 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'. */
  readonly compressionType: string
  readonly segmentBytes: number
  readonly segmentMs: number
  readonly segmentJitterMs: number
  readonly segmentIndexBytes: number
  readonly flushMessages: number
  readonly flushMs: number
  readonly flushPolicy: 'auto' | 'always' | 'never'
  /** -1 for no limit. */
  readonly retentionBytes: number
  /** -1 for no limit. */
  readonly retentionMs: number
  readonly maxMessageBytes: number
  readonly indexIntervalBytes: number
  readonly fileDeleteDelayMs: number
  readonly messageTimestampType: 'CreateTime' | 'LogAppendTime'
  readonly messageTimestampBeforeMaxMs: number
  readonly messageTimestampAfterMaxMs: number
}

/** Stands for Java's Long.MAX_VALUE, "never". */
const NEVER = Number.MAX_SAFE_INTEGER
const WEEK_MS = 7 * 24 * 60 * 60 * 1000

export const DEFAULT_LOG_CONFIG: LogConfig = {
  cleanupPolicy: ['delete'],
  compressionType: 'producer',
  segmentBytes: 1024 * 1024 * 1024,
  segmentMs: WEEK_MS,
  segmentJitterMs: 0,
  segmentIndexBytes: 10 * 1024 * 1024,
  flushMessages: NEVER,
  flushMs: NEVER,
  flushPolicy: 'auto',
  retentionBytes: -1,
  retentionMs: WEEK_MS,
  maxMessageBytes: 1048588,
  indexIntervalBytes: 4096,
  fileDeleteDelayMs: 60_000,
  messageTimestampType: 'CreateTime',
  messageTimestampBeforeMaxMs: NEVER,
  messageTimestampAfterMaxMs: 60 * 60 * 1000,
}
