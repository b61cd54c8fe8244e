/** ShareGroupDescribe (KIP-932), version 1: groups whose members share partitions record by record. */
import { encodeShareGroupDescribeRequest } from '@ottla/protocol/share-group-describe-request'
import {
  decodeShareGroupDescribeResponse,
  type ShareGroupDescribeResponseDescribedGroup,
} from '@ottla/protocol/share-group-describe-response'
import { ApiKey } from '@ottla/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import { defineApi } from '../../connection/api.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import { aclOperations, type AclOperation } from '../acls/acl-operations.ts'
import type { Outcomes } from '../outcome.ts'
import { toCoordinators } from '../asking/coordinator.ts'
import { settleEach } from '../asking/settle-each.ts'
import type { DescribeGroupsOptions } from '../groups/describe-groups.ts'
import { groupState, groupText, type GroupState } from '../groups/group-state.ts'

const SHARE_GROUP_DESCRIBE = defineApi(
  ApiKey.ShareGroupDescribe,
  encodeShareGroupDescribeRequest,
  decodeShareGroupDescribeResponse,
)

export interface ShareGroupDescription {
  readonly groupId: string
  readonly state: GroupState
  readonly groupEpoch: number
  readonly assignmentEpoch: number
  readonly assignor: string
  /** host:port of the broker that looks after the group. */
  readonly coordinator: string
  readonly members: readonly ShareGroupMember[]
  /** undefined when not asked for. */
  readonly authorizedOperations: readonly AclOperation[] | undefined
}

export interface ShareGroupMember {
  readonly memberId: string
  readonly memberEpoch: number
  readonly clientId: string
  readonly clientHost: string
  readonly rack: string | null
  readonly subscribedTopics: readonly string[]
  /** Several members may have the same partition. */
  readonly assignment: readonly TopicPartition[]
}

export function describeShareGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: DescribeGroupsOptions,
): Promise<Outcomes<string, ShareGroupDescription>> {
  return settleEach<string, string, ShareGroupDescription>(cluster, {
    items: groupIds,
    keyOf: (groupId) => groupId,
    textOf: (groupId) => groupId,
    router: toCoordinators('group', (groupId) => groupId),
    ask: async (peer, items, settle) => {
      const { groups } = await peer.request(SHARE_GROUP_DESCRIBE, {
        groupIds: [...items],
        includeAuthorizedOperations: options.authorizedOperations ?? false,
      })
      const byId = new Map(groups.map((group) => [group.groupId, group]))
      for (const groupId of items) {
        const group = byId.get(groupId)
        if (group === undefined) continue
        const describe = (): ShareGroupDescription => descriptionOf(group, peer.broker)
        settle(groupId, peer.outcome(SHARE_GROUP_DESCRIBE, group, groupText(groupId), describe))
      }
    },
    options,
  })
}

function descriptionOf(
  group: ShareGroupDescribeResponseDescribedGroup,
  coordinator: string,
): ShareGroupDescription {
  return {
    groupId: group.groupId,
    state: groupState(group.groupState),
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    assignor: group.assignorName,
    coordinator,
    members: group.members.map((member) => ({
      memberId: member.memberId,
      memberEpoch: member.memberEpoch,
      clientId: member.clientId,
      clientHost: member.clientHost,
      rack: member.rackId,
      subscribedTopics: member.subscribedTopicNames,
      assignment: member.assignment.topicPartitions.flatMap(({ topicName: topic, partitions }) =>
        partitions.map((partition) => ({ topic, partition })),
      ),
    })),
    authorizedOperations: aclOperations(group.authorizedOperations),
  }
}
