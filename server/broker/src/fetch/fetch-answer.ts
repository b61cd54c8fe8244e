/** What a Fetch answers for one partition, and whether that is news inside a session. */
import { ErrorCode } from '@ottla/protocol'
import { COMPRESSION_ZSTD, compressionTypeAt, LOG_OVERHEAD_BYTES } from '@ottla/records'
import type { FetchResponsePartitionData } from '@ottla/protocol/fetch-response'
import type { FetchFinding } from './fetch-look.ts'
import type { FetchTarget } from './fetch-target.ts'

/** Defaults: the encoder leaves these tagged fields out. */
const NO_EPOCH = { epoch: -1, endOffset: -1 }
const NO_LEADER = { leaderId: -1, leaderEpoch: -1 }
const NO_SNAPSHOT = { endOffset: -1, epoch: -1 }
const STORAGE_ERROR_VERSION_MIN = 6
const ZSTD_VERSION_MIN = 10
/** Where a batch says how many bytes follow its offset and this length. */
const BATCH_LENGTH_AT = 8

export function partitionAnswer(
  finding: FetchFinding,
  records: Buffer,
  options: { committedOnly: boolean; apiVersion: number },
): FetchResponsePartitionData {
  const { partition, target, slice } = finding
  const readable =
    options.apiVersion < ZSTD_VERSION_MIN ? records.subarray(0, bytesBeforeZstd(records)) : records
  const errorCode =
    readable.length === 0 && records.length > 0
      ? ErrorCode.UNSUPPORTED_COMPRESSION_TYPE
      : finding.errorCode
  const isGood = errorCode === ErrorCode.NONE && partition !== undefined
  return {
    partitionIndex: target.partition,
    errorCode: errorForVersion(errorCode, options.apiVersion),
    highWatermark: isGood ? partition.highWatermark : -1,
    lastStableOffset: isGood ? partition.lastStableOffset : -1,
    logStartOffset: isGood ? partition.log.logStartOffset : -1,
    divergingEpoch: finding.divergingEpoch ?? NO_EPOCH,
    currentLeader: leaderHint(finding),
    snapshotId: NO_SNAPSHOT,
    // Clients trust null to mean read_uncommitted (conformance F11).
    abortedTransactions:
      isGood && options.committedOnly && slice !== undefined
        ? partition.log.abortedTransactions(target.fetchOffset, slice.endOffset)
        : options.committedOnly
          ? []
          : null,
    preferredReadReplica: -1,
    records: readable,
  }
}

/**
 * Versions before 10 do not know zstd (KIP-110, conformance F26): they get the batches before the first
 * such one, and then an error instead of bytes that they cannot read.
 */
function bytesBeforeZstd(records: Buffer): number {
  let position = 0
  while (position < records.length && compressionTypeAt(records, position) !== COMPRESSION_ZSTD) {
    position += LOG_OVERHEAD_BYTES + records.readInt32BE(position + BATCH_LENGTH_AT)
  }
  return position
}

/** Versions before 6 do not know KAFKA_STORAGE_ERROR (conformance F23). */
function errorForVersion(errorCode: ErrorCode, apiVersion: number): ErrorCode {
  return errorCode === ErrorCode.KAFKA_STORAGE_ERROR && apiVersion < STORAGE_ERROR_VERSION_MIN
    ? ErrorCode.NOT_LEADER_OR_FOLLOWER
    : errorCode
}

/** KIP-951: a client with a stale epoch learns the leader from the answer. */
function leaderHint({ partition, errorCode }: FetchFinding) {
  if (partition === undefined || errorCode !== ErrorCode.FENCED_LEADER_EPOCH) return NO_LEADER
  return { leaderId: partition.leaderId, leaderEpoch: partition.leaderEpoch as number }
}

/** Conformance F17: data, an error (also one that just went away), or a moved watermark. */
export function hasNews(target: FetchTarget, answer: FetchResponsePartitionData): boolean {
  return (
    (answer.records !== null && answer.records.length > 0) ||
    answer.errorCode !== ErrorCode.NONE ||
    target.hadError ||
    answer.divergingEpoch.epoch >= 0 ||
    answer.highWatermark !== target.sentHighWatermark ||
    answer.logStartOffset !== target.sentLogStartOffset
  )
}

export function rememberSent(target: FetchTarget, answer: FetchResponsePartitionData): void {
  target.sentHighWatermark = answer.highWatermark
  target.sentLogStartOffset = answer.logStartOffset
  target.hadError = answer.errorCode !== ErrorCode.NONE
}
