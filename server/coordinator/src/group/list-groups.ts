/**
 * ListGroups, versions 0 to 5 (conformance G25): filters by state (4) and type (5), both in any case of
 * letters. Groups that only hold offsets are listed too.
 */
import type { ListGroupsRequest } from '@ottla/protocol/list-groups-request'
import type { ListGroupsResponse } from '@ottla/protocol/list-groups-response'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'

export type ListedGroup = ListGroupsResponse['groups'][number]

/** The only type served so far. */
const GROUP_TYPE = 'classic'

export function listGroups(
  shards: Iterable<CoordinatorShard>,
  request: ListGroupsRequest,
): ListedGroup[] {
  const states = new Set(request.statesFilter.map((state) => state.trim().toLowerCase()))
  const types = new Set(request.typesFilter.map((type) => type.toLowerCase()))
  const listed: ListedGroup[] = []
  if (types.size > 0 && !types.has(GROUP_TYPE)) return listed
  for (const shard of shards) {
    for (const { group } of shard.groups()) {
      // Being deleted: its tombstones are on their way.
      if (group.state === 'Dead') continue
      if (states.size > 0 && !states.has(group.state.toLowerCase())) continue
      listed.push({
        groupId: group.groupId,
        protocolType: group.protocolType ?? '',
        groupState: group.state,
        groupType: GROUP_TYPE,
      })
    }
  }
  return listed
}
