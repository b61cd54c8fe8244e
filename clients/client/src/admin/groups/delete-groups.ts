/** DeleteGroups, versions 0 to 3: a group without members, with its offsets. */
import type { Cluster } from '../../cluster/cluster.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { toCoordinators } from '../asking/coordinator.ts'
import { settleEach } from '../asking/settle-each.ts'
import { DELETE_GROUPS } from './group-apis.ts'
import { groupText } from './group-state.ts'

export function deleteGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: AdminOptions,
): Promise<Outcomes<string, void>> {
  return settleEach<string, string, void>(cluster, {
    items: groupIds,
    keyOf: (groupId) => groupId,
    textOf: (groupId) => groupId,
    router: toCoordinators('group', (groupId) => groupId),
    ask: async (peer, items, settle) => {
      const { results } = await peer.request(DELETE_GROUPS, { groupsNames: [...items] })
      const byId = new Map(results.map((result) => [result.groupId, result]))
      for (const groupId of items) {
        const result = byId.get(groupId)
        if (result === undefined) continue
        settle(
          groupId,
          peer.outcome(DELETE_GROUPS, result, groupText(groupId), () => undefined),
        )
      }
    },
    options,
  })
}
