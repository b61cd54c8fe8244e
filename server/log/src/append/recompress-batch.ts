/**
 * For a topic whose `compression.type` is not `producer`: the same records under the topic's codec.
 *
 * The one place of the produce path that decompresses; its bound is RECORDS_BYTES_MAX of `records`.
 */
import { MalformedError } from '@ottla/base'
import {
  BatchBuilder,
  COMPRESSION_NAMES,
  COMPRESSION_NONE,
  RecordCursor,
  type RecordBatchView,
} from '@ottla/records'

/** The codec that the topic wants; undefined to keep the producer's. */
export function targetCompression(compressionType: string): number | undefined {
  if (compressionType === 'producer') return undefined
  if (compressionType === 'uncompressed' || compressionType === 'none') return COMPRESSION_NONE
  const codec = COMPRESSION_NAMES.indexOf(compressionType as (typeof COMPRESSION_NAMES)[number])
  return codec < 0 ? undefined : codec
}

/**
 * A new batch with all fields kept but codec, length and checksum; undefined when it can not be read,
 * or when its records do not stand at the offsets 0, 1, 2 … that a producer gives them. Which record
 * it was, `validateRecords` can tell: only the refusal pays for a second walk.
 */
export function recompressBatch(batch: RecordBatchView, compression: number): Buffer | undefined {
  const builder = new BatchBuilder({
    baseOffset: batch.baseOffset,
    partitionLeaderEpoch: batch.partitionLeaderEpoch,
    compression,
    timestampType: batch.timestampType,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    isTransactional: batch.isTransactional,
    isControl: batch.isControl,
    lastOffsetDelta: batch.lastOffsetDelta,
  })
  try {
    const cursor = new RecordCursor().reset(batch)
    while (cursor.next()) {
      if (cursor.offsetDelta !== cursor.batchIndex) return undefined
      builder.appendFrom(cursor)
    }
    return builder.finish()
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}
