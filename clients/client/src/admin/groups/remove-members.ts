/**
 * LeaveGroup on behalf of members (KIP-345): static ones by their group.instance.id, others by member
 * id. Versions 3 to 5 take several at once; the reason is told from 5 on. All members are those that
 * the group has when it is asked.
 */
import { encodeLeaveGroupRequest } from '@ottla/protocol/leave-group-request'
import { decodeLeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import { ApiKey } from '@ottla/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { toCoordinators } from '../asking/coordinator.ts'
import { settleEach } from '../asking/settle-each.ts'
import { describeGroups } from './describe-groups.ts'
import { groupText } from './group-state.ts'

export type MemberToRemove =
  | { readonly memberId: string; readonly groupInstanceId?: undefined }
  | { readonly groupInstanceId: string; readonly memberId?: undefined }

export interface RemoveMembersOptions extends AdminOptions {
  /** For the broker's log. */
  readonly reason?: string
}

const LEAVE_GROUP = defineApi(
  ApiKey.LeaveGroup,
  encodeLeaveGroupRequest,
  decodeLeaveGroupResponse,
  { min: 3 },
)

export async function removeMembers(
  cluster: Cluster,
  groupId: string,
  members: readonly MemberToRemove[] | 'all',
  options: RemoveMembersOptions,
): Promise<Outcomes<MemberToRemove, void>> {
  const reason = options.reason ?? 'removed by an administrator'
  const named = members === 'all' ? await allMembers(cluster, groupId, options) : members
  return settleEach<MemberToRemove, MemberToRemove, void>(cluster, {
    items: named,
    keyOf: (member) => member,
    textOf: memberText,
    router: toCoordinators('group', () => groupId),
    ask: async (peer, items, settle) => {
      const response = await peer.request(LEAVE_GROUP, {
        groupId,
        memberId: '',
        members: items.map(({ memberId = '', groupInstanceId = null }) => ({
          memberId,
          groupInstanceId,
          reason,
        })),
      })
      peer.check(LEAVE_GROUP, response, groupText(groupId))
      for (const item of items) {
        const result = response.members.find((one) =>
          item.groupInstanceId === undefined
            ? one.memberId === item.memberId
            : one.groupInstanceId === item.groupInstanceId,
        )
        if (result === undefined) continue
        const what = `${memberText(item)} of ${groupText(groupId)}`
        settle(
          item,
          peer.outcome(LEAVE_GROUP, result, what, () => undefined),
        )
      }
    },
    options,
  })
}

async function allMembers(
  cluster: Cluster,
  groupId: string,
  { signal, timeoutMs }: AdminOptions,
): Promise<MemberToRemove[]> {
  const { members } = (await describeGroups(cluster, [groupId], { signal, timeoutMs })).value(
    groupId,
  )
  return members.map(({ memberId, groupInstanceId }) =>
    groupInstanceId === null ? { memberId } : { groupInstanceId },
  )
}

function memberText({ memberId, groupInstanceId }: MemberToRemove): string {
  return groupInstanceId === undefined ? `member ${memberId}` : `instance ${groupInstanceId}`
}
