/** The calls that the lab makes, each in one version: key, encoder and decoder belong together. */
import type { ByteReader, ByteWriter } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { encodeCreateTopicsRequest } from '@ottla/protocol/create-topics-request'
import { decodeCreateTopicsResponse } from '@ottla/protocol/create-topics-response'
import { encodeDeleteTopicsRequest } from '@ottla/protocol/delete-topics-request'
import { decodeDeleteTopicsResponse } from '@ottla/protocol/delete-topics-response'
import { encodeFetchRequest } from '@ottla/protocol/fetch-request'
import { decodeFetchResponse } from '@ottla/protocol/fetch-response'
import { encodeFindCoordinatorRequest } from '@ottla/protocol/find-coordinator-request'
import { decodeFindCoordinatorResponse } from '@ottla/protocol/find-coordinator-response'
import { encodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import { decodeHeartbeatResponse } from '@ottla/protocol/heartbeat-response'
import { encodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { decodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import { encodeJoinGroupRequest } from '@ottla/protocol/join-group-request'
import { decodeJoinGroupResponse } from '@ottla/protocol/join-group-response'
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
import { encodeSyncGroupRequest } from '@ottla/protocol/sync-group-request'
import { decodeSyncGroupResponse } from '@ottla/protocol/sync-group-response'

export interface ApiCall<Request, Response> {
  readonly apiKey: number
  readonly version: number
  readonly encode: (writer: ByteWriter, request: Request, version: number) => void
  readonly decode: (reader: ByteReader, version: number) => Response
}

function apiCall<Request, Response>(
  apiKey: number,
  version: number,
  encode: (writer: ByteWriter, request: Request, version: number) => void,
  decode: (reader: ByteReader, version: number) => Response,
): ApiCall<Request, Response> {
  return { apiKey, version, encode, decode }
}

// The newest versions that name topics, not ids.
export const PRODUCE = apiCall(ApiKey.Produce, 12, encodeProduceRequest, decodeProduceResponse)
export const FETCH = apiCall(ApiKey.Fetch, 12, encodeFetchRequest, decodeFetchResponse)
export const LIST_OFFSETS = apiCall(
  ApiKey.ListOffsets,
  8,
  encodeListOffsetsRequest,
  decodeListOffsetsResponse,
)
export const METADATA = apiCall(ApiKey.Metadata, 12, encodeMetadataRequest, decodeMetadataResponse)
export const CREATE_TOPICS = apiCall(
  ApiKey.CreateTopics,
  7,
  encodeCreateTopicsRequest,
  decodeCreateTopicsResponse,
)
export const DELETE_TOPICS = apiCall(
  ApiKey.DeleteTopics,
  6,
  encodeDeleteTopicsRequest,
  decodeDeleteTopicsResponse,
)
export const FIND_COORDINATOR = apiCall(
  ApiKey.FindCoordinator,
  4,
  encodeFindCoordinatorRequest,
  decodeFindCoordinatorResponse,
)
export const OFFSET_COMMIT = apiCall(
  ApiKey.OffsetCommit,
  9,
  encodeOffsetCommitRequest,
  decodeOffsetCommitResponse,
)
export const OFFSET_FETCH = apiCall(
  ApiKey.OffsetFetch,
  9,
  encodeOffsetFetchRequest,
  decodeOffsetFetchResponse,
)
export const INIT_PRODUCER_ID = apiCall(
  ApiKey.InitProducerId,
  4,
  encodeInitProducerIdRequest,
  decodeInitProducerIdResponse,
)
export const JOIN_GROUP = apiCall(
  ApiKey.JoinGroup,
  9,
  encodeJoinGroupRequest,
  decodeJoinGroupResponse,
)
export const SYNC_GROUP = apiCall(
  ApiKey.SyncGroup,
  5,
  encodeSyncGroupRequest,
  decodeSyncGroupResponse,
)
export const HEARTBEAT = apiCall(
  ApiKey.Heartbeat,
  4,
  encodeHeartbeatRequest,
  decodeHeartbeatResponse,
)
