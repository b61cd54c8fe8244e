/**
 * StreamsGroupDescribe (API key 89), versions 0 to 1.
 *
 * Generated from definitions/89-streams-group-describe.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import {
  readCount,
  writeCount,
  readInt32Array,
  writeInt32Array,
  readStringArray,
  writeStringArray,
} from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface StreamsGroupDescribeResponse {
  throttleTimeMs: number
  groups: StreamsGroupDescribeResponseDescribedGroup[]
}

export interface StreamsGroupDescribeResponseDescribedGroup {
  errorCode: number
  errorMessage: string | null
  groupId: string
  groupState: string
  groupEpoch: number
  assignmentEpoch: number
  topology: StreamsGroupDescribeResponseTopology | null
  members: StreamsGroupDescribeResponseMember[]
  authorizedOperations: number
  /** Where version >= 1. */
  topologyDescription: StreamsGroupDescribeResponseTopologyDescription | null
  /** Where version >= 1. */
  topologyDescriptionStatus: number
  /** Where version >= 1. */
  assignorName: string | null
}

export interface StreamsGroupDescribeResponseTopology {
  epoch: number
  subtopologies: StreamsGroupDescribeResponseSubtopology[] | null
}

export interface StreamsGroupDescribeResponseSubtopology {
  subtopologyId: string
  sourceTopics: string[]
  repartitionSinkTopics: string[]
  stateChangelogTopics: StreamsGroupDescribeResponseTopicInfo[]
  repartitionSourceTopics: StreamsGroupDescribeResponseTopicInfo[]
}

export interface StreamsGroupDescribeResponseTopicInfo {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: StreamsGroupDescribeResponseKeyValue[]
}

export interface StreamsGroupDescribeResponseKeyValue {
  key: string
  value: string
}

export interface StreamsGroupDescribeResponseMember {
  memberId: string
  memberEpoch: number
  instanceId: string | null
  rackId: string | null
  clientId: string
  clientHost: string
  topologyEpoch: number
  processId: string
  userEndpoint: StreamsGroupDescribeResponseEndpoint | null
  clientTags: StreamsGroupDescribeResponseKeyValue[]
  taskOffsets: StreamsGroupDescribeResponseTaskOffset[]
  taskEndOffsets: StreamsGroupDescribeResponseTaskOffset[]
  assignment: StreamsGroupDescribeResponseAssignment
  targetAssignment: StreamsGroupDescribeResponseAssignment
  isClassic: boolean
}

export interface StreamsGroupDescribeResponseEndpoint {
  host: string
  port: number
}

export interface StreamsGroupDescribeResponseTaskOffset {
  subtopologyId: string
  partition: number
  offset: number
}

export interface StreamsGroupDescribeResponseAssignment {
  activeTasks: StreamsGroupDescribeResponseTaskIds[]
  standbyTasks: StreamsGroupDescribeResponseTaskIds[]
  warmupTasks: StreamsGroupDescribeResponseTaskIds[]
}

export interface StreamsGroupDescribeResponseTaskIds {
  subtopologyId: string
  partitions: number[]
}

export interface StreamsGroupDescribeResponseTopologyDescription {
  subtopologies: StreamsGroupDescribeResponseSubtopologyDescription[]
  globalStores: StreamsGroupDescribeResponseGlobalStoreDescription[]
}

export interface StreamsGroupDescribeResponseSubtopologyDescription {
  subtopologyId: string
  nodes: StreamsGroupDescribeResponseTopologyNode[]
}

export interface StreamsGroupDescribeResponseTopologyNode {
  name: string
  nodeType: number
  sourceTopics: string[]
  sinkTopic: string | null
  stores: string[]
  successors: string[]
}

export interface StreamsGroupDescribeResponseGlobalStoreDescription {
  source: StreamsGroupDescribeResponseTopologyNode
  processor: StreamsGroupDescribeResponseTopologyNode
}

export function decodeStreamsGroupDescribeResponse(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const groups: StreamsGroupDescribeResponseDescribedGroup[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseDescribedGroupArray(reader, version),
    'Groups',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, groups }
}

