/**
 * AlterReplicaLogDirs (API key 34), versions 1 to 2.
 *
 * Generated from definitions/34-alter-replica-log-dirs.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AlterReplicaLogDirsResponse {
  throttleTimeMs: number
  results: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  topicName: string
  partitions: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[]
}

export interface AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  partitionIndex: number
  errorCode: number
}

export function decodeAlterReplicaLogDirsResponse(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const results: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] = notNull(
    reader,
    decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, results }
}

export function encodeAlterReplicaLogDirsResponse(
  writer: ByteWriter,
  message: AlterReplicaLogDirsResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultArray(
    writer,
    message.results,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult {
  const flexible = version >= 2
  const topicName: string = notNull(reader, readString(reader, flexible), 'TopicName')
  const partitions: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] = notNull(
    reader,
    decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { topicName, partitions }
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(
  writer: ByteWriter,
  message: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.topicName)
  encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultArray(
    writer,
    message.partitions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult {
  const flexible = version >= 2
  const partitionIndex: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, errorCode }
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(
  writer: ByteWriter,
  message: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.partitionIndex)
  writer.writeInt16(message.errorCode)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultArray(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(reader, version))
  return elements
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResultArray(
  writer: ByteWriter,
  elements: AlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeAlterReplicaLogDirsResponseAlterReplicaLogDirTopicResult(writer, element, version)
}

function decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultArray(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] | null {
  const count = readCount(reader, version >= 2, 6)
  if (count < 0) return null
  const elements: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(
      decodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(reader, version),
    )
  return elements
}

function encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResultArray(
  writer: ByteWriter,
  elements: AlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeAlterReplicaLogDirsResponseAlterReplicaLogDirPartitionResult(writer, element, version)
}
