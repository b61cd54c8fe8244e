/** Why a record does not get into the buffer, and what to do. */
import { KafkaError } from '../kafka-error.ts'

export function noRoom(bytes: number, maxBufferedBytes: number): KafkaError {
  return new KafkaError(
    'TIMED_OUT',
    `No room for a record of ${bytes} bytes in time: maxBufferedBytes is ${maxBufferedBytes}, and what is buffered is not acknowledged`,
  )
}

export function largerThanBuffer(bytes: number, maxBufferedBytes: number): KafkaError {
  return new KafkaError(
    'MESSAGE_TOO_LARGE',
    `A record of ${bytes} bytes is larger than the whole buffer: maxBufferedBytes is ${maxBufferedBytes}`,
  )
}

export function tooMuchWaits(topic: string, count: number, bytes: number): KafkaError {
  return new KafkaError(
    'BUFFER_EXHAUSTED',
    `Cannot take a record for topic "${topic}": ${count} records of ${bytes} bytes wait already for room in the buffer or for their topics, as many as maxWaitingRecords and maxWaitingBytes allow. Await what send() returns, or use sendAll(), which reads no further than there is room for`,
  )
}
