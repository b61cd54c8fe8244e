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
import { LeaderEpochCache } from '../leader-epoch/leader-epoch-cache.ts'
import type { LogState } from '../log-state.ts'
import { BatchScanner } from '../read/batch-scanner.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import type { IndexProblem } from '../segment/segment-indexes.ts'
import { fileName, OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX } from '../segment/segment-name.ts'
import { StorageError } from '../storage-error.ts'
import { damageText } from './damage-text.ts'
import { epochsFromBatches, loadEpochs } from './load-epochs.ts'
import { mendIndexes, mendTransactions } from './mend-indexes.ts'
import { createFirstSegment, newLogState, segmentOf, type NewLogOptions } from './new-log-state.ts'
import { sealOnDisk } from './rebuild-indexes.ts'
import { removeStraySnapshots } from './remove-stray-snapshots.ts'
import { rebuildProducers } from './rebuild-producers.ts'
import { firstPlaceToCheck, recoverTail, type RecoverOptions } from './recover-tail.ts'
import { firstTimestampOf, followsOn, isEpochKnown, resumeFromIndex } from './resume-segment.ts'
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
  const checkpointed = loadEpochs(state)
  const context = { ...options, checkpointed: checkpointed ?? new LeaderEpochCache() }
  if (options.hadIoError || !options.wasStoppedCleanly || !resumeActive(state, context)) {
    recover(state, context)
  }
  finish(state, options, checkpointed !== undefined)
  if (options.hadIoError && state.failure === undefined) rewriteTail(state, options.recoveryPoint)
}

function addFirstSegment(state: LogState, options: OpenLogOptions): void {
  const { recoveryPoint, logStartOffset } = options
  if (recoveryPoint > logStartOffset) {
    state.failure = new StorageError(
      `Cannot open "${options.path}": its segments are missing, though offsets up to ${recoveryPoint} were written. Restore them, or delete the directory to accept the loss`,
      { publicMessage: damageText(logStartOffset) },
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
    segment.indexes.problem = hasIndexes ? loadMaxTimestamp(segment) : 'missing'
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

/** The last entry of a sealed time index has it. Of the offset index nothing is read until it is used. */
function loadMaxTimestamp(segment: LogSegment): IndexProblem | undefined {
  const last = segment.timeIndex.readLastEntry()
  if (segment.timeIndex.file.isUnreadable) return 'unreadable'
  // Records without timestamps have no entry; else the file was cut, and not written yet, by a rebuild.
  if (last === undefined) return firstTimestampOf(segment) < 0 ? undefined : 'unfinished'
  // One that Kafka had not cut to size yet ends with zeros.
  if (last.timestamp <= 0 && last.offset === segment.baseOffset) return 'unfinished'
  if (last.offset < segment.baseOffset || last.offset >= segment.nextOffset) return 'wrong'
  segment.maxTimestamp = last.timestamp
  segment.maxTimestampOffset = last.offset
  return undefined
}

type Context = OpenLogOptions & Pick<RecoverOptions, 'checkpointed'>

/** After a clean stop: from the last index entry to the end. False when that is not as it must be. */
function resumeActive(state: LogState, options: Context): boolean {
  const segment = state.segments.active
  const { recoveryPoint, checkpointed } = options
  if (state.failure !== undefined) return true
  const toPosition = segment.log.use().sizeInBytes()
  segment.indexes.load()
  segment.sizeInBytes = toPosition
  segment.nextOffset = Infinity
  segment.indexes.check(segment)
  if (segment.indexes.problem !== undefined || !resumeFromIndex(segment)) return false
  const isCompacted = state.config.cleanupPolicy.includes('compact')
  const scanner = new BatchScanner(segment.log.use(), {
    fromPosition: segment.sizeInBytes,
    toPosition,
    withBody: false,
  })
  for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) {
    if (!followsOn(batch, segment.nextOffset, { isCompacted })) return false
    if (batch.baseOffset < recoveryPoint && !isEpochKnown(batch, checkpointed)) return false
    segment.noteBatch(batch, state.config.indexIntervalBytes)
  }
  return segment.sizeInBytes === toPosition && segment.nextOffset >= recoveryPoint
}

function recover(state: LogState, options: Context): void {
  if (state.failure !== undefined) return
  // Where the disk failed, pages may be missing in any order, as after a loss of power.
  const isSameBoot = options.isSameBoot && !options.hadIoError
  // What the file says of later offsets may be of batches that were cut away since: those that are there
  // say it again.
  state.epochs.truncateFromEnd(options.recoveryPoint)
  recoverTail(state, { ...options, isSameBoot })
  const endOffset = state.segments.active.nextOffset
  if (state.failure === undefined && endOffset < options.recoveryPoint) {
    state.failure = new StorageError(
      `Cannot go on with "${options.path}": it ends at offset ${endOffset}, though offsets up to ${options.recoveryPoint} were on the device. Restore its segments, or delete its line in recovery-point-offset-checkpoint to accept the loss`,
      { publicMessage: damageText(endOffset) },
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
    if (segment === segments.active || segment.indexes.problem === undefined) continue
    if (mendIndexes(state, segment)) continue
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
  mendChecked(state)
  if (state.failure !== undefined) {
    resources.logger.error('A log is damaged; it is readable up to its end offset only', {
      topic: state.topic,
      partition: state.partition,
      endOffset,
      error: state.failure,
    })
  }
}

/** Only now it is known where they end; the others are looked at when they are first used. */
function mendChecked(state: LogState): void {
  const { active } = state.segments
  const checked = state.recovered.includes(active) ? state.recovered : [...state.recovered, active]
  for (const segment of checked) segment.indexes.check(segment)
  mendTransactions(state, checked)
  mendIndexes(state, active)
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
    { publicMessage: damageText(segment.nextOffset) },
  )
  state.segments.removeFrom(segment.baseOffset + 1)
  // It is the last one now, whose indexes are taken for loaded.
  segment.indexes.load()
}
