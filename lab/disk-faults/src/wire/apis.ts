/** The calls of this package, each in the newest version that names topics and not ids. */
import type { ByteReader, ByteWriter } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { encodeCreateTopicsRequest } from '@ottla/protocol/create-topics-request'
import { decodeCreateTopicsResponse } from '@ottla/protocol/create-topics-response'
import { encodeDeleteRecordsRequest } from '@ottla/protocol/delete-records-request'
import { decodeDeleteRecordsResponse } from '@ottla/protocol/delete-records-response'
import { encodeDeleteTopicsRequest } from '@ottla/protocol/delete-topics-request'
import { decodeDeleteTopicsResponse } from '@ottla/protocol/delete-topics-response'
import { encodeFetchRequest } from '@ottla/protocol/fetch-request'
import { decodeFetchResponse } from '@ottla/protocol/fetch-response'
import { encodeFindCoordinatorRequest } from '@ottla/protocol/find-coordinator-request'
import { decodeFindCoordinatorResponse } from '@ottla/protocol/find-coordinator-response'
import { encodeListOffsetsRequest } from '@ottla/protocol/list-offsets-request'
import { decodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import { encodeMetadataRequest } from '@ottla/protocol/metadata-request'
import { decodeMetadataResponse } from '@ottla/protocol/metadata-response'
import { encodeOffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import { decodeOffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import { encodeOffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import { decodeOffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import { encodeProduceRequest } from '@ottla/protocol/produce-request'
import { decodeProduceResponse } from '@ottla/protocol/produce-response'
import type { Api } from './connection.ts'

function api<Request, Response>(
  apiKey: number,
  version: number,
  encode: (writer: ByteWriter, request: Request, version: number) => void,
  decode: (reader: ByteReader, version: number) => Response,
): Api<Request, Response> {
  return { apiKey, version, encode, decode }
}

export const PRODUCE = api(ApiKey.Produce, 12, encodeProduceRequest, decodeProduceResponse)
export const FETCH = api(ApiKey.Fetch, 12, encodeFetchRequest, decodeFetchResponse)
export const LIST_OFFSETS = api(
  ApiKey.ListOffsets,
  8,
  encodeListOffsetsRequest,
  decodeListOffsetsResponse,
)
export const METADATA = api(ApiKey.Metadata, 12, encodeMetadataRequest, decodeMetadataResponse)
export const CREATE_TOPICS = api(
  ApiKey.CreateTopics,
  7,
  encodeCreateTopicsRequest,
  decodeCreateTopicsResponse,
)
export const DELETE_TOPICS = api(
  ApiKey.DeleteTopics,
  6,
  encodeDeleteTopicsRequest,
  decodeDeleteTopicsResponse,
)
export const FIND_COORDINATOR = api(
  ApiKey.FindCoordinator,
  4,
  encodeFindCoordinatorRequest,
  decodeFindCoordinatorResponse,
)
export const OFFSET_COMMIT = api(
  ApiKey.OffsetCommit,
  9,
  encodeOffsetCommitRequest,
  decodeOffsetCommitResponse,
)
export const OFFSET_FETCH = api(
  ApiKey.OffsetFetch,
  9,
  encodeOffsetFetchRequest,
  decodeOffsetFetchResponse,
)
export const DELETE_RECORDS = api(
  ApiKey.DeleteRecords,
  2,
  encodeDeleteRecordsRequest,
  decodeDeleteRecordsResponse,
)
