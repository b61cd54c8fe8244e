/** Heartbeat on a classic group (conformance G21): keeps the session, and tells of a rebalance. */
import { ErrorCode } from '@ottla/protocol'
import type { HeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import type { ClassicGroup } from './classic-group.ts'
import { validateMember } from './validate-member.ts'

/**
 * The error code to answer. NONE and REBALANCE_IN_PROGRESS come from a member in good standing, whose
 * session starts anew; the caller sets it.
 */
export function heartbeatResult(group: ClassicGroup, request: HeartbeatRequest): number {
  if (group.state === 'Dead') return ErrorCode.COORDINATOR_NOT_AVAILABLE
  const errorCode = validateMember(group, request)
  if (errorCode !== ErrorCode.NONE) return errorCode
  if (request.generationId !== group.generationId) return ErrorCode.ILLEGAL_GENERATION
  return group.state === 'PreparingRebalance' ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE
}
