/**
 * A JoinGroup request as the steps see it: checked against the limits, and with its bytes copied. The
 * request's own bytes lie in a frame that is reused as soon as the handler returns, while a member's
 * subscription stays for as long as the member.
 */
import { ErrorCode } from '@ottla/protocol'
import type { JoinGroupRequest } from '@ottla/protocol/join-group-request'
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import type { GroupCoordinatorLimits } from '../../group-coordinator-config.ts'
import type { Reply, RequestContext } from '../../request-context.ts'
import type { AwaitingJoin, JoinProtocol } from './classic-group-member.ts'

/** Sent by a member that does not know its id yet. */
export const UNKNOWN_MEMBER_ID = ''

/** From here on a new member is told its id first and joins with it (KIP-394). */
const KNOWN_MEMBER_ID_VERSION_MIN = 4
/** From here on a static leader may be told not to assign again (KIP-814). */
const SKIP_ASSIGNMENT_VERSION_MIN = 9
/** Version 0 has no rebalance timeout: the session timeout stands in for it. */
const REBALANCE_TIMEOUT_VERSION_MIN = 1
const REASON_CHARACTERS_MAX = 255

export interface JoiningMember extends AwaitingJoin {
  readonly memberId: string
  readonly groupInstanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs: number
  readonly protocolType: string
  readonly protocols: readonly JoinProtocol[]
  readonly reason: string
}

export function joiningMember(
  context: RequestContext,
  request: JoinGroupRequest,
  limits: GroupCoordinatorLimits,
  reply: Reply<JoinGroupResponse>,
): JoiningMember {
  const { apiVersion } = context
  const rebalanceTimeoutMs =
    apiVersion < REBALANCE_TIMEOUT_VERSION_MIN
      ? request.sessionTimeoutMs
      : request.rebalanceTimeoutMs
  return {
    apiVersion,
    reply,
    memberId: request.memberId,
    groupInstanceId: request.groupInstanceId,
    clientId: context.clientId.slice(0, limits.nameCharactersMax),
    clientHost: context.clientHost,
    sessionTimeoutMs: request.sessionTimeoutMs,
    rebalanceTimeoutMs: Math.max(0, rebalanceTimeoutMs),
    protocolType: request.protocolType,
    protocols: copyProtocols(request),
    reason: (request.reason ?? '').slice(0, REASON_CHARACTERS_MAX) || 'not provided',
  }
}

/** Looks at sizes only, so it runs before anything is copied. */
export function joinLimitError(request: JoinGroupRequest, limits: GroupCoordinatorLimits): number {
  const { nameCharactersMax } = limits
  if (request.groupId.length > nameCharactersMax) return ErrorCode.INVALID_GROUP_ID
  if (request.protocols.length > limits.memberProtocolsMax) return ErrorCode.INVALID_REQUEST
  const names = request.protocols.map(({ name }) => name)
  names.push(request.protocolType, request.groupInstanceId ?? '')
  if (names.some((name) => name.length > nameCharactersMax)) return ErrorCode.INVALID_REQUEST
  let metadataBytes = 0
  for (const { metadata } of request.protocols) metadataBytes += metadata.length
  return metadataBytes > limits.memberMetadataBytesMax ? ErrorCode.INVALID_REQUEST : ErrorCode.NONE
}

/** A name given twice counts once, or it would be counted as supported by two members. */
function copyProtocols(request: JoinGroupRequest): JoinProtocol[] {
  const protocols = new Map<string, JoinProtocol>()
  for (const { name, metadata } of request.protocols) {
    if (!protocols.has(name)) protocols.set(name, { name, metadata: Buffer.from(metadata) })
  }
  return [...protocols.values()]
}

export function requiresKnownMemberId(apiVersion: number): boolean {
  return apiVersion >= KNOWN_MEMBER_ID_VERSION_MIN
}

export function supportsSkippingAssignment(apiVersion: number): boolean {
  return apiVersion >= SKIP_ASSIGNMENT_VERSION_MIN
}
