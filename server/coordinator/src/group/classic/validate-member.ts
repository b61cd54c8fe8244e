/** Who may speak for a group: the checks that heartbeats, syncs, leaves and commits share. */
import { ErrorCode } from '@ottla/protocol'
import type { ClassicGroup } from './classic-group.ts'

export interface MemberClaim {
  readonly memberId: string
  readonly groupInstanceId: string | null
}

export function validateMember(group: ClassicGroup, claim: MemberClaim): number {
  if (claim.groupInstanceId !== null) {
    const staticMemberId = group.staticMemberId(claim.groupInstanceId)
    if (staticMemberId === undefined) return ErrorCode.UNKNOWN_MEMBER_ID
    // Another process has taken this instance id over: the older one must stop (KIP-345).
    if (staticMemberId !== claim.memberId) return ErrorCode.FENCED_INSTANCE_ID
  }
  return group.members.has(claim.memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID
}

export interface CommitClaim extends MemberClaim {
  readonly generationId: number
}

/** Conformance O1 to O3. */
export function validateOffsetCommit(group: ClassicGroup, claim: CommitClaim): number {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE
  // A consumer without group management, or an administrator.
  if (claim.generationId < 0 && group.state === 'Empty') return ErrorCode.NONE
  const isMember =
    claim.generationId >= 0 || claim.memberId !== '' || claim.groupInstanceId !== null
  if (!isMember) return ErrorCode.UNKNOWN_MEMBER_ID
  const errorCode = validateMember(group, claim)
  if (errorCode !== ErrorCode.NONE) return errorCode
  if (claim.generationId !== group.generationId) return ErrorCode.ILLEGAL_GENERATION
  // The member knows the new generation but not yet its assignment, so it cannot own what it commits.
  if (group.state === 'CompletingRebalance') return ErrorCode.REBALANCE_IN_PROGRESS
  return ErrorCode.NONE
}
