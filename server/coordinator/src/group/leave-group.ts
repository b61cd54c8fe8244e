/**
 * LeaveGroup, versions 0 to 5: from 3 a batch with a result for each, before that one member whose result
 * is that of the request; 5 adds a reason.
 */
import { ErrorCode } from '@ottla/protocol'
import type { LeaveGroupRequest } from '@ottla/protocol/leave-group-request'
import type { LeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import type { RequestContext } from '../request-context.ts'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import type { LeavingMember } from './classic/leave-step.ts'

const BATCH_VERSION_MIN = 3

export function refuseLeave(errorCode: number): LeaveGroupResponse {
  return { throttleTimeMs: 0, errorCode, members: [] }
}

export function leaveGroup(
  shard: CoordinatorShard,
  context: RequestContext,
  request: LeaveGroupRequest,
): LeaveGroupResponse {
  const leaving = leavingMembers(context, request)
  const driver = shard.group(request.groupId)
  if (driver?.group.state === 'Dead') return refuseLeave(ErrorCode.COORDINATOR_NOT_AVAILABLE)
  const members = driver?.leave(leaving) ?? leaving.map(unknownMember)
  if (context.apiVersion >= BATCH_VERSION_MIN) {
    return { throttleTimeMs: 0, errorCode: ErrorCode.NONE, members }
  }
  return refuseLeave(members[0]?.errorCode ?? ErrorCode.NONE)
}

function leavingMembers(
  context: RequestContext,
  request: LeaveGroupRequest,
): readonly LeavingMember[] {
  if (context.apiVersion >= BATCH_VERSION_MIN) return request.members
  return [{ memberId: request.memberId, groupInstanceId: null, reason: null }]
}

function unknownMember(claim: LeavingMember): LeaveGroupResponse['members'][number] {
  const { memberId, groupInstanceId } = claim
  return { memberId, groupInstanceId, errorCode: ErrorCode.UNKNOWN_MEMBER_ID }
}
