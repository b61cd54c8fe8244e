/** A streams group as the admin client shows it: topology, members and their tasks. */
import type {
  StreamsGroupDescribeResponseAssignment,
  StreamsGroupDescribeResponseDescribedGroup,
  StreamsGroupDescribeResponseMember,
  StreamsGroupDescribeResponseTaskIds,
} from '@ottla/protocol/streams-group-describe-response'
import { aclOperations, type AclOperation } from '../acls/acl-operations.ts'
import { groupState, type GroupState } from '../groups/group-state.ts'

export interface StreamsGroupDescription {
  readonly groupId: string
  readonly state: GroupState
  readonly groupEpoch: number
  readonly assignmentEpoch: number
  /** null from brokers that do not say. */
  readonly assignor: string | null
  /** host:port of the broker that looks after the group. */
  readonly coordinator: string
  /** -1 before a member has told its topology. */
  readonly topologyEpoch: number
  readonly subtopologies: readonly StreamsSubtopology[]
  readonly members: readonly StreamsGroupMember[]
  /** undefined when not asked for. */
  readonly authorizedOperations: readonly AclOperation[] | undefined
}

export interface StreamsSubtopology {
  readonly id: string
  readonly sourceTopics: readonly string[]
  readonly repartitionSinkTopics: readonly string[]
  readonly repartitionSourceTopics: readonly string[]
  readonly changelogTopics: readonly string[]
}

export interface StreamsGroupMember {
  readonly memberId: string
  readonly memberEpoch: number
  readonly groupInstanceId: string | null
  readonly rack: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly processId: string
  readonly topologyEpoch: number
  /** host:port where the program answers questions about its state. */
  readonly userEndpoint: string | undefined
  readonly assignment: StreamsAssignment
  readonly targetAssignment: StreamsAssignment
  readonly isClassic: boolean
}

export interface StreamsAssignment {
  readonly active: readonly StreamsTask[]
  readonly standby: readonly StreamsTask[]
  readonly warmup: readonly StreamsTask[]
}

export interface StreamsTask {
  readonly subtopologyId: string
  readonly partition: number
}

const NO_EPOCH = -1

export function streamsGroup(
  group: StreamsGroupDescribeResponseDescribedGroup,
  coordinator: string,
): StreamsGroupDescription {
  return {
    groupId: group.groupId,
    state: groupState(group.groupState),
    groupEpoch: group.groupEpoch,
    assignmentEpoch: group.assignmentEpoch,
    assignor: group.assignorName,
    coordinator,
    topologyEpoch: group.topology?.epoch ?? NO_EPOCH,
    subtopologies: (group.topology?.subtopologies ?? []).map((one) => ({
      id: one.subtopologyId,
      sourceTopics: one.sourceTopics,
      repartitionSinkTopics: one.repartitionSinkTopics,
      repartitionSourceTopics: one.repartitionSourceTopics.map(({ name }) => name),
      changelogTopics: one.stateChangelogTopics.map(({ name }) => name),
    })),
    members: group.members.map(memberOf),
    authorizedOperations: aclOperations(group.authorizedOperations),
  }
}

function memberOf(member: StreamsGroupDescribeResponseMember): StreamsGroupMember {
  const { userEndpoint: endpoint } = member
  return {
    memberId: member.memberId,
    memberEpoch: member.memberEpoch,
    groupInstanceId: member.instanceId,
    rack: member.rackId,
    clientId: member.clientId,
    clientHost: member.clientHost,
    processId: member.processId,
    topologyEpoch: member.topologyEpoch,
    userEndpoint: endpoint === null ? undefined : `${endpoint.host}:${endpoint.port}`,
    assignment: assignmentOf(member.assignment),
    targetAssignment: assignmentOf(member.targetAssignment),
    isClassic: member.isClassic,
  }
}

function assignmentOf(assignment: StreamsGroupDescribeResponseAssignment): StreamsAssignment {
  return {
    active: assignment.activeTasks.flatMap(tasksOf),
    standby: assignment.standbyTasks.flatMap(tasksOf),
    warmup: assignment.warmupTasks.flatMap(tasksOf),
  }
}

function tasksOf({
  subtopologyId,
  partitions,
}: StreamsGroupDescribeResponseTaskIds): StreamsTask[] {
  return partitions.map((partition) => ({ subtopologyId, partition }))
}
