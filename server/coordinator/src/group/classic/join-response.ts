/** The three shapes of a JoinGroup answer: a refusal, and the current generation to leader or follower. */
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import type { ClassicGroup } from './classic-group.ts'
import type { ClassicGroupMember } from './classic-group-member.ts'

/** Before version 7 the protocol name could not be null on the wire. */
const NULLABLE_PROTOCOL_VERSION_MIN = 7

export function joinRefusal(
  apiVersion: number,
  memberId: string,
  errorCode: number,
): JoinGroupResponse {
  return {
    throttleTimeMs: 0,
    errorCode,
    generationId: -1,
    protocolType: null,
    protocolName: wireProtocolName(null, apiVersion),
    leader: '',
    skipAssignment: false,
    memberId,
    members: [],
  }
}

export interface JoinAnswerOptions {
  /** The subscriptions of all, which only the leader is given (conformance G12). */
  readonly withMembers: boolean
  readonly skipAssignment: boolean
  /** Another than the group's, for a static leader that must not think it leads. */
  readonly leaderId: string | null
}

export function joinAnswer(
  group: ClassicGroup,
  memberId: string,
  apiVersion: number,
  options: JoinAnswerOptions,
): JoinGroupResponse {
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    generationId: group.generationId,
    protocolType: group.protocolType,
    protocolName: wireProtocolName(group.protocolName, apiVersion),
    leader: options.leaderId ?? '',
    skipAssignment: options.skipAssignment,
    memberId,
    members: options.withMembers ? memberSubscriptions(group) : [],
  }
}

export function currentGeneration(
  group: ClassicGroup,
  member: ClassicGroupMember,
  apiVersion: number,
): JoinGroupResponse {
  return joinAnswer(group, member.memberId, apiVersion, {
    withMembers: group.isLeader(member.memberId),
    skipAssignment: false,
    leaderId: group.leaderId,
  })
}

function memberSubscriptions(group: ClassicGroup): JoinGroupResponse['members'] {
  const subscriptions: JoinGroupResponse['members'] = []
  for (const member of group.members.values()) {
    subscriptions.push({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      metadata: member.metadataFor(group.protocolName) ?? Buffer.alloc(0),
    })
  }
  return subscriptions
}

function wireProtocolName(name: string | null, apiVersion: number): string | null {
  return name === null && apiVersion < NULLABLE_PROTOCOL_VERSION_MIN ? '' : name
}
