/** Answers of the APIs that speak of partitions: the error stands at each partition of the request. */
import { ApiKey } from '@ottla/protocol'
import { decodeProduceRequest } from '@ottla/protocol/produce-request'
import { encodeProduceResponse } from '@ottla/protocol/produce-response'
import { decodeFetchRequest } from '@ottla/protocol/fetch-request'
import { encodeFetchResponse } from '@ottla/protocol/fetch-response'
import { decodeListOffsetsRequest } from '@ottla/protocol/list-offsets-request'
import { encodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import { decodeDeleteRecordsRequest } from '@ottla/protocol/delete-records-request'
import { encodeDeleteRecordsResponse } from '@ottla/protocol/delete-records-response'
import { decodeOffsetForLeaderEpochRequest } from '@ottla/protocol/offset-for-leader-epoch-request'
import { encodeOffsetForLeaderEpochResponse } from '@ottla/protocol/offset-for-leader-epoch-response'
import type { ErrorCode } from '@ottla/protocol'
import { answer } from './answer-table.ts'

const produce = answer(ApiKey.Produce, {
  decode: decodeProduceRequest,
  encode: encodeProduceResponse,
  fail: ({ topicData }, { errorCode }) => ({
    responses: topicData.map(({ name, topicId, partitionData }) => ({
      name,
      topicId,
      partitionResponses: partitionData.map(({ index }) => ({
        index,
        errorCode,
        baseOffset: -1,
        logAppendTimeMs: -1,
        logStartOffset: -1,
        recordErrors: [],
        errorMessage: null,
        currentLeader: { leaderId: -1, leaderEpoch: -1 },
      })),
    })),
    throttleTimeMs: 0,
    nodeEndpoints: [],
  }),
})

/**
 * Session 0 tells the client that its session is over, for the broker has not seen this request and
 * would refuse the number of the next. Only a request for no partition at all has the error at the top.
 */
const fetch = answer(ApiKey.Fetch, {
  decode: decodeFetchRequest,
  encode: encodeFetchResponse,
  fail: ({ topics }, { errorCode, version }) => ({
    throttleTimeMs: 0,
    errorCode: version >= 7 && topics.length === 0 ? errorCode : 0,
    sessionId: 0,
    responses: topics.map(({ topic, topicId, partitions }) => ({
      topic,
      topicId,
      partitions: partitions.map(({ partition }) => failedFetch(partition, errorCode)),
    })),
    nodeEndpoints: [],
  }),
})

function failedFetch(partitionIndex: number, errorCode: ErrorCode) {
  return {
    partitionIndex,
    errorCode,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    divergingEpoch: { epoch: -1, endOffset: -1 },
    currentLeader: { leaderId: -1, leaderEpoch: -1 },
    snapshotId: { endOffset: -1, epoch: -1 },
    abortedTransactions: null,
    preferredReadReplica: -1,
    records: null,
  }
}

const listOffsets = answer(ApiKey.ListOffsets, {
  decode: decodeListOffsetsRequest,
  encode: encodeListOffsetsResponse,
  fail: ({ topics }, { errorCode }) => ({
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode,
        timestamp: -1,
        offset: -1,
        leaderEpoch: -1,
      })),
    })),
  }),
})

const deleteRecords = answer(ApiKey.DeleteRecords, {
  decode: decodeDeleteRecordsRequest,
  encode: encodeDeleteRecordsResponse,
  fail: ({ topics }, { errorCode }) => ({
    throttleTimeMs: 0,
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        lowWatermark: -1,
        errorCode,
      })),
    })),
  }),
})

const offsetForLeaderEpoch = answer(ApiKey.OffsetForLeaderEpoch, {
  decode: decodeOffsetForLeaderEpochRequest,
  encode: encodeOffsetForLeaderEpochResponse,
  fail: ({ topics }, { errorCode }) => ({
    throttleTimeMs: 0,
    topics: topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition }) => ({
        errorCode,
        partition,
        leaderEpoch: -1,
        endOffset: -1,
      })),
    })),
  }),
})

export const partitionAnswers = [produce, fetch, listOffsets, deleteRecords, offsetForLeaderEpoch]
