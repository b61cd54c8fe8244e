/**
 * StreamsGroupHeartbeat (API key 88), versions 0 to 1.
 *
 * Generated from definitions/88-streams-group-heartbeat.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import {
  readCount,
  writeCount,
  readInt16Array,
  writeInt16Array,
  readInt32Array,
  writeInt32Array,
  readStringArray,
  writeStringArray,
} from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface StreamsGroupHeartbeatRequest {
  groupId: string
  memberId: string
  memberEpoch: number
  endpointInformationEpoch: number
  instanceId: string | null
  rackId: string | null
  rebalanceTimeoutMs: number
  topology: StreamsGroupHeartbeatRequestTopology | null
  activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null
  standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null
  warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null
  processId: string | null
  userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null
  clientTags: StreamsGroupHeartbeatRequestKeyValue[] | null
  taskOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null
  taskEndOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null
  shutdownApplication: boolean
}

export interface StreamsGroupHeartbeatRequestTopology {
  epoch: number
  subtopologies: StreamsGroupHeartbeatRequestSubtopology[]
}

export interface StreamsGroupHeartbeatRequestSubtopology {
  subtopologyId: string
  sourceTopics: string[]
  sourceTopicRegex: string[]
  stateChangelogTopics: StreamsGroupHeartbeatRequestTopicInfo[]
  repartitionSinkTopics: string[]
  repartitionSourceTopics: StreamsGroupHeartbeatRequestTopicInfo[]
  copartitionGroups: StreamsGroupHeartbeatRequestCopartitionGroup[]
}

export interface StreamsGroupHeartbeatRequestTopicInfo {
  name: string
  partitions: number
  replicationFactor: number
  topicConfigs: StreamsGroupHeartbeatRequestKeyValue[]
}

export interface StreamsGroupHeartbeatRequestKeyValue {
  key: string
  value: string
}

export interface StreamsGroupHeartbeatRequestCopartitionGroup {
  sourceTopics: number[]
  sourceTopicRegex: number[]
  repartitionSourceTopics: number[]
}

export interface StreamsGroupHeartbeatRequestTaskIds {
  subtopologyId: string
  partitions: number[]
}

export interface StreamsGroupHeartbeatRequestEndpoint {
  host: string
  port: number
}

export interface StreamsGroupHeartbeatRequestTaskOffset {
  subtopologyId: string
  partition: number
  offset: number
}

export function decodeStreamsGroupHeartbeatRequest(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const memberEpoch: number = reader.readInt32()
  const endpointInformationEpoch: number = reader.readInt32()
  const instanceId: string | null = readString(reader, flexible)
  const rackId: string | null = readString(reader, flexible)
  const rebalanceTimeoutMs: number = reader.readInt32()
  const topology: StreamsGroupHeartbeatRequestTopology | null =
    reader.readInt8() < 0 ? null : decodeStreamsGroupHeartbeatRequestTopology(reader, version)
  const activeTasks: StreamsGroupHeartbeatRequestTaskIds[] | null =
    decodeStreamsGroupHeartbeatRequestTaskIdsArray(reader, version)
  const standbyTasks: StreamsGroupHeartbeatRequestTaskIds[] | null =
    decodeStreamsGroupHeartbeatRequestTaskIdsArray(reader, version)
  const warmupTasks: StreamsGroupHeartbeatRequestTaskIds[] | null =
    decodeStreamsGroupHeartbeatRequestTaskIdsArray(reader, version)
  const processId: string | null = readString(reader, flexible)
  const userEndpoint: StreamsGroupHeartbeatRequestEndpoint | null =
    reader.readInt8() < 0 ? null : decodeStreamsGroupHeartbeatRequestEndpoint(reader, version)
  const clientTags: StreamsGroupHeartbeatRequestKeyValue[] | null =
    decodeStreamsGroupHeartbeatRequestKeyValueArray(reader, version)
  const taskOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null =
    decodeStreamsGroupHeartbeatRequestTaskOffsetArray(reader, version)
  const taskEndOffsets: StreamsGroupHeartbeatRequestTaskOffset[] | null =
    decodeStreamsGroupHeartbeatRequestTaskOffsetArray(reader, version)
  const shutdownApplication: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return {
    groupId,
    memberId,
    memberEpoch,
    endpointInformationEpoch,
    instanceId,
    rackId,
    rebalanceTimeoutMs,
    topology,
    activeTasks,
    standbyTasks,
    warmupTasks,
    processId,
    userEndpoint,
    clientTags,
    taskOffsets,
    taskEndOffsets,
    shutdownApplication,
  }
}

export function encodeStreamsGroupHeartbeatRequest(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  writeString(writer, flexible, message.memberId)
  writer.writeInt32(message.memberEpoch)
  writer.writeInt32(message.endpointInformationEpoch)
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
  writer.writeInt32(message.rebalanceTimeoutMs)
  if (message.topology === null) {
    writer.writeInt8(-1)
  } else {
    writer.writeInt8(1)
    encodeStreamsGroupHeartbeatRequestTopology(writer, message.topology, version)
  }
  if (message.activeTasks === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatRequestTaskIdsArray(writer, message.activeTasks, version)
  }
  if (message.standbyTasks === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatRequestTaskIdsArray(writer, message.standbyTasks, version)
  }
  if (message.warmupTasks === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatRequestTaskIdsArray(writer, message.warmupTasks, version)
  }
  if (message.processId === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.processId)
  }
  if (message.userEndpoint === null) {
    writer.writeInt8(-1)
  } else {
    writer.writeInt8(1)
    encodeStreamsGroupHeartbeatRequestEndpoint(writer, message.userEndpoint, version)
  }
  if (message.clientTags === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatRequestKeyValueArray(writer, message.clientTags, version)
  }
  if (message.taskOffsets === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatRequestTaskOffsetArray(writer, message.taskOffsets, version)
  }
  if (message.taskEndOffsets === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeStreamsGroupHeartbeatRequestTaskOffsetArray(writer, message.taskEndOffsets, version)
  }
  writer.writeBoolean(message.shutdownApplication)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatRequestTopology(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequestTopology {
  const flexible = true
  const epoch: number = reader.readInt32()
  const subtopologies: StreamsGroupHeartbeatRequestSubtopology[] = notNull(
    reader,
    decodeStreamsGroupHeartbeatRequestSubtopologyArray(reader, version),
    'Subtopologies',
  )
  if (flexible) skipTaggedFields(reader)
  return { epoch, subtopologies }
}

function encodeStreamsGroupHeartbeatRequestTopology(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatRequestTopology,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.epoch)
  encodeStreamsGroupHeartbeatRequestSubtopologyArray(writer, message.subtopologies, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatRequestSubtopology(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequestSubtopology {
  const flexible = true
  const subtopologyId: string = notNull(reader, readString(reader, flexible), 'SubtopologyId')
  const sourceTopics: string[] = notNull(reader, readStringArray(reader, flexible), 'SourceTopics')
  const sourceTopicRegex: string[] = notNull(
    reader,
    readStringArray(reader, flexible),
    'SourceTopicRegex',
  )
  const stateChangelogTopics: StreamsGroupHeartbeatRequestTopicInfo[] = notNull(
    reader,
    decodeStreamsGroupHeartbeatRequestTopicInfoArray(reader, version),
    'StateChangelogTopics',
  )
  const repartitionSinkTopics: string[] = notNull(
    reader,
    readStringArray(reader, flexible),
    'RepartitionSinkTopics',
  )
  const repartitionSourceTopics: StreamsGroupHeartbeatRequestTopicInfo[] = notNull(
    reader,
    decodeStreamsGroupHeartbeatRequestTopicInfoArray(reader, version),
    'RepartitionSourceTopics',
  )
  const copartitionGroups: StreamsGroupHeartbeatRequestCopartitionGroup[] = notNull(
    reader,
    decodeStreamsGroupHeartbeatRequestCopartitionGroupArray(reader, version),
    'CopartitionGroups',
  )
  if (flexible) skipTaggedFields(reader)
  return {
    subtopologyId,
    sourceTopics,
    sourceTopicRegex,
    stateChangelogTopics,
    repartitionSinkTopics,
    repartitionSourceTopics,
    copartitionGroups,
  }
}

function encodeStreamsGroupHeartbeatRequestSubtopology(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatRequestSubtopology,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.subtopologyId)
  writeStringArray(writer, flexible, message.sourceTopics)
  writeStringArray(writer, flexible, message.sourceTopicRegex)
  encodeStreamsGroupHeartbeatRequestTopicInfoArray(writer, message.stateChangelogTopics, version)
  writeStringArray(writer, flexible, message.repartitionSinkTopics)
  encodeStreamsGroupHeartbeatRequestTopicInfoArray(writer, message.repartitionSourceTopics, version)
  encodeStreamsGroupHeartbeatRequestCopartitionGroupArray(
    writer,
    message.copartitionGroups,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatRequestTopicInfo(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequestTopicInfo {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: number = reader.readInt32()
  const replicationFactor: number = reader.readInt16()
  const topicConfigs: StreamsGroupHeartbeatRequestKeyValue[] = notNull(
    reader,
    decodeStreamsGroupHeartbeatRequestKeyValueArray(reader, version),
    'TopicConfigs',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions, replicationFactor, topicConfigs }
}

function encodeStreamsGroupHeartbeatRequestTopicInfo(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatRequestTopicInfo,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writer.writeInt32(message.partitions)
  writer.writeInt16(message.replicationFactor)
  encodeStreamsGroupHeartbeatRequestKeyValueArray(writer, message.topicConfigs, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatRequestKeyValue(
  reader: ByteReader,
  _version: number,
): StreamsGroupHeartbeatRequestKeyValue {
  const flexible = true
  const key: string = notNull(reader, readString(reader, flexible), 'Key')
  const value: string = notNull(reader, readString(reader, flexible), 'Value')
  if (flexible) skipTaggedFields(reader)
  return { key, value }
}

function encodeStreamsGroupHeartbeatRequestKeyValue(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatRequestKeyValue,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.key)
  writeString(writer, flexible, message.value)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatRequestCopartitionGroup(
  reader: ByteReader,
  _version: number,
): StreamsGroupHeartbeatRequestCopartitionGroup {
  const flexible = true
  const sourceTopics: number[] = notNull(reader, readInt16Array(reader, flexible), 'SourceTopics')
  const sourceTopicRegex: number[] = notNull(
    reader,
    readInt16Array(reader, flexible),
    'SourceTopicRegex',
  )
  const repartitionSourceTopics: number[] = notNull(
    reader,
    readInt16Array(reader, flexible),
    'RepartitionSourceTopics',
  )
  if (flexible) skipTaggedFields(reader)
  return { sourceTopics, sourceTopicRegex, repartitionSourceTopics }
}

function encodeStreamsGroupHeartbeatRequestCopartitionGroup(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatRequestCopartitionGroup,
  _version: number,
): void {
  const flexible = true
  writeInt16Array(writer, flexible, message.sourceTopics)
  writeInt16Array(writer, flexible, message.sourceTopicRegex)
  writeInt16Array(writer, flexible, message.repartitionSourceTopics)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatRequestTaskIds(
  reader: ByteReader,
  _version: number,
): StreamsGroupHeartbeatRequestTaskIds {
  const flexible = true
  const subtopologyId: string = notNull(reader, readString(reader, flexible), 'SubtopologyId')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { subtopologyId, partitions }
}

function encodeStreamsGroupHeartbeatRequestTaskIds(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatRequestTaskIds,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.subtopologyId)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatRequestEndpoint(
  reader: ByteReader,
  _version: number,
): StreamsGroupHeartbeatRequestEndpoint {
  const flexible = true
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readUint16()
  if (flexible) skipTaggedFields(reader)
  return { host, port }
}

function encodeStreamsGroupHeartbeatRequestEndpoint(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatRequestEndpoint,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.host)
  writer.writeUint16(message.port)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatRequestTaskOffset(
  reader: ByteReader,
  _version: number,
): StreamsGroupHeartbeatRequestTaskOffset {
  const flexible = true
  const subtopologyId: string = notNull(reader, readString(reader, flexible), 'SubtopologyId')
  const partition: number = reader.readInt32()
  const offset: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { subtopologyId, partition, offset }
}

function encodeStreamsGroupHeartbeatRequestTaskOffset(
  writer: ByteWriter,
  message: StreamsGroupHeartbeatRequestTaskOffset,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.subtopologyId)
  writer.writeInt32(message.partition)
  writer.writeInt64(message.offset)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupHeartbeatRequestTaskIdsArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequestTaskIds[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatRequestTaskIds[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatRequestTaskIds(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatRequestTaskIdsArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatRequestTaskIds[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatRequestTaskIds(writer, element, version)
}

function decodeStreamsGroupHeartbeatRequestKeyValueArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequestKeyValue[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatRequestKeyValue[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatRequestKeyValue(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatRequestKeyValueArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatRequestKeyValue[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatRequestKeyValue(writer, element, version)
}

function decodeStreamsGroupHeartbeatRequestTaskOffsetArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequestTaskOffset[] | null {
  const count = readCount(reader, true, 14)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatRequestTaskOffset[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatRequestTaskOffset(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatRequestTaskOffsetArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatRequestTaskOffset[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatRequestTaskOffset(writer, element, version)
}

function decodeStreamsGroupHeartbeatRequestSubtopologyArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequestSubtopology[] | null {
  const count = readCount(reader, true, 8)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatRequestSubtopology[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatRequestSubtopology(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatRequestSubtopologyArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatRequestSubtopology[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatRequestSubtopology(writer, element, version)
}

function decodeStreamsGroupHeartbeatRequestTopicInfoArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequestTopicInfo[] | null {
  const count = readCount(reader, true, 9)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatRequestTopicInfo[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatRequestTopicInfo(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatRequestTopicInfoArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatRequestTopicInfo[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatRequestTopicInfo(writer, element, version)
}

function decodeStreamsGroupHeartbeatRequestCopartitionGroupArray(
  reader: ByteReader,
  version: number,
): StreamsGroupHeartbeatRequestCopartitionGroup[] | null {
  const count = readCount(reader, true, 4)
  if (count < 0) return null
  const elements: StreamsGroupHeartbeatRequestCopartitionGroup[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupHeartbeatRequestCopartitionGroup(reader, version))
  return elements
}

function encodeStreamsGroupHeartbeatRequestCopartitionGroupArray(
  writer: ByteWriter,
  elements: StreamsGroupHeartbeatRequestCopartitionGroup[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupHeartbeatRequestCopartitionGroup(writer, element, version)
}
