/**
 * DeleteRecords, versions 0 to 2: moves the start of a log forward. -1 means up to the high watermark.
 */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeDeleteRecordsRequest } from '@ottla/protocol/delete-records-request'
import { encodeDeleteRecordsResponse } from '@ottla/protocol/delete-records-response'
import { absenceOf } from '@ottla/replication'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { isInternalTopic } from '../internal-topics.ts'
import { refusalByStorage } from '../storage-refusal.ts'

const UP_TO_HIGH_WATERMARK = -1

interface Outcome {
  readonly errorCode: ErrorCode
  readonly lowWatermark: number
}

export function deleteRecordsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.DeleteRecords,
    isExclusive: true,
    handle(exchange: Exchange, body: ByteReader): void {
      const request = decodeDeleteRecordsRequest(body, exchange.apiVersion)
      exchange.reply(encodeDeleteRecordsResponse, {
        throttleTimeMs: 0,
        topics: request.topics.map((topic) => ({
          name: topic.name,
          partitions: topic.partitions.map(({ partitionIndex, offset }) => ({
            partitionIndex,
            ...deleteBefore(broker, { topic: topic.name, partition: partitionIndex, offset }),
          })),
        })),
      })
    },
  }
}

function deleteBefore(
  broker: BrokerContext,
  asked: { topic: string; partition: number; offset: number },
): Outcome {
  const refused = (errorCode: ErrorCode): Outcome => ({ errorCode, lowWatermark: -1 })
  if (isInternalTopic(asked.topic)) return refused(ErrorCode.INVALID_TOPIC_EXCEPTION)
  const topic = broker.replicas.topic(asked.topic)
  const partition = topic?.partitions[asked.partition]
  if (partition === undefined) return refused(absenceOf(topic, asked.partition))
  const { log, highWatermark } = partition
  if (log.config.cleanupPolicy.length > 0 && !log.config.cleanupPolicy.includes('delete')) {
    return refused(ErrorCode.POLICY_VIOLATION)
  }
  const offset = asked.offset === UP_TO_HIGH_WATERMARK ? highWatermark : asked.offset
  if (offset < 0 || offset > highWatermark) return refused(ErrorCode.OFFSET_OUT_OF_RANGE)
  try {
    log.deleteRecordsBefore(offset)
  } catch (error) {
    return refused(refusalByStorage(error).errorCode)
  }
  return { errorCode: ErrorCode.NONE, lowWatermark: log.logStartOffset }
}
