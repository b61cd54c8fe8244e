/** The state of a log before anything of its directory was looked at, and the first segment of a new one. */
import type { Uuid } from '@ottla/base'
import { LeaderEpochCache } from '../leader-epoch/leader-epoch-cache.ts'
import type { LogConfig } from '../log-config.ts'
import type { DiskSpace, LogResources, LogState } from '../log-state.ts'
import { ProducerStateManager } from '../producer-state/producer-state-manager.ts'
import { SnapshotFiles } from '../producer-state/snapshot-files.ts'
import { LogTail } from '../read/log-tail.ts'
import { LogSegment } from '../segment/log-segment.ts'
import { SegmentList } from '../segment/segment-list.ts'

export interface NewLogOptions {
  readonly resources: LogResources
  readonly topic: string
  readonly partition: number
  readonly topicId: Uuid
  readonly path: string
  readonly space: DiskSpace
  readonly config: LogConfig
}

export function newLogState(options: NewLogOptions): LogState {
  const directory = { path: options.path }
  return {
    resources: options.resources,
    topic: options.topic,
    partition: options.partition,
    topicId: options.topicId,
    directory,
    space: options.space,
    config: options.config,
    segments: new SegmentList(),
    producers: new ProducerStateManager(),
    snapshots: new SnapshotFiles(options.resources.disk, directory),
    epochs: new LeaderEpochCache(),
    tail: new LogTail(),
    logStartOffset: 0,
    nextOffset: 0,
    writtenEndOffset: 0,
    recoveryPoint: 0,
    truncationCount: 0,
    isDirectoryUnsynced: false,
    isParentUnsynced: false,
    failure: undefined,
    isUnreadable: false,
    isClosed: false,
    recovered: [],
    snapshotOffset: -1,
  }
}

export function createFirstSegment(state: LogState, baseOffset: number): void {
  const segment = segmentOf(state, baseOffset, new Set())
  segment.log.use({ create: true })
  state.segments.add(segment)
  state.isDirectoryUnsynced = true
}

export function segmentOf(
  state: LogState,
  baseOffset: number,
  names: ReadonlySet<string>,
): LogSegment {
  const { resources, directory, config } = state
  return new LogSegment({
    files: resources.files,
    directory,
    baseOffset,
    existing: names,
    createdMs: resources.clock.wallMs(),
    rollJitterMs: resources.random.fraction() * config.segmentJitterMs,
  })
}
