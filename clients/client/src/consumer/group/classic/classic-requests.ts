/** The requests of a classic member, as far as each version can carry them. */
import type { JoinGroupRequest } from '@ottla/protocol/join-group-request'
import type { LeaveGroupRequest } from '@ottla/protocol/leave-group-request'
import type {
  SyncGroupRequest,
  SyncGroupRequestAssignment,
} from '@ottla/protocol/sync-group-request'
import type { TopicPartition } from '../../../topic-partition.ts'
import type { LastAssignment } from '../assignors/assignor.ts'
import type { MemberSettings } from '../group-options.ts'
import type { ClassicMachine } from './classic-machine.ts'
import { encodeSubscription } from './consumer-protocol.ts'

const PROTOCOL_TYPE = 'consumer'
const LEAVE_MEMBERS_VERSION = 3
const LEAVE_REASON_VERSION = 5
const REASON_CHARACTERS_MAX = 255

export interface JoinParts {
  readonly topics: readonly string[]
  readonly owned: readonly TopicPartition[]
  /** Before the member gave it up to rejoin. */
  readonly last: LastAssignment | undefined
  readonly reason: string
}

export function joinRequest(
  settings: MemberSettings,
  { memberId, generationId, mode }: ClassicMachine,
  { topics, owned, last, reason }: JoinParts,
): JoinGroupRequest {
  const { groupId, sessionTimeoutMs, rebalanceTimeoutMs, groupInstanceId, rack } = settings
  return {
    groupId,
    sessionTimeoutMs,
    rebalanceTimeoutMs,
    memberId,
    groupInstanceId,
    protocolType: PROTOCOL_TYPE,
    protocols: mode.assignors.map((assignor) => ({
      name: assignor.name,
      metadata: encodeSubscription({
        topics,
        ownedPartitions: owned,
        generationId,
        rack,
        userData: assignor.userData(last),
      }),
    })),
    reason: reason.slice(0, REASON_CHARACTERS_MAX),
  }
}

export function syncRequest(
  { groupId, groupInstanceId }: MemberSettings,
  { memberId, generationId, protocolName }: ClassicMachine,
  assignments: SyncGroupRequestAssignment[],
): SyncGroupRequest {
  return {
    groupId,
    generationId,
    memberId,
    groupInstanceId,
    protocolType: PROTOCOL_TYPE,
    protocolName,
    assignments,
  }
}

export function leaveRequest(
  { groupId }: MemberSettings,
  memberId: string,
  version: number,
): LeaveGroupRequest {
  if (version < LEAVE_MEMBERS_VERSION) return { groupId, memberId, members: [] }
  const reason = version >= LEAVE_REASON_VERSION ? 'the consumer leaves' : null
  return { groupId, memberId: '', members: [{ memberId, groupInstanceId: null, reason }] }
}
