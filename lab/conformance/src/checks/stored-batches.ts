/**
 * The codec of every batch that the broker stored, read from the first segment of partition 0, so that a
 * client that quietly does not compress is noticed.
 *
 *   int64 baseOffset | int32 length | int32 leaderEpoch | int8 magic | uint32 crc | int16 attributes |
 *   int32 lastOffsetDelta | …      (attributes: the lowest three bits are the codec)
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CODECS, type Codec } from '../samples/record.ts'

export interface StoredBatch {
  readonly baseOffset: number
  readonly lastOffset: number
  readonly codec: Codec
}

const LENGTH_AT = 8
const ATTRIBUTES_AT = 21
const LAST_OFFSET_DELTA_AT = 23
const HEADER_BYTES = 61
/** What comes before the bytes that `length` counts. */
const PREFIX_BYTES = 12

export function storedBatches(logDirectory: string, topic: string): readonly StoredBatch[] {
  const file = join(logDirectory, `${topic}-0`, '00000000000000000000.log')
  return existsSync(file) ? parseBatches(readFileSync(file)) : []
}

export function parseBatches(log: Buffer): readonly StoredBatch[] {
  const batches: StoredBatch[] = []
  for (let at = 0; at + HEADER_BYTES <= log.length;) {
    const lengthBytes = log.readInt32BE(at + LENGTH_AT)
    // Preallocated space after the last batch is zero.
    if (lengthBytes < HEADER_BYTES - PREFIX_BYTES) break
    const baseOffset = Number(log.readBigInt64BE(at))
    batches.push({
      baseOffset,
      lastOffset: baseOffset + log.readInt32BE(at + LAST_OFFSET_DELTA_AT),
      codec: CODECS[log.readInt16BE(at + ATTRIBUTES_AT) & 7] ?? 'none',
    })
    at += PREFIX_BYTES + lengthBytes
  }
  return batches
}

/**
 * What is wrong with the batches that hold these offsets. A client may leave a batch uncompressed that
 * would not shrink (librdkafka does), so one batch in the codec is enough, and none may be in another.
 */
export function codecProblem(
  batches: readonly StoredBatch[],
  offsets: readonly number[],
  codec: Codec,
): string | undefined {
  const mine = batches.filter(({ baseOffset, lastOffset }) =>
    offsets.some((offset) => offset >= baseOffset && offset <= lastOffset),
  )
  const codecs = [...new Set(mine.map((batch) => batch.codec))]
  const isFine = codecs.includes(codec) && codecs.every((it) => it === codec || it === 'none')
  return isFine ? undefined : `stored as ${codecs.join(' and ') || 'nothing'}, not as ${codec}`
}
