/**
 * From what was asked to one partition's numbers: where its reading begins and, if it stops, before
 * which offset. Pure; who calls it has asked the broker for the bounds.
 */
import type { OffsetRange } from './parse-offset.ts'

export interface PartitionBounds {
  /** Log start offset. */
  readonly startOffset: number
  /** High watermark: the offset that the next record will have. */
  readonly endOffset: number
  /** The first at or after `from` when that is a time; undefined when there is no such record. */
  readonly fromTimeOffset?: number | undefined
  readonly untilTimeOffset?: number | undefined
  /** The committed offset of the group; undefined when it has none. */
  readonly storedOffset?: number | undefined
}

export interface ResolvedRange {
  readonly fromOffset: number
  /** Not read any more; Infinity when the reading goes on. */
  readonly untilOffset: number
}

export function resolveRange(range: OffsetRange, bounds: PartitionBounds): ResolvedRange {
  return { fromOffset: resolveFrom(range, bounds), untilOffset: resolveUntil(range, bounds) }
}

/** Offsets outside of the log are pulled to its nearest end: what was deleted is not there to be read. */
function resolveFrom({ from }: OffsetRange, bounds: PartitionBounds): number {
  const { startOffset, endOffset, fromTimeOffset, storedOffset } = bounds
  switch (from.at) {
    case 'start':
      return startOffset
    case 'end':
      return endOffset
    case 'stored':
      return storedOffset ?? startOffset
    case 'offset':
      // A future offset is kept: reading begins when the log has come that far.
      return Math.max(from.offset, startOffset)
    case 'afterStart':
      return Math.min(startOffset + from.records, endOffset)
    case 'beforeEnd':
      return Math.max(endOffset - from.records, startOffset)
    case 'time':
      return fromTimeOffset ?? endOffset
  }
}

function resolveUntil({ until }: OffsetRange, bounds: PartitionBounds): number {
  const { endOffset, untilTimeOffset } = bounds
  switch (until.at) {
    case 'never':
      return Infinity
    case 'end':
      return endOffset
    case 'offset':
      return until.offset
    case 'time':
      // No record is that late yet: what is there now is all of it.
      return untilTimeOffset ?? endOffset
  }
}
