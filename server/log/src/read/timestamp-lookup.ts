/**
 * From a time to an offset (ListOffsets): exact to the record.
 *
 * The index finds the segment and about where in it; headers find the batch; the records of that one
 * batch are walked, decompressed if need be. All of it is a handful of synchronous reads.
 */
import { MalformedError } from '@ottla/base'
import { RecordCursor, type RecordBatchView } from '@ottla/records'
import type { LogState } from '../log-state.ts'
import type { LogSegment } from '../segment/log-segment.ts'
import { reasonOf, StorageError } from '../storage-error.ts'
import { BatchScanner } from './batch-scanner.ts'

export interface TimestampedOffset {
  readonly timestamp: number
  readonly offset: number
  readonly leaderEpoch: number
}

export interface TimestampLookup {
  readonly state: LogState
  readonly useIndexes: (segment: LogSegment) => void
}

/** The first record whose timestamp is `timestamp` or later; undefined when there is none. */
export function offsetForTimestamp(
  lookup: TimestampLookup,
  timestamp: number,
): TimestampedOffset | undefined {
  for (const segment of lookup.state.segments.all) {
    if (segment.maxTimestamp < timestamp) continue
    const found = findInSegment(lookup, segment, timestamp)
    if (found !== undefined) return found
  }
  return undefined
}

/** The record with the greatest timestamp, the earliest of them (KIP-734). */
export function offsetOfMaxTimestamp(lookup: TimestampLookup): TimestampedOffset | undefined {
  let latest: LogSegment | undefined
  for (const segment of lookup.state.segments.all) {
    if (segment.isEmpty) continue
    if (latest === undefined || segment.maxTimestamp > latest.maxTimestamp) latest = segment
  }
  if (latest === undefined || latest.maxTimestamp < 0) return undefined
  return findInSegment(lookup, latest, latest.maxTimestamp)
}

function findInSegment(
  { state, useIndexes }: TimestampLookup,
  segment: LogSegment,
  timestamp: number,
): TimestampedOffset | undefined {
  useIndexes(segment)
  const entry = segment.timeIndex.entryBefore(timestamp)
  // All records up to this offset are earlier; the batch of the offset itself included.
  const fromOffset = entry < 0 ? segment.baseOffset : segment.timeIndex.offsetAt(entry)
  const scanOptions = {
    fromPosition: segment.offsetIndex.lookup(fromOffset),
    toPosition: segment.sizeInBytes,
  }
  try {
    const file = segment.log.use()
    const headers = new BatchScanner(file, { ...scanOptions, withBody: false })
    for (let batch = headers.next(); batch !== undefined; batch = headers.next()) {
      if (batch.maxTimestamp < timestamp || batch.lastOffset < state.logStartOffset) continue
      const { position, nextPosition } = headers
      const body = new BatchScanner(file, {
        fromPosition: position,
        toPosition: nextPosition,
        withBody: true,
      })
      const found = findInBatch(body.next(), timestamp, state)
      if (found !== undefined) return found
    }
  } catch (error) {
    if (error instanceof StorageError) throw error
    throw new StorageError(`Cannot read "${segment.log.path}": ${reasonOf(error)}`, {
      cause: error,
    })
  }
  return undefined
}

function findInBatch(
  batch: RecordBatchView | undefined,
  timestamp: number,
  state: LogState,
): TimestampedOffset | undefined {
  if (batch === undefined) return undefined
  const leaderEpoch = batch.partitionLeaderEpoch
  try {
    const cursor = new RecordCursor().reset(batch)
    while (cursor.next()) {
      if (cursor.timestamp < timestamp || cursor.offset < state.logStartOffset) continue
      return { timestamp: cursor.timestamp, offset: cursor.offset, leaderEpoch }
    }
    return undefined
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    // The producer sent records that nobody can read; the batch as a whole is the best answer.
    return { timestamp: batch.maxTimestamp, offset: batch.baseOffset, leaderEpoch }
  }
}
