/**
 * DescribeGroups, versions 0 to 6 (conformance G24).
 *
 * 3 authorized operations, which the broker fills in; 4 static members; 6 GROUP_ID_NOT_FOUND where
 * older versions are shown a Dead group without an error (KIP-1043).
 */
import { ErrorCode } from '@ottla/protocol'
import type { DescribeGroupsResponse } from '@ottla/protocol/describe-groups-response'
import type { RequestContext } from '../request-context.ts'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import type { ClassicGroup } from './classic/classic-group.ts'
import { EMPTY_ASSIGNMENT } from './classic/classic-group-member.ts'

export type DescribedGroup = DescribeGroupsResponse['groups'][number]

const GROUP_NOT_FOUND_VERSION_MIN = 6
/** The bit field that says nobody asked. */
const AUTHORIZED_OPERATIONS_OMITTED = -2147483648

export function describeGroup(
  shard: CoordinatorShard,
  context: RequestContext,
  groupId: string,
): DescribedGroup {
  const group = shard.group(groupId)?.group
  if (group === undefined || group.state === 'Dead') return unknownGroup(context, groupId)
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    groupId,
    groupState: group.state,
    protocolType: group.protocolType ?? '',
    // Until the assignment is known the protocol is only a candidate.
    protocolData: group.state === 'Stable' ? (group.protocolName ?? '') : '',
    members: describeMembers(group),
    authorizedOperations: AUTHORIZED_OPERATIONS_OMITTED,
  }
}

function describeMembers(group: ClassicGroup): DescribedGroup['members'] {
  const isStable = group.state === 'Stable'
  const members: DescribedGroup['members'] = []
  for (const member of group.members.values()) {
    const memberMetadata = isStable ? member.metadataFor(group.protocolName) : undefined
    members.push({
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberMetadata: memberMetadata ?? EMPTY_ASSIGNMENT,
      memberAssignment: member.assignment,
    })
  }
  return members
}

function unknownGroup(context: RequestContext, groupId: string): DescribedGroup {
  if (context.apiVersion < GROUP_NOT_FOUND_VERSION_MIN) {
    return { ...undescribed(groupId, ErrorCode.NONE), groupState: 'Dead' }
  }
  return {
    ...undescribed(groupId, ErrorCode.GROUP_ID_NOT_FOUND),
    groupState: 'Dead',
    errorMessage: `Group ${groupId} not found.`,
  }
}

export function undescribed(groupId: string, errorCode: number): DescribedGroup {
  return {
    errorCode,
    errorMessage: null,
    groupId,
    groupState: '',
    protocolType: '',
    protocolData: '',
    members: [],
    authorizedOperations: AUTHORIZED_OPERATIONS_OMITTED,
  }
}
