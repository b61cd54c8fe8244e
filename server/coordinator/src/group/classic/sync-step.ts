/**
 * SyncGroup on a classic group: followers wait for the leader's assignment, which is committed before
 * anybody is told (conformance G18 to G20).
 */
import { ErrorCode } from '@ottla/protocol'
import type { SyncGroupRequest } from '@ottla/protocol/sync-group-request'
import type { SyncGroupResponse } from '@ottla/protocol/sync-group-response'
import type { Reply } from '../../request-context.ts'
import type { ClassicGroup } from './classic-group.ts'
import { EMPTY_ASSIGNMENT, type ClassicGroupMember } from './classic-group-member.ts'
import type { GroupStep } from './group-effect.ts'
import { groupMetadataValue } from '../group-metadata-record.ts'
import { dropMember, prepareRebalance } from './rebalance-step.ts'
import { syncAnswer, syncRefusal } from './sync-response.ts'
import { validateMember } from './validate-member.ts'

export function syncGroup(
  group: ClassicGroup,
  step: GroupStep,
  request: SyncGroupRequest,
  reply: Reply<SyncGroupResponse>,
): void {
  const member = group.members.get(request.memberId)
  const errorCode = syncError(group, request)
  if (errorCode !== ErrorCode.NONE || member === undefined) {
    step.emit({ kind: 'replySync', reply, response: syncRefusal(errorCode) })
    return
  }
  group.pendingSyncMembers.delete(member.memberId)
  if (group.pendingSyncMembers.size === 0) step.emit({ kind: 'cancelSyncTimer' })
  if (group.state === 'Stable') {
    step.emit({ kind: 'replySync', reply, response: syncAnswer(group, member) })
    return
  }
  holdSync(step, member, reply)
  if (group.isLeader(member.memberId)) saveAssignment(group, step, request)
}

function syncError(group: ClassicGroup, request: SyncGroupRequest): number {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE
  const errorCode = validateMember(group, request)
  if (errorCode !== ErrorCode.NONE) return errorCode
  if (request.generationId !== group.generationId) return ErrorCode.ILLEGAL_GENERATION
  if (
    differs(request.protocolType, group.protocolType) ||
    differs(request.protocolName, group.protocolName)
  ) {
    return ErrorCode.INCONSISTENT_GROUP_PROTOCOL
  }
  return group.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE
}

function differs(said: string | null, own: string | null): boolean {
  return said !== null && own !== null && said !== own
}

function holdSync(
  step: GroupStep,
  member: ClassicGroupMember,
  reply: Reply<SyncGroupResponse>,
): void {
  const superseded = member.awaitingSync
  member.awaitingSync = reply
  if (superseded === undefined) return
  const response = syncRefusal(ErrorCode.REBALANCE_IN_PROGRESS)
  step.emit({ kind: 'replySync', reply: superseded, response })
}

/** Members that the leader forgot get an empty assignment; ids that are no members are left out. */
function saveAssignment(group: ClassicGroup, step: GroupStep, request: SyncGroupRequest): void {
  const assignments = new Map<string, Buffer>()
  for (const { memberId, assignment } of request.assignments) {
    // Copied: the request lies in a frame that is reused, the assignment stays.
    if (group.members.has(memberId)) assignments.set(memberId, Buffer.from(assignment))
  }
  for (const memberId of group.members.keys()) {
    if (!assignments.has(memberId)) assignments.set(memberId, EMPTY_ASSIGNMENT)
  }
  step.emit({
    kind: 'save',
    save: { kind: 'assignment', generationId: group.generationId, assignments },
    value: groupMetadataValue(group, assignments),
  })
}

/** The rebalance timeout has passed since the joins were answered: who has not synced is gone. */
export function onSyncTimeout(group: ClassicGroup, step: GroupStep): void {
  if (group.state !== 'CompletingRebalance' && group.state !== 'Stable') return
  const absent = [...group.pendingSyncMembers]
  if (absent.length === 0) return
  for (const memberId of absent) {
    const member = group.members.get(memberId)
    if (member !== undefined) dropMember(group, step, member)
  }
  prepareRebalance(group, step, `${absent.length} members did not sync in time`)
}
