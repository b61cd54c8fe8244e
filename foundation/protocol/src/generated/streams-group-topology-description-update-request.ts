/**
 * StreamsGroupTopologyDescriptionUpdate (API key 93), versions 0 to 0.
 *
 * Generated from definitions/93-streams-group-topology-description-update.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readStringArray, writeStringArray } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface StreamsGroupTopologyDescriptionUpdateRequest {
  groupId: string
  memberId: string
  topologyEpoch: number
  topologyDescription: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescription
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyDescription {
  subtopologies: StreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription[]
  globalStores: StreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription[]
}

export interface StreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription {
  subtopologyId: string
  nodes: StreamsGroupTopologyDescriptionUpdateRequestTopologyNode[]
}

export interface StreamsGroupTopologyDescriptionUpdateRequestTopologyNode {
  name: string
  nodeType: number
  sourceTopics: string[]
  sinkTopic: string | null
  stores: string[]
  successors: string[]
}

export interface StreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription {
  source: StreamsGroupTopologyDescriptionUpdateRequestTopologyNode
  processor: StreamsGroupTopologyDescriptionUpdateRequestTopologyNode
}

export function decodeStreamsGroupTopologyDescriptionUpdateRequest(
  reader: ByteReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequest {
  const flexible = true
  const groupId: string = notNull(reader, readString(reader, flexible), 'GroupId')
  const memberId: string = notNull(reader, readString(reader, flexible), 'MemberId')
  const topologyEpoch: number = reader.readInt32()
  const topologyDescription: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescription =
    decodeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { groupId, memberId, topologyEpoch, topologyDescription }
}

export function encodeStreamsGroupTopologyDescriptionUpdateRequest(
  writer: ByteWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequest,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.groupId)
  writeString(writer, flexible, message.memberId)
  writer.writeInt32(message.topologyEpoch)
  encodeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(
    writer,
    message.topologyDescription,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(
  reader: ByteReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequestTopologyDescription {
  const flexible = true
  const subtopologies: StreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription[] =
    notNull(
      reader,
      decodeStreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescriptionArray(
        reader,
        version,
      ),
      'Subtopologies',
    )
  const globalStores: StreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription[] =
    notNull(
      reader,
      decodeStreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescriptionArray(
        reader,
        version,
      ),
      'GlobalStores',
    )
  if (flexible) skipTaggedFields(reader)
  return { subtopologies, globalStores }
}

function encodeStreamsGroupTopologyDescriptionUpdateRequestTopologyDescription(
  writer: ByteWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequestTopologyDescription,
  version: number,
): void {
  const flexible = true
  encodeStreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescriptionArray(
    writer,
    message.subtopologies,
    version,
  )
  encodeStreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescriptionArray(
    writer,
    message.globalStores,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription(
  reader: ByteReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription {
  const flexible = true
  const subtopologyId: string = notNull(reader, readString(reader, flexible), 'SubtopologyId')
  const nodes: StreamsGroupTopologyDescriptionUpdateRequestTopologyNode[] = notNull(
    reader,
    decodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNodeArray(reader, version),
    'Nodes',
  )
  if (flexible) skipTaggedFields(reader)
  return { subtopologyId, nodes }
}

function encodeStreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription(
  writer: ByteWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription,
  version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.subtopologyId)
  encodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNodeArray(
    writer,
    message.nodes,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNode(
  reader: ByteReader,
  _version: number,
): StreamsGroupTopologyDescriptionUpdateRequestTopologyNode {
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

function encodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNode(
  writer: ByteWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequestTopologyNode,
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

function decodeStreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription(
  reader: ByteReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription {
  const flexible = true
  const source: StreamsGroupTopologyDescriptionUpdateRequestTopologyNode =
    decodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNode(reader, version)
  const processor: StreamsGroupTopologyDescriptionUpdateRequestTopologyNode =
    decodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNode(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { source, processor }
}

function encodeStreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription(
  writer: ByteWriter,
  message: StreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription,
  version: number,
): void {
  const flexible = true
  encodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNode(writer, message.source, version)
  encodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNode(writer, message.processor, version)
  if (flexible) writer.writeUint8(0)
}

function decodeStreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescriptionArray(
  reader: ByteReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: StreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeStreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription(reader, version),
    )
  return elements
}

function encodeStreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescriptionArray(
  writer: ByteWriter,
  elements: StreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupTopologyDescriptionUpdateRequestSubtopologyDescription(
      writer,
      element,
      version,
    )
}

function decodeStreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescriptionArray(
  reader: ByteReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription[] | null {
  const count = readCount(reader, true, 15)
  if (count < 0) return null
  const elements: StreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeStreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription(reader, version),
    )
  return elements
}

function encodeStreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescriptionArray(
  writer: ByteWriter,
  elements: StreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupTopologyDescriptionUpdateRequestGlobalStoreDescription(
      writer,
      element,
      version,
    )
}

function decodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNodeArray(
  reader: ByteReader,
  version: number,
): StreamsGroupTopologyDescriptionUpdateRequestTopologyNode[] | null {
  const count = readCount(reader, true, 7)
  if (count < 0) return null
  const elements: StreamsGroupTopologyDescriptionUpdateRequestTopologyNode[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNode(reader, version))
  return elements
}

function encodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNodeArray(
  writer: ByteWriter,
  elements: StreamsGroupTopologyDescriptionUpdateRequestTopologyNode[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeStreamsGroupTopologyDescriptionUpdateRequestTopologyNode(writer, element, version)
}
