/** The watermarks that a format shows, from the consumer that a record came through. */
import { KafkaError, type Consumer } from '@ottla/client'
import { UNKNOWN_WATERMARKS, type WatermarksOf } from '../formats/record.ts'

/** A group may take the partition away while its last records are being printed. */
export function watermarksOf(consumer: Pick<Consumer, 'watermarks'>): WatermarksOf {
  return (record) => {
    try {
      return consumer.watermarks(record)
    } catch (error) {
      if (error instanceof KafkaError && error.code === 'INVALID_ARGUMENT')
        return UNKNOWN_WATERMARKS
      throw error
    }
  }
}
