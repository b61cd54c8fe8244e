/** A group as the admin client shows it, from the answers about either protocol. */
import { MalformedError } from '@ottla/base'
import type {
  ConsumerGroupDescribeResponseAssignment,
  ConsumerGroupDescribeResponseDescribedGroup,
  ConsumerGroupDescribeResponseMember,
} from '@ottla/protocol/consumer-group-describe-response'
import type {
  DescribeGroupsResponseDescribedGroup,
  DescribeGroupsResponseDescribedGroupMember,
} from '@ottla/protocol/describe-groups-response'
import {
  decodeAssignment,
  decodeSubscription,
} from '../../consumer/group/classic/consumer-protocol.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import { aclOperations, type AclOperation } from '../acls/acl-operations.ts'
import { groupState, type GroupState } from './group-state.ts'

export interface GroupDescription {
  readonly groupId: string
  readonly type: 'classic' | 'consumer'
  readonly state: GroupState
  /** 'consumer' for groups of consumers; Kafka Connect and others have words of their own. */
  readonly protocolType: string
  /** Who computes the assignment: 'range', 'uniform', …; '' without members. */
  readonly assignor: string
  /** host:port of the broker that looks after the group. */
  readonly coordinator: string
  readonly members: readonly GroupMemberDescription[]
  /** Of the KIP-848 protocol; undefined for a classic group. */
  readonly groupEpoch: number | undefined
  readonly assignmentEpoch: number | undefined
  /** undefined when not asked for. */
  readonly authorizedOperations: readonly AclOperation[] | undefined
}

export interface GroupMemberDescription {
  readonly memberId: string
  /** group.instance.id of a static member. */
  readonly groupInstanceId: string | null
  readonly clientId: string
  /** As the broker sees it, with a slash before the address. */
  readonly clientHost: string
  readonly rack: string | null
  /** Whether it speaks the classic protocol, perhaps in a consumer group on its way to the new one. */
  readonly isClassic: boolean
  readonly subscribedTopics: readonly string[]
  readonly subscribedPattern: string | null
  readonly assignment: readonly TopicPartition[]
  /** What it is to have when the rebalance is over; undefined for a classic group. */
  readonly targetAssignment: readonly TopicPartition[] | undefined
  /** undefined for a classic group. */
  readonly memberEpoch: number | undefined
}

const CLASSIC_MEMBER = 0
const CONSUMER = 'consumer'

export function consumerGroup(
  group: ConsumerGroupDescribeResponseDescribedGroup,
  coordinator: string,
): GroupDescription {
  return {
    groupId: group.groupId,
    type: 'consumer',
    state: groupState(group.groupState),
    protocolType: CONSUMER,
    assignor: group.assignorName,
    coordinator,
    members: group.members.map(consumerMember),
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    authorizedOperations: aclOperations(group.authorizedOperations),
  }
}

function consumerMember(member: ConsumerGroupDescribeResponseMember): GroupMemberDescription {
  return {
    memberId: member.memberId,
    groupInstanceId: member.instanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    rack: member.rackId,
    isClassic: member.memberType === CLASSIC_MEMBER,
    subscribedTopics: member.subscribedTopicNames,
    // Empty from a broker of Kafka 4.0 where nothing is meant.
    subscribedPattern: member.subscribedTopicRegex === '' ? null : member.subscribedTopicRegex,
    assignment: partitionsOf(member.assignment),
    targetAssignment: partitionsOf(member.targetAssignment),
    memberEpoch: member.memberEpoch,
  }
}

function partitionsOf(assignment: ConsumerGroupDescribeResponseAssignment): TopicPartition[] {
  return assignment.topicPartitions.flatMap(({ topicName: topic, partitions }) =>
    partitions.map((partition) => ({ topic, partition })),
  )
}

export function classicGroup(
  group: DescribeGroupsResponseDescribedGroup,
  coordinator: string,
): GroupDescription {
  const { protocolType } = group
  return {
    groupId: group.groupId,
    type: 'classic',
    state: groupState(group.groupState),
    protocolType,
    assignor: group.protocolData,
    coordinator,
    members: group.members.map((member) => classicMember(member, protocolType)),
    groupEpoch: undefined,
    assignmentEpoch: undefined,
    authorizedOperations: aclOperations(group.authorizedOperations),
  }
}

function classicMember(
  member: DescribeGroupsResponseDescribedGroupMember,
  protocolType: string,
): GroupMemberDescription {
  const isConsumer = protocolType === CONSUMER
  const subscription = isConsumer ? readable(member.memberMetadata, decodeSubscription) : undefined
  return {
    memberId: member.memberId,
    groupInstanceId: member.groupInstanceId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    rack: subscription?.rack ?? null,
    isClassic: true,
    subscribedTopics: subscription?.topics ?? [],
    subscribedPattern: null,
    assignment: isConsumer ? (readable(member.memberAssignment, decodeAssignment) ?? []) : [],
    targetAssignment: undefined,
    memberEpoch: undefined,
  }
}

/** The broker passes on what members wrote; one member's nonsense must not hide the group. */
function readable<T>(bytes: Buffer, decode: (bytes: Buffer) => T): T | undefined {
  if (bytes.length === 0) return undefined
  try {
    return decode(bytes)
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}
