/**
 * The join phase of a rebalance: when it starts, what it waits for, and how it ends.
 *
 * A group that was Empty waits `group.initial.rebalance.delay.ms` for more members, again and again
 * while new ones come, up to the rebalance timeout (conformance G11). Every other rebalance ends when all
 * members have rejoined, or at the rebalance timeout without those that have not (G15).
 */
import { ErrorCode } from '@ottla/protocol'
import type { ClassicGroup } from './classic-group.ts'
import { EMPTY_ASSIGNMENT, type ClassicGroupMember } from './classic-group-member.ts'
import type { GroupStep } from './group-effect.ts'
import { groupMetadataValue } from '../group-metadata-record.ts'
import { currentGeneration, joinRefusal } from './join-response.ts'
import { UNKNOWN_MEMBER_ID } from './joining-member.ts'
import { syncAnswer, syncRefusal } from './sync-response.ts'

export function rebalanceOrCompleteJoin(
  group: ClassicGroup,
  step: GroupStep,
  reason: string,
): void {
  if (group.canRebalance) prepareRebalance(group, step, reason)
  else maybeCompleteJoin(group, step)
}

export function prepareRebalance(group: ClassicGroup, step: GroupStep, reason: string): void {
  if (group.state === 'CompletingRebalance') {
    for (const member of group.members.values()) member.assignment = EMPTY_ASSIGNMENT
    answerSyncs(group, step, ErrorCode.REBALANCE_IN_PROGRESS)
  }
  group.pendingSyncMembers.clear()
  step.emit({ kind: 'cancelSyncTimer' })
  const isInitial = group.state === 'Empty'
  group.transitionTo('PreparingRebalance', step.nowMs)
  step.emit({
    kind: 'log',
    level: 'info',
    message: 'Preparing to rebalance group',
    fields: { groupId: group.groupId, generationId: group.generationId, reason },
  })
  if (isInitial) startInitialRebalance(group, step)
  else if (group.hasAllMembersJoined) completeJoin(group, step)
  else step.emit({ kind: 'setJoinTimer', delayMs: group.rebalanceTimeoutMs })
}

function startInitialRebalance(group: ClassicGroup, step: GroupStep): void {
  const delayMs = step.config.groupInitialRebalanceDelayMs
  const remainingMs = Math.max(group.rebalanceTimeoutMs - delayMs, 0)
  group.hasNewMember = false
  group.initialRebalance = { delayMs, remainingMs }
  step.emit({ kind: 'setJoinTimer', delayMs })
}

/** The initial delay, or the rebalance timeout, has passed. */
export function onJoinTimeout(group: ClassicGroup, step: GroupStep): void {
  if (group.state !== 'PreparingRebalance') return
  const initial = group.initialRebalance
  if (initial === undefined || !group.hasNewMember || initial.remainingMs === 0) {
    completeJoin(group, step)
    return
  }
  const delayMs = Math.min(step.config.groupInitialRebalanceDelayMs, initial.remainingMs)
  group.hasNewMember = false
  group.initialRebalance = {
    delayMs,
    remainingMs: Math.max(initial.remainingMs - initial.delayMs, 0),
  }
  step.emit({ kind: 'setJoinTimer', delayMs })
}

export function maybeCompleteJoin(group: ClassicGroup, step: GroupStep): void {
  if (group.state !== 'PreparingRebalance') return
  // Only its timer ends an initial rebalance: others may still be starting up.
  if (group.previousState === 'Empty') return
  if (group.hasAllMembersJoined) completeJoin(group, step)
}

function completeJoin(group: ClassicGroup, step: GroupStep): void {
  step.emit({ kind: 'cancelJoinTimer' })
  removeAbsentMembers(group, step)
  if (!electJoinedLeader(group) && group.members.size > 0) {
    // Only static members are left and none has come back. They keep their place until their sessions
    // end, which is what will end this wait too.
    group.initialRebalance = undefined
    step.emit({ kind: 'setJoinTimer', delayMs: group.rebalanceTimeoutMs })
    return
  }
  group.initNextGeneration(step.nowMs)
  if (group.members.size === 0) saveEmpty(group, step)
  else answerJoins(group, step)
}

function removeAbsentMembers(group: ClassicGroup, step: GroupStep): void {
  for (const member of group.members.values()) {
    if (member.awaitingJoin === undefined && !member.isStatic) dropMember(group, step, member)
  }
}

/** True when the leader has rejoined, or another member that has could take over. */
function electJoinedLeader(group: ClassicGroup): boolean {
  const leader = group.leaderId === null ? undefined : group.members.get(group.leaderId)
  if (leader === undefined) return false
  if (leader.awaitingJoin !== undefined) return true
  for (const member of group.members.values()) {
    if (member.awaitingJoin === undefined) continue
    group.leaderId = member.memberId
    return true
  }
  return false
}

function saveEmpty(group: ClassicGroup, step: GroupStep): void {
  step.emit({
    kind: 'log',
    level: 'info',
    message: 'Group is now empty',
    fields: { groupId: group.groupId, generationId: group.generationId },
  })
  step.emit({ kind: 'save', save: { kind: 'empty' }, value: groupMetadataValue(group, new Map()) })
}

function answerJoins(group: ClassicGroup, step: GroupStep): void {
  for (const member of group.members.values()) {
    const join = group.takeJoin(member)
    if (join !== undefined) {
      const response = currentGeneration(group, member, join.apiVersion)
      step.emit({ kind: 'replyJoin', reply: join.reply, response })
    }
    step.emit({ kind: 'setSession', memberId: member.memberId, delayMs: member.sessionTimeoutMs })
    member.isNew = false
    group.pendingSyncMembers.add(member.memberId)
  }
  step.emit({ kind: 'setSyncTimer', delayMs: group.rebalanceTimeoutMs })
}

/** Answers all held syncs, with the assignments or with `errorCode`. */
export function answerSyncs(group: ClassicGroup, step: GroupStep, errorCode: number): void {
  for (const member of group.members.values()) {
    const reply = member.awaitingSync
    if (reply === undefined) continue
    member.awaitingSync = undefined
    const response =
      errorCode === ErrorCode.NONE ? syncAnswer(group, member) : syncRefusal(errorCode)
    step.emit({ kind: 'replySync', reply, response })
    // While its sync was held, a session that ended was ignored and not set again.
    step.emit({ kind: 'setSession', memberId: member.memberId, delayMs: member.sessionTimeoutMs })
  }
}

/** Takes a member out. What it was waiting for is answered, so that a live one joins anew. */
export function dropMember(
  group: ClassicGroup,
  step: GroupStep,
  member: ClassicGroupMember,
  errorCode: number = ErrorCode.UNKNOWN_MEMBER_ID,
): void {
  const join = group.takeJoin(member)
  if (join !== undefined) {
    const response = joinRefusal(join.apiVersion, UNKNOWN_MEMBER_ID, errorCode)
    step.emit({ kind: 'replyJoin', reply: join.reply, response })
  }
  const sync = member.awaitingSync
  if (sync !== undefined) {
    member.awaitingSync = undefined
    step.emit({ kind: 'replySync', reply: sync, response: syncRefusal(errorCode) })
  }
  group.remove(member)
  step.emit({ kind: 'endSession', memberId: member.memberId })
}
