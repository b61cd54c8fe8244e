/**
 * Groups with their members: ConsumerGroupDescribe for groups of the KIP-848 protocol, DescribeGroups
 * for classic ones. Which of the two a group is shows only when it is asked for, so a coordinator that
 * knows both is asked for the newer first, and then for what it said is not of that kind.
 */
import { ErrorCode } from '@ottla/protocol'
import type { Cluster } from '../../cluster/cluster.ts'
import type { AdminOptions } from '../admin-options.ts'
import { failed, type Outcomes } from '../outcome.ts'
import { toCoordinators } from '../asking/coordinator.ts'
import type { Peer } from '../asking/peer.ts'
import { settleEach, type Settle } from '../asking/settle-each.ts'
import { CONSUMER_GROUP_DESCRIBE, DESCRIBE_GROUPS } from './group-apis.ts'
import { classicGroup, consumerGroup, type GroupDescription } from './group-description.ts'
import { groupText } from './group-state.ts'

export interface DescribeGroupsOptions extends AdminOptions {
  /** Also what the caller may do with each group. Default false. */
  readonly authorizedOperations?: boolean
}

type SettleGroup = Settle<string, GroupDescription>

const AUTHORIZED_OPERATIONS_VERSION = 3

export function describeGroups(
  cluster: Cluster,
  groupIds: readonly string[],
  options: DescribeGroupsOptions,
): Promise<Outcomes<string, GroupDescription>> {
  const { authorizedOperations = false } = options
  return settleEach<string, string, GroupDescription>(cluster, {
    items: groupIds,
    keyOf: (groupId) => groupId,
    textOf: (groupId) => groupId,
    router: toCoordinators('group', (groupId) => groupId),
    ask: async (peer, items, settle) => {
      const knowsBoth = peer.versionOf(CONSUMER_GROUP_DESCRIBE) !== undefined
      const others = knowsBoth
        ? await describeConsumerGroups(peer, items, authorizedOperations, settle)
        : items
      if (others.length > 0) await describeClassicGroups(peer, others, authorizedOperations, settle)
    },
    options,
  })
}

/** Returns those that are not of the new protocol. */
async function describeConsumerGroups(
  peer: Peer,
  groupIds: readonly string[],
  includeAuthorizedOperations: boolean,
  settle: SettleGroup,
): Promise<string[]> {
  const response = await peer.request(CONSUMER_GROUP_DESCRIBE, {
    groupIds: [...groupIds],
    includeAuthorizedOperations,
  })
  const groups = new Map(response.groups.map((group) => [group.groupId, group]))
  const others: string[] = []
  for (const groupId of groupIds) {
    const group = groups.get(groupId)
    if (group === undefined) continue
    const { errorCode } = group
    // The second is what a broker says that has the new protocol switched off.
    if (errorCode === ErrorCode.GROUP_ID_NOT_FOUND || errorCode === ErrorCode.UNSUPPORTED_VERSION) {
      others.push(groupId)
    } else {
      const describe = (): GroupDescription => consumerGroup(group, peer.broker)
      settle(groupId, peer.outcome(CONSUMER_GROUP_DESCRIBE, group, groupText(groupId), describe))
    }
  }
  return others
}

async function describeClassicGroups(
  peer: Peer,
  groupIds: readonly string[],
  authorizedOperations: boolean,
  settle: SettleGroup,
): Promise<void> {
  const response = await peer.request(DESCRIBE_GROUPS, (version) => ({
    groups: [...groupIds],
    includeAuthorizedOperations: authorizedOperations && version >= AUTHORIZED_OPERATIONS_VERSION,
  }))
  const groups = new Map(response.groups.map((group) => [group.groupId, group]))
  for (const groupId of groupIds) {
    const group = groups.get(groupId)
    if (group === undefined) continue
    const what = groupText(groupId)
    if (group.errorCode === 0 && group.groupState === 'Dead') {
      // Brokers before Kafka 4.0 have no other way to say so.
      const errorCode = ErrorCode.GROUP_ID_NOT_FOUND
      settle(groupId, failed(peer.refusal(DESCRIBE_GROUPS, { errorCode }, what)))
    } else {
      const describe = (): GroupDescription => classicGroup(group, peer.broker)
      settle(groupId, peer.outcome(DESCRIBE_GROUPS, group, what, describe))
    }
  }
}
