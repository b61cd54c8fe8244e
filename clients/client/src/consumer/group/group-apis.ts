/** The requests that a member of a group sends. */
import { ApiKey } from '@ottla/protocol'
import { encodeConsumerGroupHeartbeatRequest } from '@ottla/protocol/consumer-group-heartbeat-request'
import { decodeConsumerGroupHeartbeatResponse } from '@ottla/protocol/consumer-group-heartbeat-response'
import { encodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import { decodeHeartbeatResponse } from '@ottla/protocol/heartbeat-response'
import { encodeJoinGroupRequest } from '@ottla/protocol/join-group-request'
import { decodeJoinGroupResponse } from '@ottla/protocol/join-group-response'
import { encodeLeaveGroupRequest } from '@ottla/protocol/leave-group-request'
import { decodeLeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import { encodeOffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import { decodeOffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import { encodeOffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import { decodeOffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import { encodeSyncGroupRequest } from '@ottla/protocol/sync-group-request'
import { decodeSyncGroupResponse } from '@ottla/protocol/sync-group-response'
import { defineApi } from '../../connection/api.ts'

/** From here on topics are named by their id alone (KIP-848). */
export const OFFSETS_BY_ID_VERSION = 10

export const JOIN_GROUP = defineApi(
  ApiKey.JoinGroup,
  encodeJoinGroupRequest,
  decodeJoinGroupResponse,
)
export const SYNC_GROUP = defineApi(
  ApiKey.SyncGroup,
  encodeSyncGroupRequest,
  decodeSyncGroupResponse,
)
export const HEARTBEAT = defineApi(
  ApiKey.Heartbeat,
  encodeHeartbeatRequest,
  decodeHeartbeatResponse,
)
export const LEAVE_GROUP = defineApi(
  ApiKey.LeaveGroup,
  encodeLeaveGroupRequest,
  decodeLeaveGroupResponse,
)
export const CONSUMER_GROUP_HEARTBEAT = defineApi(
  ApiKey.ConsumerGroupHeartbeat,
  encodeConsumerGroupHeartbeatRequest,
  decodeConsumerGroupHeartbeatResponse,
)
export const OFFSET_COMMIT = defineApi(
  ApiKey.OffsetCommit,
  encodeOffsetCommitRequest,
  decodeOffsetCommitResponse,
)
/** For topics whose id is not known. */
export const OFFSET_COMMIT_BY_NAME = defineApi(
  ApiKey.OffsetCommit,
  encodeOffsetCommitRequest,
  decodeOffsetCommitResponse,
  { max: OFFSETS_BY_ID_VERSION - 1 },
)
export const OFFSET_FETCH = defineApi(
  ApiKey.OffsetFetch,
  encodeOffsetFetchRequest,
  decodeOffsetFetchResponse,
)
export const OFFSET_FETCH_BY_NAME = defineApi(
  ApiKey.OffsetFetch,
  encodeOffsetFetchRequest,
  decodeOffsetFetchResponse,
  { max: OFFSETS_BY_ID_VERSION - 1 },
)
