/**
 * From a directory to a log that can be read and written.
 *
 *   tidy the directory -> list the segments -> clean stop?  yes: look at the end of the last segment
 *                                                          no:  check from the recovery point on
 *   -> leader epochs -> producer state
 *
 * A clean stop that does not look like one (the last segment does not end with a batch, offsets below
 * the recovery point are missing) is treated as an unclean one.
 */
import { decodeEpochCheckpoint } from '../checkpoint/checkpoint-text.ts'
import { readWholeFile } from '../checkpoint/replace-file.ts'
import { LEADER_EPOCH_CHECKPOINT_FILE } from '../leader-epoch/epoch-file.ts'
import type { LogState } from '../log-state.ts'
import { BatchScanner } from '../read/batch-scanner.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import { fileName, OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX } from '../segment/segment-name.ts'
import { StorageError } from '../storage-error.ts'
import { createFirstSegment, newLogState, segmentOf, type NewLogOptions } from './new-log-state.ts'
import { rebuildIndexes, sealOnDisk } from './rebuild-indexes.ts'
import { removeStraySnapshots } from './remove-stray-snapshots.ts'
import { rebuildProducers } from './rebuild-producers.ts'
import { firstPlaceToCheck, recoverTail } from './recover-tail.ts'
import { followsOn, resumeFromIndex } from './resume-segment.ts'
import { rewriteTail } from './rewrite-tail.ts'
import { segmentOffsets, tidyDirectory } from './tidy-directory.ts'

export interface OpenLogOptions extends NewLogOptions {
  readonly wasStoppedCleanly: boolean
  readonly isSameBoot: boolean
  /** The disk failed while this log was written: what the page cache shows may not be on the device. */
  readonly hadIoError: boolean
  /** From the checkpoints; 0 where they say nothing. */
  readonly recoveryPoint: number
  readonly logStartOffset: number
  readonly onBytes: (byteCount: number) => void
}

export function openLog(options: OpenLogOptions): LogState {
  const state = newLogState(options)
  try {
    load(state, options)
    return state
  } catch (error) {
    closeFiles(state)
    throw error
  }
}

function closeFiles(state: LogState): void {
  for (const segment of state.segments.all) {
    state.resources.indexMemory.forget(segment)
    segment.synced()
    segment.close()
  }
}

function load(state: LogState, options: OpenLogOptions): void {
  const { resources, path } = options
  const names = tidyDirectory(resources.disk, path)
  for (const baseOffset of segmentOffsets(names)) {
    state.segments.add(segmentOf(state, baseOffset, names))
  }
  if (state.segments.count === 0) addFirstSegment(state, options)
  else loadSegments(state, names)
  const isEpochFileGood = loadEpochs(state)
  if (options.hadIoError || !options.wasStoppedCleanly || !resumeActive(state, options)) {
    recover(state, options)
  }
  finish(state, options, isEpochFileGood)
  if (options.hadIoError && state.failure === undefined) rewriteTail(state, options.recoveryPoint)
}

function addFirstSegment(state: LogState, options: OpenLogOptions): void {
  const { recoveryPoint, logStartOffset } = options
  if (recoveryPoint > logStartOffset) {
    state.failure = new StorageError(
      `Cannot open "${options.path}": its segments are missing, though offsets up to ${recoveryPoint} were written. Restore them, or delete the directory to accept the loss`,
    )
  }
  if (state.failure === undefined) createFirstSegment(state, logStartOffset)
  else state.segments.add(segmentOf(state, logStartOffset, new Set()))
}

/** Sizes and ends; the last segment's end is found later. Sealed segments without an index get one. */
function loadSegments(state: LogState, names: ReadonlySet<string>): void {
  const { disk } = state.resources
  const { segments } = state
  segments.all.forEach((segment, place) => {
    segment.sizeInBytes = disk.sizeInBytes(segment.log.path)
    const next = segments.at(place + 1)
    if (next === undefined) return
    segment.nextOffset = next.baseOffset
    if (segment.isEmpty && !state.config.cleanupPolicy.includes('compact')) noteHole(state, segment)
    const hasIndexes =
      names.has(fileName(segment.baseOffset, OFFSET_INDEX_SUFFIX)) &&
      names.has(fileName(segment.baseOffset, TIME_INDEX_SUFFIX))
    segment.needsIndexRebuild = !hasIndexes || !loadMaxTimestamp(segment)
  })
}

/** Readers of the offsets that it had are told so; everything else of the log is served. */
function noteHole(state: LogState, segment: LogSegment): void {
  state.resources.logger.error('A segment has lost its records; restore the file from a copy', {
    topic: state.topic,
    partition: state.partition,
    path: segment.log.path,
    fromOffset: segment.baseOffset,
    toOffset: segment.nextOffset,
  })
}

/** The last entry of a sealed time index has it. False for one that Kafka had not cut to size yet. */
function loadMaxTimestamp(segment: LogSegment): boolean {
  const last = segment.timeIndex.readLastEntry()
  if (last === undefined) return true
  if (last.timestamp <= 0 && last.offset === segment.baseOffset) return false
  segment.maxTimestamp = last.timestamp
  segment.maxTimestampOffset = last.offset
  return true
}

