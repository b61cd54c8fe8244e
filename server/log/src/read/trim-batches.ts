/**
 * From bytes that were read to the whole batches a reader may have.
 *
 *   | before the offset | wanted batches ............ | cut by the window |
 *                       ^ start                       ^ end
 */
import { MalformedError } from '@ottla/base'
import { BATCH_OVERHEAD_BYTES, MAGIC_V2, RecordBatchView } from '@ottla/records'
import type { LocateOptions } from './log-slice.ts'

export interface TrimmedBatches {
  start: number
  end: number
  endOffset: number
  /** Bytes that must be read from `start` on to see the first wanted batch; 0 when it is here. */
  missingBytes: number
  isBad: boolean
}

const view = new RecordBatchView()

export function trimBatches(bytes: Buffer, offset: number, options: LocateOptions): TrimmedBatches {
  const found: TrimmedBatches = { start: 0, end: 0, endOffset: -1, missingBytes: 0, isBad: false }
  let position = 0
  let hasFirst = false
  let previousNext = 0
  for (;;) {
    const leftBytes = bytes.length - position
    if (leftBytes < BATCH_OVERHEAD_BYTES) {
      if (!hasFirst) found.missingBytes = BATCH_OVERHEAD_BYTES
      break
    }
    if (!isBatchAt(bytes, position, previousNext)) {
      found.isBad = true
      break
    }
    const { sizeInBytes, lastOffset } = view
    previousNext = lastOffset + 1
    if (lastOffset >= offset) {
      const takenBytes = hasFirst ? position - found.start : 0
      const fits =
        takenBytes + sizeInBytes <= options.maxBytes || (!hasFirst && options.minOneBatch)
      if (lastOffset >= options.upToOffset || !fits) break
      if (sizeInBytes > leftBytes) {
        if (!hasFirst) found.missingBytes = sizeInBytes
        break
      }
      if (!hasFirst) found.start = position
      hasFirst = true
      found.end = position + sizeInBytes
      found.endOffset = lastOffset + 1
    }
    position += sizeInBytes
  }
  if (!hasFirst) {
    found.start = position
    found.end = position
  }
  return found
}

/** Length, magic and base offset lie outside the checksum, so every reader looks at them. */
function isBatchAt(bytes: Buffer, position: number, baseOffsetMin: number): boolean {
  try {
    view.reset(bytes, position)
  } catch (error) {
    if (error instanceof MalformedError) return false
    throw error
  }
  return view.magic === MAGIC_V2 && view.baseOffset >= baseOffsetMin && view.lastOffsetDelta >= 0
}
