/** Answers of the group coordinator and of whoever knows where it is. */
import { ApiKey } from '@ottla/protocol'
import { decodeOffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import { encodeOffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import { decodeOffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import { encodeOffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import { decodeOffsetDeleteRequest } from '@ottla/protocol/offset-delete-request'
import { encodeOffsetDeleteResponse } from '@ottla/protocol/offset-delete-response'
import { decodeFindCoordinatorRequest } from '@ottla/protocol/find-coordinator-request'
import { encodeFindCoordinatorResponse } from '@ottla/protocol/find-coordinator-response'
import { decodeJoinGroupRequest } from '@ottla/protocol/join-group-request'
import { encodeJoinGroupResponse } from '@ottla/protocol/join-group-response'
import { decodeSyncGroupRequest } from '@ottla/protocol/sync-group-request'
import { encodeSyncGroupResponse } from '@ottla/protocol/sync-group-response'
import { decodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import { encodeHeartbeatResponse } from '@ottla/protocol/heartbeat-response'
import { decodeLeaveGroupRequest } from '@ottla/protocol/leave-group-request'
import { encodeLeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import { decodeDescribeGroupsRequest } from '@ottla/protocol/describe-groups-request'
import { encodeDescribeGroupsResponse } from '@ottla/protocol/describe-groups-response'
import { decodeListGroupsRequest } from '@ottla/protocol/list-groups-request'
import { encodeListGroupsResponse } from '@ottla/protocol/list-groups-response'
import { decodeDeleteGroupsRequest } from '@ottla/protocol/delete-groups-request'
import { encodeDeleteGroupsResponse } from '@ottla/protocol/delete-groups-response'
import { answer, NOT_ASKED_FOR, NOTHING } from './answer-table.ts'

const throttleTimeMs = 0

const offsetCommit = answer(ApiKey.OffsetCommit, {
  decode: decodeOffsetCommitRequest,
  encode: encodeOffsetCommitResponse,
  fail: ({ topics }, { errorCode }) => ({
    throttleTimeMs,
    topics: topics.map(({ name, topicId, partitions }) => ({
      name,
      topicId,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
    })),
  }),
})

/** Version 1 has no place for the error of a group: there it stands at each partition. */
const offsetFetch = answer(ApiKey.OffsetFetch, {
  decode: decodeOffsetFetchRequest,
  encode: encodeOffsetFetchResponse,
  fail: ({ topics, groups }, { errorCode, version }) => ({
    throttleTimeMs,
    errorCode: version >= 2 && version <= 7 ? errorCode : 0,
    topics:
      version >= 2
        ? []
        : (topics ?? []).map(({ name, partitionIndexes }) => ({
            name,
            partitions: partitionIndexes.map((partitionIndex) => ({
              partitionIndex,
              committedOffset: -1,
              committedLeaderEpoch: -1,
              metadata: '',
              errorCode,
            })),
          })),
    groups: groups.map(({ groupId }) => ({ groupId, topics: [], errorCode })),
  }),
})

const offsetDelete = answer(ApiKey.OffsetDelete, {
  decode: decodeOffsetDeleteRequest,
  encode: encodeOffsetDeleteResponse,
  fail: (_request, { errorCode }) => ({ errorCode, throttleTimeMs, topics: [] }),
})

const findCoordinator = answer(ApiKey.FindCoordinator, {
  decode: decodeFindCoordinatorRequest,
  encode: encodeFindCoordinatorResponse,
  fail: ({ coordinatorKeys }, { errorCode, version }) => {
    const nowhere = { nodeId: -1, host: '', port: -1, errorMessage: null, errorCode }
    return {
      throttleTimeMs,
      ...nowhere,
      coordinators: version < 4 ? [] : coordinatorKeys.map((key) => ({ key, ...nowhere })),
    }
  },
})

const joinGroup = answer(ApiKey.JoinGroup, {
  decode: decodeJoinGroupRequest,
  encode: encodeJoinGroupResponse,
  fail: ({ memberId }, { errorCode, version }) => ({
    throttleTimeMs,
    errorCode,
    generationId: -1,
    protocolType: null,
    protocolName: version >= 7 ? null : '',
    leader: '',
    skipAssignment: false,
    memberId,
    members: [],
  }),
})

const syncGroup = answer(ApiKey.SyncGroup, {
  decode: decodeSyncGroupRequest,
  encode: encodeSyncGroupResponse,
  fail: (_request, { errorCode }) => ({
    throttleTimeMs,
    errorCode,
    protocolType: null,
    protocolName: null,
    assignment: NOTHING,
  }),
})

const heartbeat = answer(ApiKey.Heartbeat, {
  decode: decodeHeartbeatRequest,
  encode: encodeHeartbeatResponse,
  fail: (_request, { errorCode }) => ({ throttleTimeMs, errorCode }),
})

const leaveGroup = answer(ApiKey.LeaveGroup, {
  decode: decodeLeaveGroupRequest,
  encode: encodeLeaveGroupResponse,
  fail: (_request, { errorCode }) => ({ throttleTimeMs, errorCode, members: [] }),
})

const describeGroups = answer(ApiKey.DescribeGroups, {
  decode: decodeDescribeGroupsRequest,
  encode: encodeDescribeGroupsResponse,
  fail: ({ groups }, { errorCode }) => ({
    throttleTimeMs,
    groups: groups.map((groupId) => ({
      errorCode,
      errorMessage: null,
      groupId,
      groupState: '',
      protocolType: '',
      protocolData: '',
      members: [],
      authorizedOperations: NOT_ASKED_FOR,
    })),
  }),
})

const listGroups = answer(ApiKey.ListGroups, {
  decode: decodeListGroupsRequest,
  encode: encodeListGroupsResponse,
  fail: (_request, { errorCode }) => ({ throttleTimeMs, errorCode, groups: [] }),
})

const deleteGroups = answer(ApiKey.DeleteGroups, {
  decode: decodeDeleteGroupsRequest,
  encode: encodeDeleteGroupsResponse,
  fail: ({ groupsNames }, { errorCode }) => ({
    throttleTimeMs,
    results: groupsNames.map((groupId) => ({ groupId, errorCode, errorMessage: null })),
  }),
})

export const groupAnswers = [
  offsetCommit,
  offsetFetch,
  offsetDelete,
  findCoordinator,
  joinGroup,
  syncGroup,
  heartbeat,
  leaveGroup,
  describeGroups,
  listGroups,
  deleteGroups,
]
