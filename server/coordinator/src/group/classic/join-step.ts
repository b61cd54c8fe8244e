/**
 * JoinGroup on a classic group: who gets in, who starts a rebalance, and who is told the generation that
 * already runs (conformance G6 to G17).
 *
 * static-join-step.ts has the case of a static member that comes back.
 */
import { ErrorCode } from '@ottla/protocol'
import type { ClassicGroup } from './classic-group.ts'
import { ClassicGroupMember, EMPTY_ASSIGNMENT } from './classic-group-member.ts'
import type { GroupStep } from './group-effect.ts'
import { currentGeneration, joinRefusal } from './join-response.ts'
import { requiresKnownMemberId, UNKNOWN_MEMBER_ID, type JoiningMember } from './joining-member.ts'
import { dropMember, maybeCompleteJoin, rebalanceOrCompleteJoin } from './rebalance-step.ts'
import { rejoinStaticMember } from './static-join-step.ts'
import { validateMember } from './validate-member.ts'
import { NEW_MEMBER_JOIN_TIMEOUT_MS } from '../../group-coordinator-config.ts'

export function joinGroup(group: ClassicGroup, step: GroupStep, join: JoiningMember): void {
  if (!acceptsMember(group, step, join.memberId)) {
    refuse(step, join, UNKNOWN_MEMBER_ID, ErrorCode.GROUP_MAX_SIZE_REACHED)
    const member = group.members.get(join.memberId)
    if (member === undefined) return
    // One of too many, after group.max.size was lowered.
    dropMember(group, step, member)
    maybeCompleteJoin(group, step)
    return
  }
  if (group.state === 'Dead') {
    refuse(step, join, join.memberId, ErrorCode.COORDINATOR_NOT_AVAILABLE)
  } else if (!group.supportsProtocols(join.protocolType, join.protocols)) {
    refuse(step, join, join.memberId, ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
  } else if (join.memberId === UNKNOWN_MEMBER_ID) {
    joinNewMember(group, step, join)
  } else {
    joinKnownMember(group, step, join)
  }
}

function refuse(step: GroupStep, join: JoiningMember, memberId: string, errorCode: number): void {
  const response = joinRefusal(join.apiVersion, memberId, errorCode)
  step.emit({ kind: 'replyJoin', reply: join.reply, response })
}

/** group.max.size (KIP-389). While joins are gathered, those that wait count; afterwards all members. */
function acceptsMember(group: ClassicGroup, step: GroupStep, memberId: string): boolean {
  const { groupMaxSize } = step.config
  const member = group.members.get(memberId)
  if (group.state === 'Empty' || group.state === 'Dead') return true
  if (group.state === 'PreparingRebalance') {
    return member?.awaitingJoin !== undefined || group.awaitingJoinCount < groupMaxSize
  }
  return member !== undefined || group.members.size < groupMaxSize
}

function joinNewMember(group: ClassicGroup, step: GroupStep, join: JoiningMember): void {
  const memberId = `${join.groupInstanceId ?? join.clientId}-${step.newUuid()}`
  if (join.groupInstanceId !== null) {
    const oldMemberId = group.staticMemberId(join.groupInstanceId)
    if (oldMemberId === undefined) addMember(group, step, join, memberId)
    else rejoinStaticMember(group, step, join, { oldMemberId, newMemberId: memberId })
  } else if (requiresKnownMemberId(join.apiVersion)) {
    addPendingMember(group, step, join, memberId)
  } else {
    addMember(group, step, join, memberId)
  }
}

/**
 * Told its id and asked to join again with it, so that a client that gives up waiting and retries does
 * not leave a dead member behind each time (KIP-394).
 */
function addPendingMember(
  group: ClassicGroup,
  step: GroupStep,
  join: JoiningMember,
  memberId: string,
): void {
  if (group.pendingJoinMembers.size >= step.limits.pendingMembersMax) {
    const [oldest] = group.pendingJoinMembers
    if (oldest !== undefined) {
      group.pendingJoinMembers.delete(oldest)
      step.emit({ kind: 'endSession', memberId: oldest })
    }
  }
  group.pendingJoinMembers.add(memberId)
  step.emit({ kind: 'setSession', memberId, delayMs: join.sessionTimeoutMs })
  refuse(step, join, memberId, ErrorCode.MEMBER_ID_REQUIRED)
}

function addMember(
  group: ClassicGroup,
  step: GroupStep,
  join: JoiningMember,
  memberId: string,
): void {
  const member = new ClassicGroupMember({ ...join, memberId, assignment: EMPTY_ASSIGNMENT })
  member.isNew = true
  if (group.state === 'PreparingRebalance' && group.previousState === 'Empty') {
    group.hasNewMember = true
  }
  group.add(member)
  group.holdJoin(member, join)
  // It cannot send heartbeats before it knows its id, and a lost connection is not noticed while the
  // join is held. Without this limit every retry of a client in a long rebalance would leave a member.
  step.emit({ kind: 'setSession', memberId, delayMs: NEW_MEMBER_JOIN_TIMEOUT_MS })
  rebalanceOrCompleteJoin(group, step, `new member ${memberId}; client reason: ${join.reason}`)
}

function joinKnownMember(group: ClassicGroup, step: GroupStep, join: JoiningMember): void {
  const { memberId } = join
  if (group.pendingJoinMembers.has(memberId)) {
    // A pending member is never static; one that now claims to be is somebody else's mistake.
    if (join.groupInstanceId === null) addMember(group, step, join, memberId)
    else refuse(step, join, memberId, ErrorCode.UNKNOWN_MEMBER_ID)
    return
  }
  const errorCode = validateMember(group, join)
  const member = group.members.get(memberId)
  if (errorCode !== ErrorCode.NONE || member === undefined) {
    refuse(step, join, memberId, errorCode)
    return
  }
  if (rejoinStartsRebalance(group, member, join)) {
    rejoin(group, step, member, join)
    return
  }
  // Its first answer may have been lost, or a follower asks again: the generation that runs.
  const response = currentGeneration(group, member, join.apiVersion)
  step.emit({ kind: 'replyJoin', reply: join.reply, response })
}

/** Conformance G13, G14. A leader rejoins to have topic changes assigned, which no metadata shows. */
function rejoinStartsRebalance(
  group: ClassicGroup,
  member: ClassicGroupMember,
  join: JoiningMember,
): boolean {
  if (group.state === 'PreparingRebalance') return true
  if (group.state === 'Stable' && group.isLeader(member.memberId)) return true
  return !member.matches(join.protocols)
}

function rejoin(
  group: ClassicGroup,
  step: GroupStep,
  member: ClassicGroupMember,
  join: JoiningMember,
): void {
  const from = group.state
  updateMember(group, step, member, join)
  rebalanceOrCompleteJoin(
    group,
    step,
    `member ${member.memberId} rejoined in ${from}; client reason: ${join.reason}`,
  )
}

/** Takes over what the join says of the member, and holds the join. */
export function updateMember(
  group: ClassicGroup,
  step: GroupStep,
  member: ClassicGroupMember,
  join: JoiningMember,
): void {
  group.updateProtocols(member, join.protocols)
  member.rebalanceTimeoutMs = join.rebalanceTimeoutMs
  member.sessionTimeoutMs = join.sessionTimeoutMs
  const superseded = group.holdJoin(member, join)
  // An older join of the same member, most likely on a connection that is gone.
  if (superseded !== undefined) {
    const response = joinRefusal(
      superseded.apiVersion,
      member.memberId,
      ErrorCode.REBALANCE_IN_PROGRESS,
    )
    step.emit({ kind: 'replyJoin', reply: superseded.reply, response })
  }
}