function loadEpochs(state: LogState): boolean {
  const path = `${state.directory.path}/${LEADER_EPOCH_CHECKPOINT_FILE}`
  const bytes = readWholeFile(state.resources.disk, path)
  const entries = bytes === undefined ? undefined : decodeEpochCheckpoint(bytes)
  state.epochs.restore(entries ?? [])
  return entries !== undefined
}

/** After a clean stop: from the last index entry to the end. False when that is not as it must be. */
function resumeActive(state: LogState, options: OpenLogOptions): boolean {
  const segment = state.segments.active
  if (state.failure !== undefined) return true
  const toPosition = segment.log.use().sizeInBytes()
  segment.loadIndexes()
  segment.sizeInBytes = toPosition
  segment.nextOffset = Infinity
  if (!segment.areIndexesSane() || !resumeFromIndex(segment)) return false
  const isCompacted = state.config.cleanupPolicy.includes('compact')
  const scanner = new BatchScanner(segment.log.use(), {
    fromPosition: segment.sizeInBytes,
    toPosition,
    withBody: false,
  })
  for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) {
    if (!followsOn(batch, segment.nextOffset, { isCompacted })) return false
    segment.noteBatch(batch, state.config.indexIntervalBytes)
  }
  return segment.sizeInBytes === toPosition && segment.nextOffset >= options.recoveryPoint
}

function recover(state: LogState, options: OpenLogOptions): void {
  if (state.failure !== undefined) return
  // Where the disk failed, pages may be missing in any order, as after a loss of power.
  const isSameBoot = options.isSameBoot && !options.hadIoError
  recoverTail(state, { ...options, isSameBoot })
  const endOffset = state.segments.active.nextOffset
  if (state.failure === undefined && endOffset < options.recoveryPoint) {
    state.failure = new StorageError(
      `Cannot go on with "${options.path}": it ends at offset ${endOffset}, though offsets up to ${options.recoveryPoint} were on the device. Restore its segments, or delete its line in recovery-point-offset-checkpoint to accept the loss`,
    )
  }
  if (state.failure !== undefined) return
  // Found in the page cache is not on the device: the recovery point stays where it was until the
  // first flush (KAFKA-10101).
  const { segments } = state
  const recovered: LogSegment[] = []
  for (let place = firstPlaceToCheck(state, options.recoveryPoint); ; place++) {
    const segment = segments.at(place)
    if (segment === undefined) break
    if (segment !== segments.active) sealOnDisk(segment)
    if (endOffset > options.recoveryPoint) segment.markUnsynced()
    recovered.push(segment)
  }
  state.recovered = recovered
  state.isDirectoryUnsynced = true
}

function finish(state: LogState, options: OpenLogOptions, isEpochFileGood: boolean): void {
  const { segments, resources } = state
  for (const segment of segments.all) {
    if (segment === segments.active || !segment.needsIndexRebuild) continue
    segment.needsIndexRebuild = false
    if (rebuildIndexes(segment, state.config.indexIntervalBytes)) continue
    endAtDamage(state, segment)
    break
  }
  if (state.failure === undefined && options.logStartOffset > segments.active.nextOffset) {
    beginAtStart(state, options.logStartOffset)
  }
  const endOffset = segments.active.nextOffset
  state.nextOffset = endOffset
  state.writtenEndOffset = endOffset
  // A damaged log keeps its recovery point, so that the next start finds the damage too.
  state.recoveryPoint =
    state.failure !== undefined || !options.wasStoppedCleanly ? options.recoveryPoint : endOffset
  state.logStartOffset = Math.max(options.logStartOffset, segments.first.baseOffset)
  if (!isEpochFileGood) epochsFromBatches(state)
  state.epochs.truncateFromEnd(endOffset)
  state.epochs.truncateFromStart(state.logStartOffset)
  removeStraySnapshots(state)
  rebuildProducers(state, { upToOffset: endOffset })
  if (state.failure !== undefined) {
    resources.logger.error('A log is damaged; it is readable up to its end offset only', {
      topic: state.topic,
      partition: state.partition,
      endOffset,
      error: state.failure,
    })
  }
}

/**
 * The log starts beyond its end: records were deleted that had not reached the device, and then power
 * was lost. Readers have been told that the log goes on at its start, so it does, as in Kafka.
 */
function beginAtStart(state: LogState, logStartOffset: number): void {
  for (const segment of state.segments.removeFrom(0)) segment.unlinkFiles()
  createFirstSegment(state, logStartOffset)
  state.resources.disk.syncDirectory(state.directory.path)
  state.recovered = []
}

/** A sealed segment can not be read to its end: the log is readable up to there. */
function endAtDamage(state: LogState, segment: LogSegment): void {
  state.failure = new StorageError(
    `Cannot go on with "${segment.log.path}": no valid batch at position ${segment.sizeInBytes}. The log is readable up to offset ${segment.nextOffset} and refuses appends; restore the file from a copy`,
  )
  state.segments.removeFrom(segment.baseOffset + 1)
}

/** The checkpoint of the epochs is missing or bad: every batch says which it is. */
function epochsFromBatches(state: LogState): void {
  state.epochs.restore([])
  for (const segment of state.segments.all) {
    if (segment.isEmpty) continue
    const scanner = new BatchScanner(segment.log.use(), {
      fromPosition: 0,
      toPosition: segment.sizeInBytes,
      withBody: false,
    })
    for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) {
      state.epochs.assign(batch.partitionLeaderEpoch, batch.baseOffset)
    }
  }
}
