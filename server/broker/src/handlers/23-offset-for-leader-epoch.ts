/** OffsetForLeaderEpoch, versions 2 to 4: where an epoch ended, so that a reader notices a cut log. */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeOffsetForLeaderEpochRequest,
  type OffsetForLeaderEpochRequestOffsetForLeaderPartition,
} from '@ottla/protocol/offset-for-leader-epoch-request'
import {
  encodeOffsetForLeaderEpochResponse,
  type OffsetForLeaderEpochResponseEpochEndOffset,
} from '@ottla/protocol/offset-for-leader-epoch-response'
import { absenceOf, type HostedTopic } from '@ottla/replication'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { epochRefusal } from '../fetch/fetch-look.ts'

export function offsetForLeaderEpochHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.OffsetForLeaderEpoch,
    isExclusive: true,
    handle(exchange: Exchange, body: ByteReader): void {
      const request = decodeOffsetForLeaderEpochRequest(body, exchange.apiVersion)
      exchange.reply(encodeOffsetForLeaderEpochResponse, {
        throttleTimeMs: 0,
        topics: request.topics.map(({ topic, partitions }) => ({
          topic,
          partitions: partitions.map((asked) => endOf(broker.replicas.topic(topic), asked)),
        })),
      })
    },
  }
}

function endOf(
  topic: HostedTopic | undefined,
  asked: OffsetForLeaderEpochRequestOffsetForLeaderPartition,
): OffsetForLeaderEpochResponseEpochEndOffset {
  const refused = (errorCode: ErrorCode) => ({
    errorCode,
    partition: asked.partition,
    leaderEpoch: -1,
    endOffset: -1,
  })
  const partition = topic?.partitions[asked.partition]
  if (partition === undefined) return refused(absenceOf(topic, asked.partition))
  const fenced = epochRefusal(partition, asked.currentLeaderEpoch)
  if (fenced !== ErrorCode.NONE) return refused(fenced)
  const end = partition.log.endOffsetForEpoch(asked.leaderEpoch)
  return {
    errorCode: ErrorCode.NONE,
    partition: asked.partition,
    leaderEpoch: end.leaderEpoch,
    endOffset: end.endOffset,
  }
}
