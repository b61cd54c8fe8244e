/**
 * After an unclean stop: checks every batch from the recovery point on and finds where the log ends.
 *
 *   | headers only, known to be on the device | length, magic, CRC, offsets, epochs ........ | torn
 *                                             ^ recovery point                             ^ cut here
 *
 * Which tears are legal depends on what died (docs/decisions: durability):
 *
 * - the process alone (same boot id): the page cache is whole, so only the last write can be there in
 *   part, and it is a batch that runs beyond the end of the last file. Anything else is damage.
 * - the machine: pages that were not synced may have reached the device in any order, so the log is
 *   cut at the first batch that is not right, whatever follows.
 *
 * Below the recovery point nothing can be torn. There a bad batch is damage: the log is opened for
 * reading up to it and takes no appends, for cutting it would lose acknowledged records silently.
 */
import type { RecordBatchView } from '@ottla/records'
import { LEADER_EPOCH_CHECKPOINT_FILE } from '../leader-epoch/epoch-file.ts'
import type { LeaderEpochCache } from '../leader-epoch/leader-epoch-cache.ts'
import type { LogState } from '../log-state.ts'
import { BatchScanner } from '../read/batch-scanner.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import { StorageError } from '../storage-error.ts'
import { damageText } from './damage-text.ts'
import { warnOfIndexes } from './mend-indexes.ts'
import { followsOn, isEpochKnown, resetCounters, resumeFromIndex } from './resume-segment.ts'

export interface RecoverOptions {
  readonly recoveryPoint: number
  readonly isSameBoot: boolean
  /** Which epoch began where, as the checkpoint has it; empty without one. */
  readonly checkpointed: LeaderEpochCache
  readonly onBytes: (byteCount: number) => void
}

interface Problem {
  readonly position: number
  readonly isCut: boolean
  readonly what: string
}

/**
 * The segment of the last offset below the recovery point, also where the point lies between two: its
 * records are on the device, but it may have been sealed later, and its last index entries are not.
 */
export function firstPlaceToCheck({ segments }: LogState, recoveryPoint: number): number {
  return Math.max(0, segments.placeFor(recoveryPoint - 1))
}

/** Sets `state.failure` when the log is damaged. Returns how many bytes were cut. */
export function recoverTail(state: LogState, options: RecoverOptions): number {
  const { segments } = state
  const isCompacted = state.config.cleanupPolicy.includes('compact')
  const firstPlace = firstPlaceToCheck(state, options.recoveryPoint)
  let lastEpoch = -1
  for (let place = firstPlace; ; place++) {
    const segment = segments.at(place)
    if (segment === undefined) return 0
    const fileBytes = segment.log.use().sizeInBytes()
    const scan = new SegmentCheck(state, segment, { ...options, isCompacted, lastEpoch })
    const problem = scan.run(place === firstPlace)
    lastEpoch = scan.lastEpoch
    const expectedNext = segments.at(place + 1)?.baseOffset
    const gap = problem ?? gapBefore(segment, expectedNext, isCompacted)
    if (gap === undefined) continue
    return endHere(state, segment, gap, {
      ...options,
      fileBytes,
      isLast: expectedNext === undefined,
    })
  }
}

function gapBefore(
  segment: LogSegment,
  nextBaseOffset: number | undefined,
  isCompacted: boolean,
): Problem | undefined {
  if (nextBaseOffset === undefined || isCompacted || segment.nextOffset === nextBaseOffset) {
    if (nextBaseOffset !== undefined) segment.nextOffset = nextBaseOffset
    return undefined
  }
  const what = `the segment ends at offset ${segment.nextOffset}, the next begins at ${nextBaseOffset}`
  return { position: segment.sizeInBytes, isCut: false, what }
}

class SegmentCheck {
  readonly #state: LogState
  readonly #segment: LogSegment
  readonly #options: RecoverOptions & { readonly isCompacted: boolean }
  lastEpoch: number
  #what = ''

  constructor(
    state: LogState,
    segment: LogSegment,
    options: RecoverOptions & { readonly isCompacted: boolean; readonly lastEpoch: number },
  ) {
    this.#state = state
    this.#segment = segment
    this.#options = options
    this.lastEpoch = options.lastEpoch
  }

  /** Leaves the segment's counters at the end of the last good batch. */
  run(isFirst: boolean): Problem | undefined {
    const segment = this.#segment
    const { recoveryPoint } = this.#options
    this.#prepareIndexes(isFirst)
    const file = segment.log.use()
    const toPosition = file.sizeInBytes()
    const headers = new BatchScanner(file, {
      fromPosition: segment.sizeInBytes,
      toPosition,
      withBody: false,
    })
    while (segment.nextOffset < recoveryPoint) {
      const batch = headers.next()
      if (batch === undefined || !this.#isGood(batch, false)) {
        return this.#problemAfter(headers, toPosition)
      }
      this.#note(batch)
    }
    const bodies = new BatchScanner(file, {
      fromPosition: segment.sizeInBytes,
      toPosition,
      withBody: true,
    })
    for (;;) {
      const batch = bodies.next()
      if (batch === undefined || !this.#isGood(batch, true)) {
        return this.#problemAfter(bodies, toPosition)
      }
      this.#note(batch)
      this.#options.onBytes(batch.sizeInBytes)
    }
  }

