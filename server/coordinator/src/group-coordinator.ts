/**
 * The door of the group coordinator: classic groups and their offsets, for the partitions of
 * `__consumer_offsets` that this broker leads.
 *
 * Each API checks what can be known without the group, finds the partition, and hands over. Nothing is
 * thrown for a bad request: each gets its answer, once, in Kafka's codes. Authorization is the caller's.
 */
import { ErrorCode } from '@ottla/protocol'
import type { DeleteGroupsRequest } from '@ottla/protocol/delete-groups-request'
import type { DeleteGroupsResponse } from '@ottla/protocol/delete-groups-response'
import type { DescribeGroupsRequest } from '@ottla/protocol/describe-groups-request'
import type { DescribeGroupsResponse } from '@ottla/protocol/describe-groups-response'
import type { HeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import type { HeartbeatResponse } from '@ottla/protocol/heartbeat-response'
import type { JoinGroupRequest } from '@ottla/protocol/join-group-request'
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import type { LeaveGroupRequest } from '@ottla/protocol/leave-group-request'
import type { LeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import type { ListGroupsRequest } from '@ottla/protocol/list-groups-request'
import type { ListGroupsResponse } from '@ottla/protocol/list-groups-response'
import type { OffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import type { OffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import type { OffsetDeleteRequest } from '@ottla/protocol/offset-delete-request'
import type { OffsetDeleteResponse } from '@ottla/protocol/offset-delete-response'
import type { OffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import type { OffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import type { SyncGroupRequest } from '@ottla/protocol/sync-group-request'
import type { SyncGroupResponse } from '@ottla/protocol/sync-group-response'
import { joinRefusal } from './group/classic/join-response.ts'
import { joiningMember, joinLimitError, UNKNOWN_MEMBER_ID } from './group/classic/joining-member.ts'
import { syncRefusal } from './group/classic/sync-response.ts'
import { deleteGroup } from './group/delete-group.ts'
import { describeGroup, undescribed } from './group/describe-groups.ts'
import { leaveGroup, refuseLeave } from './group/leave-group.ts'
import { listGroups } from './group/list-groups.ts'
import {
  CoordinatorPartitions,
  type CoordinatorPartitionsOptions,
} from './runtime/coordinator-partitions.ts'
import { commitOffsets, planOffsetCommit, refuseCommit } from './offsets/commit-offsets.ts'
import { deleteOffsets, refuseOffsetDelete } from './offsets/delete-offsets.ts'
import {
  fetchGroupOffsets,
  offsetFetchResponse,
  refuseFetch,
  requestedGroups,
  type GroupRequest,
  type GroupResponse,
} from './offsets/fetch-offsets.ts'
import type { KnownTopics } from './offsets/topic-directory.ts'
import type { Reply, RequestContext } from './request-context.ts'

export interface GroupCoordinatorOptions extends CoordinatorPartitionsOptions, KnownTopics {}

/** From here on the names in a SyncGroup are mandatory (KIP-559). */
const SYNC_PROTOCOL_VERSION_MIN = 5

export class GroupCoordinator {
  readonly #options: GroupCoordinatorOptions
  readonly #partitions: CoordinatorPartitions

  constructor(options: GroupCoordinatorOptions) {
    this.#options = options
    this.#partitions = new CoordinatorPartitions(options)
  }

  /** The partition of `__consumer_offsets` whose leader coordinates the group. */
  partitionFor(groupId: string): number {
    return this.#partitions.partitionFor(groupId)
  }

  /** This broker has become the leader. Until the log is replayed its groups are "loading". */
  load(partition: number): Promise<void> {
    return this.#partitions.load(partition)
  }

  /** It no longer is: everything that waits is told NOT_COORDINATOR. */
  unload(partition: number): void {
    this.#partitions.unload(partition)
  }

  onTopicsDeleted(names: readonly string[]): void {
    this.#partitions.removeTopicOffsets(names)
  }

  close(): void {
    this.#partitions.close()
  }

  joinGroup(
    context: RequestContext,
    request: JoinGroupRequest,
    reply: Reply<JoinGroupResponse>,
  ): void {
    const { groupId, memberId } = request
    const refuse = (errorCode: number): void => {
      reply(joinRefusal(context.apiVersion, memberId, errorCode))
    }
    const invalid = this.#joinError(request)
    if (invalid !== ErrorCode.NONE) {
      refuse(invalid)
      return
    }
    const shard = this.#partitions.activeShard(groupId)
    if (shard === undefined) {
      refuse(this.#partitions.refusal(groupId))
      return
    }
    // A member that says who it is cannot belong to a group that is not there (conformance G8).
    const isNew = memberId === UNKNOWN_MEMBER_ID
    const driver = isNew ? shard.groupForJoin(groupId) : shard.group(groupId)
    if (driver === undefined) {
      refuse(isNew ? ErrorCode.POLICY_VIOLATION : ErrorCode.UNKNOWN_MEMBER_ID)
      return
    }
    driver.join(joiningMember(context, request, this.#partitions.limits, reply))
  }

  #joinError(request: JoinGroupRequest): number {
    const { config } = this.#options
    if (request.groupId === '') return ErrorCode.INVALID_GROUP_ID
    const { sessionTimeoutMs } = request
    if (
      sessionTimeoutMs < config.groupMinSessionTimeoutMs ||
      sessionTimeoutMs > config.groupMaxSessionTimeoutMs
    ) {
      return ErrorCode.INVALID_SESSION_TIMEOUT
    }
    return joinLimitError(request, this.#partitions.limits)
  }

  syncGroup(
    context: RequestContext,
    request: SyncGroupRequest,
    reply: Reply<SyncGroupResponse>,
  ): void {
    const errorCode = this.#syncError(context, request)
    const driver = this.#partitions.activeShard(request.groupId)?.group(request.groupId)
    if (errorCode !== ErrorCode.NONE) reply(syncRefusal(errorCode))
    else if (driver === undefined) reply(syncRefusal(ErrorCode.UNKNOWN_MEMBER_ID))
    else driver.sync(request, reply)
  }

  #syncError(context: RequestContext, request: SyncGroupRequest): number {
    const isNamed = request.protocolType !== null && request.protocolName !== null
    if (context.apiVersion >= SYNC_PROTOCOL_VERSION_MIN && !isNamed) {
      return ErrorCode.INCONSISTENT_GROUP_PROTOCOL
    }
    return this.#groupError(request.groupId)
  }

  /** An empty group id may hold offsets, but never members. */
  #groupError(groupId: string): number {
    return groupId === '' ? ErrorCode.INVALID_GROUP_ID : this.#partitions.refusal(groupId)
  }

  heartbeat(
    _context: RequestContext,
    request: HeartbeatRequest,
    reply: Reply<HeartbeatResponse>,
  ): void {
    reply({ throttleTimeMs: 0, errorCode: this.#heartbeatResult(request) })
  }

  #heartbeatResult(request: HeartbeatRequest): number {
    const errorCode = this.#groupError(request.groupId)
    // Nobody is thrown out while its group is being loaded; sessions start after that.
    if (errorCode === ErrorCode.COORDINATOR_LOAD_IN_PROGRESS) return ErrorCode.NONE
    if (errorCode !== ErrorCode.NONE) return errorCode
    const driver = this.#partitions.activeShard(request.groupId)?.group(request.groupId)
    return driver?.heartbeat(request) ?? ErrorCode.UNKNOWN_MEMBER_ID
  }

  leaveGroup(
    context: RequestContext,
    request: LeaveGroupRequest,
    reply: Reply<LeaveGroupResponse>,
  ): void {
    const errorCode = this.#groupError(request.groupId)
    const shard = this.#partitions.activeShard(request.groupId)
    if (errorCode !== ErrorCode.NONE || shard === undefined) reply(refuseLeave(errorCode))
    else reply(leaveGroup(shard, context, request))
  }

  describeGroups(
    context: RequestContext,
    request: DescribeGroupsRequest,
    reply: Reply<DescribeGroupsResponse>,
  ): void {
    const groups = request.groups.map((groupId) => {
      const shard = this.#partitions.activeShard(groupId)
      return shard === undefined
        ? undescribed(groupId, this.#partitions.refusal(groupId))
        : describeGroup(shard, context, groupId)
    })
    reply({ throttleTimeMs: 0, groups })
  }

  /** Those of all partitions led here. While one is loading the list would be wrong, so there is none. */
  listGroups(
    _context: RequestContext,
    request: ListGroupsRequest,
    reply: Reply<ListGroupsResponse>,
  ): void {
    const errorCode = this.#partitions.listError
    const groups =
      errorCode === ErrorCode.NONE ? listGroups(this.#partitions.shards(), request) : []
    reply({ throttleTimeMs: 0, errorCode, groups })
  }

  deleteGroups(
    _context: RequestContext,
    request: DeleteGroupsRequest,
    reply: Reply<DeleteGroupsResponse>,
  ): void {
    const results = [...new Set(request.groupsNames)].map((groupId) => ({
      groupId,
      errorCode: ErrorCode.NONE as number,
      errorMessage: null,
    }))
    replyWhenAll(
      results,
      (result, onDone) => {
        const finish = (errorCode: number): void => {
          result.errorCode = errorCode
          onDone()
        }
        const shard = this.#partitions.activeShard(result.groupId)
        if (shard === undefined) finish(this.#partitions.refusal(result.groupId))
        else deleteGroup(shard, result.groupId, finish)
      },
      () => {
        reply({ throttleTimeMs: 0, results })
      },
    )
  }

  commitOffsets(
    context: RequestContext,
    request: OffsetCommitRequest,
    reply: Reply<OffsetCommitResponse>,
  ): void {
    const plan = planOffsetCommit(this.#options, context, request)
    const shard = this.#partitions.activeShard(request.groupId)
    if (plan.candidates.length === 0) reply(plan.response)
    else if (shard !== undefined) commitOffsets(shard, plan, context, request, reply)
    else reply(refuseCommit(plan, this.#partitions.refusal(request.groupId)))
  }

  fetchOffsets(
    context: RequestContext,
    request: OffsetFetchRequest,
    reply: Reply<OffsetFetchResponse>,
  ): void {
    const groups = requestedGroups(context.apiVersion, request)
    const responses: GroupResponse[] = []
    replyWhenAll(
      groups,
      (group, onDone, index) => {
        const read = (): void => {
          responses[index] = this.#fetchGroup(context, group)
          onDone()
        }
        const shard = this.#partitions.activeShard(group.groupId)
        if (request.requireStable && shard !== undefined) shard.appends.whenCommitted(read)
        else read()
      },
      () => {
        reply(offsetFetchResponse(context.apiVersion, responses))
      },
    )
  }

  /** Looks for the partition anew: it may have moved away while commits were waited for. */
  #fetchGroup(context: RequestContext, group: GroupRequest): GroupResponse {
    const shard = this.#partitions.activeShard(group.groupId)
    return shard === undefined
      ? refuseFetch(context, group, this.#partitions.refusal(group.groupId))
      : fetchGroupOffsets(shard, this.#options.topics, context, group)
  }

  deleteOffsets(
    _context: RequestContext,
    request: OffsetDeleteRequest,
    reply: Reply<OffsetDeleteResponse>,
  ): void {
    const errorCode = this.#groupError(request.groupId)
    const shard = this.#partitions.activeShard(request.groupId)
    if (errorCode !== ErrorCode.NONE || shard === undefined) reply(refuseOffsetDelete(errorCode))
    else deleteOffsets(shard, this.#options, request, reply)
  }
}

/** Starts `work` for each item; `onAll` runs when all have called `onDone`, at once for no items. */
function replyWhenAll<Item>(
  items: readonly Item[],
  work: (item: Item, onDone: () => void, index: number) => void,
  onAll: () => void,
): void {
  let missing = items.length
  if (missing === 0) onAll()
  for (const [index, item] of items.entries()) {
    work(
      item,
      () => {
        missing--
        if (missing === 0) onAll()
      },
      index,
    )
  }
}
