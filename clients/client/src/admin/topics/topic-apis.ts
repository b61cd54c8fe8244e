/** The requests about topics and what is in them. */
import { ApiKey } from '@ottla/protocol'
import { encodeCreatePartitionsRequest } from '@ottla/protocol/create-partitions-request'
import { decodeCreatePartitionsResponse } from '@ottla/protocol/create-partitions-response'
import { encodeCreateTopicsRequest } from '@ottla/protocol/create-topics-request'
import { decodeCreateTopicsResponse } from '@ottla/protocol/create-topics-response'
import { encodeDeleteRecordsRequest } from '@ottla/protocol/delete-records-request'
import { decodeDeleteRecordsResponse } from '@ottla/protocol/delete-records-response'
import { encodeDeleteTopicsRequest } from '@ottla/protocol/delete-topics-request'
import { decodeDeleteTopicsResponse } from '@ottla/protocol/delete-topics-response'
import { encodeDescribeTopicPartitionsRequest } from '@ottla/protocol/describe-topic-partitions-request'
import { decodeDescribeTopicPartitionsResponse } from '@ottla/protocol/describe-topic-partitions-response'
import {
  encodeListOffsetsRequest,
  type ListOffsetsRequest,
} from '@ottla/protocol/list-offsets-request'
import {
  decodeListOffsetsResponse,
  type ListOffsetsResponse,
} from '@ottla/protocol/list-offsets-response'
import { defineApi, type Api } from '../../connection/api.ts'

export const CREATE_TOPICS = defineApi(
  ApiKey.CreateTopics,
  encodeCreateTopicsRequest,
  decodeCreateTopicsResponse,
)
export const DELETE_TOPICS = defineApi(
  ApiKey.DeleteTopics,
  encodeDeleteTopicsRequest,
  decodeDeleteTopicsResponse,
)
export const CREATE_PARTITIONS = defineApi(
  ApiKey.CreatePartitions,
  encodeCreatePartitionsRequest,
  decodeCreatePartitionsResponse,
)
export const DELETE_RECORDS = defineApi(
  ApiKey.DeleteRecords,
  encodeDeleteRecordsRequest,
  decodeDeleteRecordsResponse,
)
export const DESCRIBE_TOPIC_PARTITIONS = defineApi(
  ApiKey.DescribeTopicPartitions,
  encodeDescribeTopicPartitionsRequest,
  decodeDescribeTopicPartitionsResponse,
)

/** `min` is the first version that understands all that is asked for. */
export function listOffsetsFrom(min: number): Api<ListOffsetsRequest, ListOffsetsResponse> {
  return defineApi(ApiKey.ListOffsets, encodeListOffsetsRequest, decodeListOffsetsResponse, { min })
}