  /** After another boot an index page may be missing; with the same one it is as it was written. */
  #prepareIndexes(isFirst: boolean): void {
    const segment = this.#segment
    const { indexes } = segment
    const { recoveryPoint, isSameBoot } = this.#options
    // What is thrown away is not read: Kafka's index of an active segment takes its full 10 MiB.
    if (isFirst && isSameBoot) indexes.load()
    else if (!indexes.transaction.file.isLoaded) indexes.transaction.file.load()
    if (isFirst && isSameBoot) {
      segment.sizeInBytes = segment.log.use().sizeInBytes()
      segment.nextOffset = Infinity
      indexes.offset.truncateTo(recoveryPoint)
      indexes.time.truncateTo(recoveryPoint)
      indexes.check(segment)
      if (indexes.problem === undefined && resumeFromIndex(segment)) return
    }
    // The walk over the batches makes them again.
    if (indexes.problem !== undefined) warnOfIndexes(this.#state, segment, indexes.problem)
    indexes.problem = undefined
    indexes.offset.file.reset()
    indexes.time.file.reset()
    resetCounters(segment)
  }

  #isGood(batch: RecordBatchView, withBody: boolean): boolean {
    const { nextOffset } = this.#segment
    const epoch = batch.partitionLeaderEpoch
    if (!followsOn(batch, nextOffset, this.#options)) {
      this.#what = `a batch of offset ${batch.baseOffset} where ${nextOffset} is due`
    } else if (epoch < this.lastEpoch) {
      this.#what = `leader epoch ${epoch} after ${this.lastEpoch} at offset ${batch.baseOffset}`
    } else if (!withBody && !isEpochKnown(batch, this.#options.checkpointed)) {
      this.#what = `leader epoch ${epoch} at offset ${batch.baseOffset}, of which ${LEADER_EPOCH_CHECKPOINT_FILE} knows nothing`
    } else if (withBody && !batch.isCrcValid()) {
      this.#what = `the checksum of the batch at offset ${batch.baseOffset} does not match`
    } else {
      return true
    }
    return false
  }

  #note(batch: RecordBatchView): void {
    // Nothing says that the transaction index of before reached the device, wholly or at all.
    if (batch.isControl && !this.#options.isSameBoot) {
      this.#segment.indexes.transactionProblem ??= 'unfinished'
    }
    this.lastEpoch = Math.max(this.lastEpoch, batch.partitionLeaderEpoch)
    this.#state.epochs.assign(batch.partitionLeaderEpoch, batch.baseOffset)
    this.#segment.noteBatch(batch, this.#state.config.indexIntervalBytes)
  }

  /** Undefined when the scan came to the end of the file without one. */
  #problemAfter(scanner: BatchScanner, toPosition: number): Problem | undefined {
    const position = this.#segment.sizeInBytes
    if (this.#what !== '') return { position, isCut: false, what: this.#what }
    if (scanner.problem === undefined && position === toPosition) return undefined
    const isCut = scanner.problem === 'cut'
    return { position, isCut, what: isCut ? 'the batch is cut off' : 'no valid batch' }
  }
}

function endHere(
  state: LogState,
  segment: LogSegment,
  problem: Problem,
  context: RecoverOptions & { readonly fileBytes: number; readonly isLast: boolean },
): number {
  const { segments, resources } = state
  const { recoveryPoint, isSameBoot, fileBytes, isLast } = context
  const isDurable = segment.nextOffset < recoveryPoint
  const isLegalTear = isSameBoot ? problem.isCut && isLast : true
  const where = `"${segment.log.path}" at position ${problem.position}: ${problem.what}`
  if (isDurable || !isLegalTear) {
    state.failure = new StorageError(
      `Cannot go on with ${where}. The log is readable up to offset ${segment.nextOffset} and refuses appends; restore the file from a copy, or truncate it there by hand to accept the loss`,
      { publicMessage: damageText(segment.nextOffset) },
    )
    segments.removeFrom(segment.baseOffset + 1)
    return 0
  }
  let cutBytes = fileBytes - problem.position
  segment.truncate(problem.position, segment.nextOffset)
  // Before anything new is written there: a crash that brought the old bytes back behind new ones
  // would let them pass for records.
  segment.log.use().sync()
  for (const later of segments.removeFrom(segment.baseOffset + 1)) {
    cutBytes += resources.disk.sizeInBytes(later.log.path)
    later.unlinkFiles()
  }
  resources.logger.warn('Cut the end of a log that was not written whole', {
    topic: state.topic,
    partition: state.partition,
    endOffset: segment.nextOffset,
    cutBytes,
    reason: problem.what,
  })
  return cutBytes
}
