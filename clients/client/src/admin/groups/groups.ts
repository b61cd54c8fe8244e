/**
 * `admin.groups`: groups of consumers, classic or of the KIP-848 protocol, and their offsets.
 *
 * Share groups and streams groups keep other things: `admin.shareGroups`, `admin.streamsGroups`.
 */
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { alterGroupOffsets, deleteGroupOffsets, type OffsetToSet } from './alter-offsets.ts'
import { deleteGroups } from './delete-groups.ts'
import { describeGroups, type DescribeGroupsOptions } from './describe-groups.ts'
import type { GroupDescription } from './group-description.ts'
import { groupLag, type GroupLag, type GroupLagOptions } from './group-lag.ts'
import { groupOffsets, type GroupOffset, type GroupOffsetsOptions } from './group-offsets.ts'
import { listGroups, type GroupListing, type ListGroupsOptions } from './list-groups.ts'
import { removeMembers, type MemberToRemove, type RemoveMembersOptions } from './remove-members.ts'
import { resetGroupOffsets, type OffsetMove, type ResetOffsetsOptions } from './reset-offsets.ts'

export class Groups {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /**
   * Of all brokers, by id. Fails when one of them cannot be asked: its groups would be missing.
   * `await admin.groups.list({ states: ['Empty'], types: ['consumer'] })`
   */
  list(options: ListGroupsOptions = {}): Promise<GroupListing[]> {
    return listGroups(this.#cluster, options)
  }

  /**
   * With members and what they are assigned. GROUP_ID_NOT_FOUND for one that does not exist.
   * `const { state, members } = await admin.groups.describe('billing')`
   */
  describe(groupId: string, options?: DescribeGroupsOptions): Promise<GroupDescription>
  describe(
    groupIds: readonly string[],
    options?: DescribeGroupsOptions,
  ): Promise<Outcomes<string, GroupDescription>>
  async describe(
    groupIds: string | readonly string[],
    options: DescribeGroupsOptions = {},
  ): Promise<GroupDescription | Outcomes<string, GroupDescription>> {
    if (typeof groupIds !== 'string') return describeGroups(this.#cluster, groupIds, options)
    return (await describeGroups(this.#cluster, [groupIds], options)).value(groupIds)
  }

  /**
   * What the group has committed, by partition; nothing for a group that does not exist.
   * `(await admin.groups.offsets('billing')).get({ topic: 'orders', partition: 0 })`
   */
  offsets(
    groupId: string,
    options: GroupOffsetsOptions = {},
  ): Promise<Outcomes<TopicPartition, GroupOffset>> {
    return groupOffsets(this.#cluster, groupId, options)
  }

  /** How far it is behind. `const { totalLag } = await admin.groups.lag('billing')` */
  lag(groupId: string, options: GroupLagOptions = {}): Promise<GroupLag> {
    return groupLag(this.#cluster, groupId, options)
  }

  /**
   * Sets offsets of a group without members. UNKNOWN_MEMBER_ID while it has some.
   * `await admin.groups.alterOffsets('billing', [{ topic: 'orders', partition: 0, offset: 42 }])`
   */
  alterOffsets(
    groupId: string,
    offsets: readonly OffsetToSet[],
    options: AdminOptions = {},
  ): Promise<Outcomes<TopicPartition, void>> {
    return alterGroupOffsets(this.#cluster, groupId, offsets, options)
  }

  /**
   * Moves a group without members to a place; with `dryRun` only says where it would go.
   *
   * ```ts
   * await admin.groups.resetOffsets('billing', { to: 'earliest', topics: ['orders'], dryRun: true })
   * await admin.groups.resetOffsets('billing', { to: { timestampMs: startOfDayMs } })
   * ```
   */
  resetOffsets(
    groupId: string,
    options: ResetOffsetsOptions,
  ): Promise<Outcomes<TopicPartition, OffsetMove>> {
    return resetGroupOffsets(this.#cluster, groupId, options)
  }

  /** Forgets offsets of topics that nobody in the group reads; GROUP_SUBSCRIBED_TO_TOPIC otherwise. */
  deleteOffsets(
    groupId: string,
    partitions: readonly TopicPartition[],
    options: AdminOptions = {},
  ): Promise<Outcomes<TopicPartition, void>> {
    return deleteGroupOffsets(this.#cluster, groupId, partitions, options)
  }

  /** With its offsets. NON_EMPTY_GROUP while it has members. `await admin.groups.delete('billing')` */
  delete(groupId: string, options?: AdminOptions): Promise<void>
  delete(groupIds: readonly string[], options?: AdminOptions): Promise<Outcomes<string, void>>
  async delete(
    groupIds: string | readonly string[],
    options: AdminOptions = {},
  ): Promise<void | Outcomes<string, void>> {
    if (typeof groupIds !== 'string') return deleteGroups(this.#cluster, groupIds, options)
    ;(await deleteGroups(this.#cluster, [groupIds], options)).value(groupIds)
  }

  /**
   * Throws members out; those that are alive join again. Needs Kafka 2.4.
   * `await admin.groups.removeMembers('billing', [{ groupInstanceId: 'worker-3' }])`
   */
  removeMembers(
    groupId: string,
    members: readonly MemberToRemove[] | 'all',
    options: RemoveMembersOptions = {},
  ): Promise<Outcomes<MemberToRemove, void>> {
    return removeMembers(this.#cluster, groupId, members, options)
  }
}
