/** The two shapes of a SyncGroup answer. */
import { ErrorCode } from '@ottla/protocol'
import type { SyncGroupResponse } from '@ottla/protocol/sync-group-response'
import type { ClassicGroup } from './classic-group.ts'
import { EMPTY_ASSIGNMENT, type ClassicGroupMember } from './classic-group-member.ts'

export function syncRefusal(errorCode: number): SyncGroupResponse {
  return {
    throttleTimeMs: 0,
    errorCode,
    protocolType: null,
    protocolName: null,
    assignment: EMPTY_ASSIGNMENT,
  }
}

export function syncAnswer(group: ClassicGroup, member: ClassicGroupMember): SyncGroupResponse {
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    assignment: member.assignment,
  }
}
