/**
 * What the rooms of one log share. Each field has one room that changes it:
 *
 *   segments          append/ adds, retention/ and truncation remove
 *   producers, epochs append/
 *   nextOffset        append/: where the next batch goes, the log end offset
 *   writtenEndOffset  append/: up to here the bytes are in the files
 *   recoveryPoint     segment/log-flusher: up to here they are on the device
 *
 * Always: logStartOffset <= nextOffset, recoveryPoint <= writtenEndOffset <= nextOffset.
 */
import type { BufferPool, Clock, Logger, Random, Uuid } from '@ottla/base'
import type { Disk } from './disk.ts'
import type { LogDirectory, OpenFiles } from './disk/open-files.ts'
import type { Removals } from './log-dir/removals.ts'
import type { LeaderEpochCache } from './leader-epoch/leader-epoch-cache.ts'
import type { LogConfig } from './log-config.ts'
import type { ProducerStateManager } from './producer-state/producer-state-manager.ts'
import type { SnapshotFiles } from './producer-state/snapshot-files.ts'
import type { LogTail } from './read/log-tail.ts'
import type { TailCache } from './read/tail-cache.ts'
import type { IndexMemory } from './segment/index-memory.ts'
import type { LogSegment } from './segment/log-segment.ts'
import type { SegmentList } from './segment/segment-list.ts'
import type { SyncGate } from './segment/sync-gate.ts'
import type { StorageError } from './storage-error.ts'

/** What all logs of a broker share. */
export interface LogResources {
  readonly disk: Disk
  readonly files: OpenFiles
  readonly tailCache: TailCache
  readonly readBuffers: BufferPool
  readonly indexMemory: IndexMemory
  readonly syncGate: SyncGate
  readonly clock: Clock
  readonly removals: Removals
  readonly random: Random
  readonly logger: Logger
  /** A log has something to flush or to check-point that it had not before. */
  readonly onChanged: (state: LogState) => void
  /** The log is about to be cut: its recovery point must be on the device before. */
  readonly onTruncate: (state: LogState) => void
  /** The log is about to be fenced: its next start must not believe the page cache. */
  readonly onFence: (state: LogState) => void
}

/** Of the disk that a log lies on. */
export interface DiskSpace {
  /** It was seen full, and what is left is not for records. */
  readonly isShort: boolean
}

export interface LogState {
  readonly resources: LogResources
  readonly topic: string
  readonly partition: number
  readonly topicId: Uuid
  readonly directory: LogDirectory
  readonly space: DiskSpace
  config: LogConfig
  readonly segments: SegmentList
  readonly producers: ProducerStateManager
  readonly snapshots: SnapshotFiles
  readonly epochs: LeaderEpochCache
  readonly tail: LogTail
  logStartOffset: number
  nextOffset: number
  writtenEndOffset: number
  recoveryPoint: number
  /** Grows when the log is cut: what was begun before must not draw conclusions afterwards. */
  truncationCount: number
  /** Entries of the directory (and of its parent, for a new log) that may not be on the device. */
  isDirectoryUnsynced: boolean
  isParentUnsynced: boolean
  /** Set once, for good: the log takes no more appends. */
  failure: StorageError | undefined
  /** It could not be opened, so nothing is known of its records: it gives none. Implies `failure`. */
  isUnreadable: boolean
  isClosed: boolean
  /** Found by recovery and not on the device yet, oldest first; the first flush takes them. */
  recovered: readonly LogSegment[]
  /** The newest producer snapshot in the directory is of this offset; -1 when there is none. */
  snapshotOffset: number
}

/** For whoever wants to know something of the log's records. */
export function refuseUnreadable({ isUnreadable, failure }: LogState): void {
  if (isUnreadable && failure !== undefined) throw failure
}

export function fence(state: LogState, failure: StorageError): void {
  if (state.failure !== undefined) return
  state.failure = failure
  state.resources.onFence(state)
  state.resources.logger.error('Cannot go on with the log; it refuses appends from now on', {
    topic: state.topic,
    partition: state.partition,
    error: failure,
  })
}
