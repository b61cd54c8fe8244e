/** Another producer id, epoch and sequence for a batch that is made already (Kafka's ProducerBatch.resetProducerState). */
import { crc32c } from '@ottla/base'

/** Of a record batch, format 2; the whole of it is drawn in @ottla/records. */
const CRC_AT = 17
const ATTRIBUTES_AT = 21
const PRODUCER_ID_AT = 43
const PRODUCER_EPOCH_AT = 51
const BASE_SEQUENCE_AT = 53
const TWO_POW_32 = 4_294_967_296

export interface BatchStamp {
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
}

/** A copy: the bytes as they were may still be on their way to a socket. */
export function restampBatch(batch: Buffer, stamp: BatchStamp): Buffer {
  const { producerId, producerEpoch, baseSequence } = stamp
  const copy = Buffer.from(batch)
  const high = Math.floor(producerId / TWO_POW_32)
  copy.writeInt32BE(high, PRODUCER_ID_AT)
  copy.writeUInt32BE(producerId - high * TWO_POW_32, PRODUCER_ID_AT + 4)
  copy.writeInt16BE(producerEpoch, PRODUCER_EPOCH_AT)
  copy.writeInt32BE(baseSequence, BASE_SEQUENCE_AT)
  copy.writeUInt32BE(crc32c(copy.subarray(ATTRIBUTES_AT)), CRC_AT)
  return copy
}
