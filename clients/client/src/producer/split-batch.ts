/**
 * Cuts a batch that the broker finds too large into pieces (Kafka's ProducerBatch.split). The pieces
 * carry on its sequences, so that what was numbered behind it stays in order.
 */
import { invariant } from '@ottla/base'
import { BATCH_OVERHEAD_BYTES, BatchBuilder, RecordBatchView, RecordCursor } from '@ottla/records'
import { OutgoingBatch, type BatchHeader } from './outgoing-batch.ts'

interface Piece {
  readonly bytes: Buffer
  readonly recordCount: number
  readonly uncompressedBytes: number
  readonly header: BatchHeader
}

/** In halves, as near as its records allow: two pieces at least, each with a record at least. */
export function splitBatch(batch: OutgoingBatch): OutgoingBatch[] {
  invariant(batch.recordCount > 1, 'a batch of one record cannot be cut')
  const pieces = cut(batch)
  const listeners = batch.listeners.split(pieces.map(({ recordCount }) => recordCount))
  const { queue, createdMs, deadlineMs, order } = batch
  const orderSpan = batch.orderSpan / pieces.length
  let leftBytes = batch.bufferedBytes
  return pieces.map(({ bytes, recordCount, uncompressedBytes, header }, i) => {
    const own = listeners[i]
    const piece = new OutgoingBatch({
      queue,
      createdMs,
      deadlineMs,
      header,
      ...(own === undefined ? {} : { listeners: own }),
    })
    piece.closeWith(bytes, recordCount, uncompressedBytes)
    piece.order = order + i * orderSpan
    piece.orderSpan = orderSpan
    piece.attempts = batch.attempts
    const share = Math.floor((batch.bufferedBytes * recordCount) / batch.recordCount)
    piece.bufferedBytes = i === pieces.length - 1 ? leftBytes : share
    leftBytes -= share
    return piece
  })
}

function cut(batch: OutgoingBatch): Piece[] {
  const halfBytes = (batch.uncompressedBytes - BATCH_OVERHEAD_BYTES) / 2
  const pieces: Piece[] = []
  const cursor = new RecordCursor()
  cursor.reset(new RecordBatchView().reset(batch.bytes, 0))
  let header = headerFrom(batch, 0)
  let builder = new BatchBuilder(header)
  let takenCount = 0
  const finish = (): void => {
    const { recordCount, sizeInBytes: uncompressedBytes } = builder
    pieces.push({ bytes: builder.finish(), recordCount, uncompressedBytes, header })
    takenCount += recordCount
  }
  while (cursor.next()) {
    // A record over the middle goes where most of it lies; the last one never into the first piece.
    const middle = builder.sizeInBytes - BATCH_OVERHEAD_BYTES + cursor.contentBytes / 2
    const isLastInFirst = pieces.length === 0 && builder.recordCount === batch.recordCount - 1
    if (builder.recordCount > 0 && (middle > halfBytes || isLastInFirst)) {
      finish()
      header = headerFrom(batch, takenCount)
      builder = new BatchBuilder(header)
    }
    builder.appendFrom(cursor)
  }
  finish()
  return pieces
}

const SEQUENCE_MODULUS = 0x80000000

/** The builder's base offset is where the piece begins in the batch, so that its deltas begin at 0. */
function headerFrom({ header, hasSequence, baseSequence }: OutgoingBatch, at: number): BatchHeader {
  const own: BatchHeader = { ...header, baseOffset: at }
  if (hasSequence) own.baseSequence = (baseSequence + at) % SEQUENCE_MODULUS
  return own
}
