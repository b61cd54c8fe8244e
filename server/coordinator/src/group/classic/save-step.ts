/**
 * The result of a save comes back as an event. The group may have moved on while its record was written:
 * each case checks the state and the generation that it was for, and does nothing when they are gone.
 */
import { ErrorCode } from '@ottla/protocol'
import type { ClassicGroup } from './classic-group.ts'
import { EMPTY_ASSIGNMENT } from './classic-group-member.ts'
import type { GroupSave, GroupStep } from './group-effect.ts'
import { joinAnswer, joinRefusal } from './join-response.ts'
import { supportsSkippingAssignment, UNKNOWN_MEMBER_ID } from './joining-member.ts'
import { answerSyncs, prepareRebalance } from './rebalance-step.ts'

export function onSaved(
  group: ClassicGroup,
  step: GroupStep,
  save: GroupSave,
  errorCode: number,
): void {
  if (errorCode !== ErrorCode.NONE) {
    step.emit({
      kind: 'log',
      level: 'warn',
      message: 'Cannot save group',
      fields: { groupId: group.groupId, save: save.kind, errorCode },
    })
  }
  switch (save.kind) {
    case 'empty':
      // Should the broker fail now, the members of the generation before come back for one session.
      return
    case 'assignment':
      onAssignmentSaved(group, step, save, errorCode)
      return
    case 'staticMember':
      onStaticMemberSaved(group, step, save, errorCode)
      return
  }
}

type AssignmentSave = Extract<GroupSave, { kind: 'assignment' }>
type StaticMemberSave = Extract<GroupSave, { kind: 'staticMember' }>

function onAssignmentSaved(
  group: ClassicGroup,
  step: GroupStep,
  save: AssignmentSave,
  errorCode: number,
): void {
  // A member joined, left or timed out meanwhile: the next rebalance assigns anew.
  if (group.state !== 'CompletingRebalance' || group.generationId !== save.generationId) return
  if (errorCode !== ErrorCode.NONE) {
    answerSyncs(group, step, errorCode)
    prepareRebalance(group, step, `the assignment could not be saved: ${errorCode}`)
    return
  }
  for (const member of group.members.values()) {
    member.assignment = save.assignments.get(member.memberId) ?? EMPTY_ASSIGNMENT
  }
  answerSyncs(group, step, ErrorCode.NONE)
  group.transitionTo('Stable', step.nowMs)
}

function onStaticMemberSaved(
  group: ClassicGroup,
  step: GroupStep,
  save: StaticMemberSave,
  errorCode: number,
): void {
  const { member } = save
  // A rebalance that began meanwhile holds the join as its own; a newer replacement has answered it.
  if (group.state !== 'Stable' || group.generationId !== save.generationId) return
  if (group.members.get(member.memberId) !== member) return
  const join = group.takeJoin(member)
  if (join === undefined) return
  const { apiVersion, reply } = join
  if (errorCode !== ErrorCode.NONE) {
    revert(group, step, save)
    const response = joinRefusal(apiVersion, UNKNOWN_MEMBER_ID, errorCode)
    step.emit({ kind: 'replyJoin', reply, response })
    return
  }
  const isLeader = group.isLeader(member.memberId)
  const skipsAssignment = supportsSkippingAssignment(apiVersion)
  const response = joinAnswer(group, member.memberId, apiVersion, {
    withMembers: skipsAssignment && isLeader,
    skipAssignment: skipsAssignment && isLeader,
    // Before version 9 it could not be told to skip the assignment, which a Stable group would ignore:
    // shown its own old id, it takes somebody else for the leader.
    leaderId: !skipsAssignment && save.replacedWasLeader ? save.replaced.memberId : group.leaderId,
  })
  step.emit({ kind: 'replyJoin', reply, response })
}

function revert(group: ClassicGroup, step: GroupStep, save: StaticMemberSave): void {
  const { member, replaced } = save
  group.replaceStatic(member, replaced)
  step.emit({ kind: 'endSession', memberId: member.memberId })
  step.emit({
    kind: 'setSession',
    memberId: replaced.memberId,
    delayMs: replaced.sessionTimeoutMs,
  })
}
