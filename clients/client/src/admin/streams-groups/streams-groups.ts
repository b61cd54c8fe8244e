/**
 * `admin.streamsGroups`: groups of Kafka Streams programs whose tasks the broker assigns (KIP-1071).
 * Their offsets are those of any group: `admin.groups.offsets`, `alterOffsets`, `deleteOffsets`, `delete`.
 */
import { encodeStreamsGroupDescribeRequest } from '@ottla/protocol/streams-group-describe-request'
import { decodeStreamsGroupDescribeResponse } from '@ottla/protocol/streams-group-describe-response'
import { ApiKey } from '@ottla/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import type { Outcomes } from '../outcome.ts'
import { toCoordinators } from '../asking/coordinator.ts'
import { settleEach } from '../asking/settle-each.ts'
import { groupText } from '../groups/group-state.ts'
import type { DescribeGroupsOptions } from '../groups/describe-groups.ts'
import { listGroups, type GroupListing, type ListGroupsOptions } from '../groups/list-groups.ts'
import { streamsGroup, type StreamsGroupDescription } from './streams-group-description.ts'

const STREAMS_GROUP_DESCRIBE = defineApi(
  ApiKey.StreamsGroupDescribe,
  encodeStreamsGroupDescribeRequest,
  decodeStreamsGroupDescribeResponse,
)

export class StreamsGroups {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  list(options: Omit<ListGroupsOptions, 'types'> = {}): Promise<GroupListing[]> {
    return listGroups(this.#cluster, { ...options, types: ['streams'] })
  }

  /** GROUP_ID_NOT_FOUND for one that does not exist or is of another type. */
  describe(groupId: string, options?: DescribeGroupsOptions): Promise<StreamsGroupDescription>
  describe(
    groupIds: readonly string[],
    options?: DescribeGroupsOptions,
  ): Promise<Outcomes<string, StreamsGroupDescription>>
  async describe(
    groupIds: string | readonly string[],
    options: DescribeGroupsOptions = {},
  ): Promise<StreamsGroupDescription | Outcomes<string, StreamsGroupDescription>> {
    if (typeof groupIds !== 'string') return this.#describe(groupIds, options)
    return (await this.#describe([groupIds], options)).value(groupIds)
  }

  #describe(
    groupIds: readonly string[],
    options: DescribeGroupsOptions,
  ): Promise<Outcomes<string, StreamsGroupDescription>> {
    return settleEach<string, string, StreamsGroupDescription>(this.#cluster, {
      items: groupIds,
      keyOf: (groupId) => groupId,
      textOf: (groupId) => groupId,
      router: toCoordinators('group', (groupId) => groupId),
      ask: async (peer, items, settle) => {
        const { groups } = await peer.request(STREAMS_GROUP_DESCRIBE, {
          groupIds: [...items],
          includeAuthorizedOperations: options.authorizedOperations ?? false,
          includeTopologyDescription: false,
        })
        const byId = new Map(groups.map((group) => [group.groupId, group]))
        for (const groupId of items) {
          const group = byId.get(groupId)
          if (group === undefined) continue
          const describe = (): StreamsGroupDescription => streamsGroup(group, peer.broker)
          settle(groupId, peer.outcome(STREAMS_GROUP_DESCRIBE, group, groupText(groupId), describe))
        }
      },
      options,
    })
  }
}
