/** `admin.shareGroups`: groups of KIP-932. `admin.groups.list({ types: ['share'] })` finds them. */
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { deleteGroups } from '../groups/delete-groups.ts'
import type { DescribeGroupsOptions } from '../groups/describe-groups.ts'
import { listGroups, type GroupListing, type ListGroupsOptions } from '../groups/list-groups.ts'
import { describeShareGroups, type ShareGroupDescription } from './describe-share-groups.ts'
import {
  alterShareGroupOffsets,
  deleteShareGroupOffsets,
  shareGroupOffsets,
  type ShareOffset,
  type ShareOffsetsOptions,
  type ShareOffsetToSet,
} from './share-offsets.ts'

export class ShareGroups {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  list(options: Omit<ListGroupsOptions, 'types'> = {}): Promise<GroupListing[]> {
    return listGroups(this.#cluster, { ...options, types: ['share'] })
  }

  /** GROUP_ID_NOT_FOUND for one that does not exist or is of another type. */
  describe(groupId: string, options?: DescribeGroupsOptions): Promise<ShareGroupDescription>
  describe(
    groupIds: readonly string[],
    options?: DescribeGroupsOptions,
  ): Promise<Outcomes<string, ShareGroupDescription>>
  async describe(
    groupIds: string | readonly string[],
    options: DescribeGroupsOptions = {},
  ): Promise<ShareGroupDescription | Outcomes<string, ShareGroupDescription>> {
    if (typeof groupIds !== 'string') return describeShareGroups(this.#cluster, groupIds, options)
    return (await describeShareGroups(this.#cluster, [groupIds], options)).value(groupIds)
  }

  /** Where it starts to read, by partition. */
  offsets(
    groupId: string,
    options: ShareOffsetsOptions = {},
  ): Promise<Outcomes<TopicPartition, ShareOffset>> {
    return shareGroupOffsets(this.#cluster, groupId, options)
  }

  /** NON_EMPTY_GROUP while it has members. */
  alterOffsets(
    groupId: string,
    offsets: readonly ShareOffsetToSet[],
    options: AdminOptions = {},
  ): Promise<Outcomes<TopicPartition, void>> {
    return alterShareGroupOffsets(this.#cluster, groupId, offsets, options)
  }

  /** Of whole topics. NON_EMPTY_GROUP while it has members. */
  deleteOffsets(
    groupId: string,
    topics: readonly string[],
    options: AdminOptions = {},
  ): Promise<Outcomes<string, void>> {
    return deleteShareGroupOffsets(this.#cluster, groupId, topics, options)
  }

  delete(groupIds: readonly string[], options: AdminOptions = {}): Promise<Outcomes<string, void>> {
    return deleteGroups(this.#cluster, groupIds, options)
  }
}
