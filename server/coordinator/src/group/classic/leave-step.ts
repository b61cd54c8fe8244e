/**
 * Members that go: by LeaveGroup, alone or in a batch, or because their session ended (conformance G22,
 * G23).
 */
import { ErrorCode } from '@ottla/protocol'
import type { LeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import type { ClassicGroup } from './classic-group.ts'
import type { GroupStep } from './group-effect.ts'
import { UNKNOWN_MEMBER_ID } from './joining-member.ts'
import { dropMember, maybeCompleteJoin, rebalanceOrCompleteJoin } from './rebalance-step.ts'
import { validateMember, type MemberClaim } from './validate-member.ts'

export interface LeavingMember extends MemberClaim {
  readonly reason: string | null
}

type MemberResponses = LeaveGroupResponse['members']

/** One result for each, in order; the group rebalances once for all. */
export function leaveGroup(
  group: ClassicGroup,
  step: GroupStep,
  leaving: readonly LeavingMember[],
): MemberResponses {
  const responses: MemberResponses = []
  let leftCount = 0
  for (const claim of leaving) {
    const errorCode = leave(group, step, claim)
    if (errorCode === ErrorCode.NONE) leftCount++
    responses.push({
      memberId: claim.memberId,
      groupInstanceId: claim.groupInstanceId,
      errorCode,
    })
  }
  if (leftCount > 0) onMembersLeft(group, step, `${leftCount} members left`)
  return responses
}

function leave(group: ClassicGroup, step: GroupStep, claim: LeavingMember): number {
  let { memberId } = claim
  if (group.pendingJoinMembers.delete(memberId)) {
    step.emit({ kind: 'endSession', memberId })
    return ErrorCode.NONE
  }
  if (memberId === UNKNOWN_MEMBER_ID && claim.groupInstanceId !== null) {
    // An administrator removes a static member by its instance id (KIP-345).
    memberId = group.staticMemberId(claim.groupInstanceId) ?? UNKNOWN_MEMBER_ID
  }
  const errorCode = validateMember(group, { ...claim, memberId })
  const member = group.members.get(memberId)
  if (errorCode !== ErrorCode.NONE || member === undefined) return errorCode
  step.emit({
    kind: 'log',
    level: 'info',
    message: 'Member left the group',
    fields: { groupId: group.groupId, memberId, reason: claim.reason ?? 'not provided' },
  })
  dropMember(group, step, member)
  return ErrorCode.NONE
}

/** The session of a member, or the time that a pending one had to come back, has ended. */
export function onSessionTimeout(group: ClassicGroup, step: GroupStep, memberId: string): void {
  if (group.state === 'Dead') return
  if (group.pendingJoinMembers.delete(memberId)) {
    maybeCompleteJoin(group, step)
    return
  }
  const member = group.members.get(memberId)
  if (member === undefined || member.hasSatisfiedHeartbeat) return
  step.emit({
    kind: 'log',
    level: 'info',
    message: 'Member failed to send heartbeats and is removed',
    fields: { groupId: group.groupId, memberId, sessionTimeoutMs: member.sessionTimeoutMs },
  })
  dropMember(group, step, member)
  onMembersLeft(group, step, `the session of member ${memberId} ended`)
}

function onMembersLeft(group: ClassicGroup, step: GroupStep, reason: string): void {
  if (group.state === 'Stable' || group.state === 'CompletingRebalance') {
    rebalanceOrCompleteJoin(group, step, reason)
  } else {
    maybeCompleteJoin(group, step)
  }
}