export function encodeStreamsGroupDescribeResponse(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  encodeStreamsGroupDescribeResponseDescribedGroupArray(writer, message.groups, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseDescribedGroup(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseDescribedGroup {
  const flexible = true
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const groupState: string = notNull(reader, readString(reader, flexible), 'GroupState')
  const groupEpoch: number = reader.readInt32()
  const assignmentEpoch: number = reader.readInt32()
  const topology: StreamsGroupDescribeResponseTopology | null =
    reader.readInt8() < 0 ? null : decodeStreamsGroupDescribeResponseTopology(reader, version)
  const members: StreamsGroupDescribeResponseMember[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseMemberArray(reader, version),
    'Members',
  )
  const authorizedOperations: number = reader.readInt32()
  const topologyDescription: StreamsGroupDescribeResponseTopologyDescription | null =
    version >= 1
      ? reader.readInt8() < 0
        ? null
        : decodeStreamsGroupDescribeResponseTopologyDescription(reader, version)
      : null
  const topologyDescriptionStatus: number = version >= 1 ? reader.readInt8() : 0
  const assignorName: string | null = version >= 1 ? readString(reader, flexible) : null
  if (flexible) skipTaggedFields(reader)
  return {
    errorCode,
    errorMessage,
    groupId,
    groupState,
    groupEpoch,
    assignmentEpoch,
    topology,
    members,
    authorizedOperations,
    topologyDescription,
    topologyDescriptionStatus,
    assignorName,
  }
}

function encodeStreamsGroupDescribeResponseDescribedGroup(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseDescribedGroup,
  version: number,
): void {
  const flexible = true
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writeString(writer, flexible, message.groupId)
  writeString(writer, flexible, message.groupState)
  writer.writeInt32(message.groupEpoch)
  writer.writeInt32(message.assignmentEpoch)
  if (message.topology === null) {
    writer.writeInt8(-1)
  } else {
    writer.writeInt8(1)
    encodeStreamsGroupDescribeResponseTopology(writer, message.topology, version)
  }
  encodeStreamsGroupDescribeResponseMemberArray(writer, message.members, version)
  writer.writeInt32(message.authorizedOperations)
  if (version >= 1) {
    if (message.topologyDescription === null) {
      writer.writeInt8(-1)
    } else {
      writer.writeInt8(1)
      encodeStreamsGroupDescribeResponseTopologyDescription(
        writer,
        message.topologyDescription,
        version,
      )
    }
  }
  if (version >= 1) {
    writer.writeInt8(message.topologyDescriptionStatus)
  }
  if (version >= 1) {
    if (message.assignorName === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.assignorName)
    }
  }
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseTopology(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseTopology {
  const flexible = true
  const epoch: number = reader.readInt32()
  const subtopologies: StreamsGroupDescribeResponseSubtopology[] | null =
    decodeStreamsGroupDescribeResponseSubtopologyArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { epoch, subtopologies }
}

function encodeStreamsGroupDescribeResponseTopology(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseTopology,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.epoch)
  if (message.subtopologies === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupDescribeResponseSubtopologyArray(writer, message.subtopologies, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseSubtopology(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseSubtopology {
  const flexible = true
  const subtopologyId: string = notNull(reader, readString(reader, flexible), 'SubtopologyId')
  const sourceTopics: string[] = notNull(reader, readStringArray(reader, flexible), 'SourceTopics')
  const repartitionSinkTopics: string[] = notNull(
    reader,
    readStringArray(reader, flexible),
    'RepartitionSinkTopics',
  )
  const stateChangelogTopics: StreamsGroupDescribeResponseTopicInfo[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseTopicInfoArray(reader, version),
    'StateChangelogTopics',
  )
  const repartitionSourceTopics: StreamsGroupDescribeResponseTopicInfo[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseTopicInfoArray(reader, version),
    'RepartitionSourceTopics',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    subtopologyId,
    sourceTopics,
    repartitionSinkTopics,
    stateChangelogTopics,
    repartitionSourceTopics,
  }
}

function encodeStreamsGroupDescribeResponseSubtopology(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseSubtopology,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.subtopologyId)
  writeStringArray(writer, flexible, message.sourceTopics)
  writeStringArray(writer, flexible, message.repartitionSinkTopics)
  encodeStreamsGroupDescribeResponseTopicInfoArray(writer, message.stateChangelogTopics, version)
  encodeStreamsGroupDescribeResponseTopicInfoArray(writer, message.repartitionSourceTopics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseTopicInfo(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseTopicInfo {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: number = reader.readInt32()
  const replicationFactor: number = reader.readInt16()
  const topicConfigs: StreamsGroupDescribeResponseKeyValue[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseKeyValueArray(reader, version),
    'TopicConfigs',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions, replicationFactor, topicConfigs }
}

function encodeStreamsGroupDescribeResponseTopicInfo(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseTopicInfo,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writer.writeInt32(message.partitions)
  writer.writeInt16(message.replicationFactor)
  encodeStreamsGroupDescribeResponseKeyValueArray(writer, message.topicConfigs, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseKeyValue(
  reader: ByteReader,
  _version: number,
): StreamsGroupDescribeResponseKeyValue {
  const flexible = true
  const key: string = notNull(reader, readString(reader, flexible), 'Key')
  const value: string = notNull(reader, readString(reader, flexible), 'Value')
  if (flexible) skipTaggedFields(reader)
  return { key, value }
}

function encodeStreamsGroupDescribeResponseKeyValue(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseKeyValue,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.key)
  writeString(writer, flexible, message.value)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseMember(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseMember {
  const flexible = true
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const memberEpoch: number = reader.readInt32()
  const instanceId: string | null = readString(reader, flexible)
  const rackId: string | null = readString(reader, flexible)
  const clientId: string = notNull(reader, readString(reader, flexible), 'ClientId')
  const clientHost: string = notNull(reader, readString(reader, flexible), 'ClientHost')
  const topologyEpoch: number = reader.readInt32()
  const processId: string = notNull(reader, readString(reader, flexible), 'ProcessId')
  const userEndpoint: StreamsGroupDescribeResponseEndpoint | null =
    reader.readInt8() < 0 ? null : decodeStreamsGroupDescribeResponseEndpoint(reader, version)
  const clientTags: StreamsGroupDescribeResponseKeyValue[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseKeyValueArray(reader, version),
    'ClientTags',
  )
  const taskOffsets: StreamsGroupDescribeResponseTaskOffset[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseTaskOffsetArray(reader, version),
    'TaskOffsets',
  )
  const taskEndOffsets: StreamsGroupDescribeResponseTaskOffset[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseTaskOffsetArray(reader, version),
    'TaskEndOffsets',
  )
  const assignment: StreamsGroupDescribeResponseAssignment =
    decodeStreamsGroupDescribeResponseAssignment(reader, version)
  const targetAssignment: StreamsGroupDescribeResponseAssignment =
    decodeStreamsGroupDescribeResponseAssignment(reader, version)
  const isClassic: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return {
    memberId,
    memberEpoch,
    instanceId,
    rackId,
    clientId,
    clientHost,
    topologyEpoch,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    assignment,
    targetAssignment,
    isClassic,
  }
}

function encodeStreamsGroupDescribeResponseMember(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseMember,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.memberId)
  writer.writeInt32(message.memberEpoch)
  if (message.instanceId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.instanceId)
  }
  if (message.rackId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.rackId)
  }
  writeString(writer, flexible, message.clientId)
  writeString(writer, flexible, message.clientHost)
  writer.writeInt32(message.topologyEpoch)
  writeString(writer, flexible, message.processId)
  if (message.userEndpoint === null) {
    writer.writeInt8(-1)
  } else {
    writer.writeInt8(1)
    encodeStreamsGroupDescribeResponseEndpoint(writer, message.userEndpoint, version)
  }
  encodeStreamsGroupDescribeResponseKeyValueArray(writer, message.clientTags, version)
  encodeStreamsGroupDescribeResponseTaskOffsetArray(writer, message.taskOffsets, version)
  encodeStreamsGroupDescribeResponseTaskOffsetArray(writer, message.taskEndOffsets, version)
  encodeStreamsGroupDescribeResponseAssignment(writer, message.assignment, version)
  encodeStreamsGroupDescribeResponseAssignment(writer, message.targetAssignment, version)
  writer.writeBoolean(message.isClassic)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseEndpoint(
  reader: ByteReader,
  _version: number,
): StreamsGroupDescribeResponseEndpoint {
  const flexible = true
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readUint16()
  if (flexible) skipTaggedFields(reader)
  return { host, port }
}

function encodeStreamsGroupDescribeResponseEndpoint(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseEndpoint,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.host)
  writer.writeUint16(message.port)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseTaskOffset(
  reader: ByteReader,
  _version: number,
): StreamsGroupDescribeResponseTaskOffset {
  const flexible = true
  const subtopologyId: string = notNull(reader, readString(reader, flexible), 'SubtopologyId')
  const partition: number = reader.readInt32()
  const offset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { subtopologyId, partition, offset }
}

function encodeStreamsGroupDescribeResponseTaskOffset(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseTaskOffset,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.subtopologyId)
  writer.writeInt32(message.partition)
  writer.writeInt64(message.offset)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseAssignment(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseAssignment {
  const flexible = true
  const activeTasks: StreamsGroupDescribeResponseTaskIds[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseTaskIdsArray(reader, version),
    'ActiveTasks',
  )
  const standbyTasks: StreamsGroupDescribeResponseTaskIds[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseTaskIdsArray(reader, version),
    'StandbyTasks',
  )
  const warmupTasks: StreamsGroupDescribeResponseTaskIds[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseTaskIdsArray(reader, version),
    'WarmupTasks',
  )
  if (flexible) skipTaggedFields(reader)
  return { activeTasks, standbyTasks, warmupTasks }
}

function encodeStreamsGroupDescribeResponseAssignment(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseAssignment,
  version: number,
): void {
  const flexible = true
  encodeStreamsGroupDescribeResponseTaskIdsArray(writer, message.activeTasks, version)
  encodeStreamsGroupDescribeResponseTaskIdsArray(writer, message.standbyTasks, version)
  encodeStreamsGroupDescribeResponseTaskIdsArray(writer, message.warmupTasks, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseTaskIds(
  reader: ByteReader,
  _version: number,
): StreamsGroupDescribeResponseTaskIds {
  const flexible = true
  const subtopologyId: string = notNull(reader, readString(reader, flexible), 'SubtopologyId')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { subtopologyId, partitions }
}

function encodeStreamsGroupDescribeResponseTaskIds(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseTaskIds,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.subtopologyId)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseTopologyDescription(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseTopologyDescription {
  const flexible = true
  const subtopologies: StreamsGroupDescribeResponseSubtopologyDescription[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseSubtopologyDescriptionArray(reader, version),
    'Subtopologies',
  )
  const globalStores: StreamsGroupDescribeResponseGlobalStoreDescription[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseGlobalStoreDescriptionArray(reader, version),
    'GlobalStores',
  )
  if (flexible) skipTaggedFields(reader)
  return { subtopologies, globalStores }
}

function encodeStreamsGroupDescribeResponseTopologyDescription(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseTopologyDescription,
  version: number,
): void {
  const flexible = true
  encodeStreamsGroupDescribeResponseSubtopologyDescriptionArray(
    writer,
    message.subtopologies,
    version,
  )
  encodeStreamsGroupDescribeResponseGlobalStoreDescriptionArray(
    writer,
    message.globalStores,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseSubtopologyDescription(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseSubtopologyDescription {
  const flexible = true
  const subtopologyId: string = notNull(reader, readString(reader, flexible), 'SubtopologyId')
  const nodes: StreamsGroupDescribeResponseTopologyNode[] = notNull(
    reader,
    decodeStreamsGroupDescribeResponseTopologyNodeArray(reader, version),
    'Nodes',
  )
  if (flexible) skipTaggedFields(reader)
  return { subtopologyId, nodes }
}

function encodeStreamsGroupDescribeResponseSubtopologyDescription(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseSubtopologyDescription,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.subtopologyId)
  encodeStreamsGroupDescribeResponseTopologyNodeArray(writer, message.nodes, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseTopologyNode(
  reader: ByteReader,
  _version: number,
): StreamsGroupDescribeResponseTopologyNode {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const nodeType: number = reader.readInt8()
  const sourceTopics: string[] = notNull(reader, readStringArray(reader, flexible), 'SourceTopics')
  const sinkTopic: string | null = readString(reader, flexible)
  const stores: string[] = notNull(reader, readStringArray(reader, flexible), 'Stores')
  const successors: string[] = notNull(reader, readStringArray(reader, flexible), 'Successors')
  if (flexible) skipTaggedFields(reader)
  return { name, nodeType, sourceTopics, sinkTopic, stores, successors }
}

function encodeStreamsGroupDescribeResponseTopologyNode(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseTopologyNode,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writer.writeInt8(message.nodeType)
  writeStringArray(writer, flexible, message.sourceTopics)
  if (message.sinkTopic === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.sinkTopic)
  }
  writeStringArray(writer, flexible, message.stores)
  writeStringArray(writer, flexible, message.successors)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseGlobalStoreDescription(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseGlobalStoreDescription {
  const flexible = true
  const source: StreamsGroupDescribeResponseTopologyNode =
    decodeStreamsGroupDescribeResponseTopologyNode(reader, version)
  const processor: StreamsGroupDescribeResponseTopologyNode =
    decodeStreamsGroupDescribeResponseTopologyNode(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { source, processor }
}

function encodeStreamsGroupDescribeResponseGlobalStoreDescription(
  writer: ByteWriter,
  message: StreamsGroupDescribeResponseGlobalStoreDescription,
  version: number,
): void {
  const flexible = true
  encodeStreamsGroupDescribeResponseTopologyNode(writer, message.source, version)
  encodeStreamsGroupDescribeResponseTopologyNode(writer, message.processor, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupDescribeResponseDescribedGroupArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseDescribedGroup[] | null {
  const count = readCount(reader, true, 20)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseDescribedGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseDescribedGroup(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseDescribedGroupArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseDescribedGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupDescribeResponseDescribedGroup(writer, element, version)
}

function decodeStreamsGroupDescribeResponseMemberArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseMember[] | null {
  const count = readCount(reader, true, 28)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseMember[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseMember(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseMemberArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseMember[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements) encodeStreamsGroupDescribeResponseMember(writer, element, version)
}

function decodeStreamsGroupDescribeResponseSubtopologyArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseSubtopology[] | null {
  const count = readCount(reader, true, 6)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseSubtopology[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseSubtopology(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseSubtopologyArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseSubtopology[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupDescribeResponseSubtopology(writer, element, version)
}

function decodeStreamsGroupDescribeResponseTopicInfoArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseTopicInfo[] | null {
  const count = readCount(reader, true, 9)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseTopicInfo[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseTopicInfo(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseTopicInfoArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseTopicInfo[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupDescribeResponseTopicInfo(writer, element, version)
}

function decodeStreamsGroupDescribeResponseKeyValueArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseKeyValue[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseKeyValue[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseKeyValue(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseKeyValueArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseKeyValue[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupDescribeResponseKeyValue(writer, element, version)
}

function decodeStreamsGroupDescribeResponseTaskOffsetArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseTaskOffset[] | null {
  const count = readCount(reader, true, 14)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseTaskOffset[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseTaskOffset(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseTaskOffsetArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseTaskOffset[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupDescribeResponseTaskOffset(writer, element, version)
}

function decodeStreamsGroupDescribeResponseTaskIdsArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseTaskIds[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseTaskIds[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseTaskIds(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseTaskIdsArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseTaskIds[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupDescribeResponseTaskIds(writer, element, version)
}

function decodeStreamsGroupDescribeResponseSubtopologyDescriptionArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseSubtopologyDescription[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseSubtopologyDescription[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseSubtopologyDescription(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseSubtopologyDescriptionArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseSubtopologyDescription[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupDescribeResponseSubtopologyDescription(writer, element, version)
}

function decodeStreamsGroupDescribeResponseGlobalStoreDescriptionArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseGlobalStoreDescription[] | null {
  const count = readCount(reader, true, 15)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseGlobalStoreDescription[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseGlobalStoreDescription(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseGlobalStoreDescriptionArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseGlobalStoreDescription[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupDescribeResponseGlobalStoreDescription(writer, element, version)
}

function decodeStreamsGroupDescribeResponseTopologyNodeArray(
  reader: ByteReader,
  version: number,
): StreamsGroupDescribeResponseTopologyNode[] | null {
  const count = readCount(reader, true, 7)
  if (count < 0) return null
  const elements: StreamsGroupDescribeResponseTopologyNode[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupDescribeResponseTopologyNode(reader, version))
  return elements
}

function encodeStreamsGroupDescribeResponseTopologyNodeArray(
  writer: ByteWriter,
  elements: StreamsGroupDescribeResponseTopologyNode[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupDescribeResponseTopologyNode(writer, element, version)
}
