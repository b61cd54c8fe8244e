/**
 * AlterReplicaLogDirs (API key 34), versions 1 to 2.
 *
 * Generated from definitions/34-alter-replica-log-dirs.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AlterReplicaLogDirsRequest {
  dirs: AlterReplicaLogDirsRequestAlterReplicaLogDir[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDir {
  path: string
  topics: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[]
}

export interface AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  name: string
  partitions: number[]
}

export function decodeAlterReplicaLogDirsRequest(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsRequest {
  const flexible = version >= 2
  const dirs: AlterReplicaLogDirsRequestAlterReplicaLogDir[] = notNull(
    reader,
    decodeAlterReplicaLogDirsRequestAlterReplicaLogDirArray(reader, version),
    'Dirs',
  )
  if (flexible) skipTaggedFields(reader)
  return { dirs }
}

export function encodeAlterReplicaLogDirsRequest(
  writer: ByteWriter,
  message: AlterReplicaLogDirsRequest,
  version: number,
): void {
  const flexible = version >= 2
  encodeAlterReplicaLogDirsRequestAlterReplicaLogDirArray(writer, message.dirs, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDir(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsRequestAlterReplicaLogDir {
  const flexible = version >= 2
  const path: string = notNull(reader, readString(reader, flexible), 'Path')
  const topics: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] = notNull(
    reader,
    decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopicArray(reader, version),
    'Topics',
  )
  if (flexible) skipTaggedFields(reader)
  return { path, topics }
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDir(
  writer: ByteWriter,
  message: AlterReplicaLogDirsRequestAlterReplicaLogDir,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.path)
  encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopicArray(writer, message.topics, version)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic {
  const flexible = version >= 2
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(
  writer: ByteWriter,
  message: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.name)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirArray(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsRequestAlterReplicaLogDir[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: AlterReplicaLogDirsRequestAlterReplicaLogDir[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterReplicaLogDirsRequestAlterReplicaLogDir(reader, version))
  return elements
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDirArray(
  writer: ByteWriter,
  elements: AlterReplicaLogDirsRequestAlterReplicaLogDir[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeAlterReplicaLogDirsRequestAlterReplicaLogDir(writer, element, version)
}

function decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopicArray(
  reader: ByteReader,
  version: number,
): AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(reader, version))
  return elements
}

function encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopicArray(
  writer: ByteWriter,
  elements: AlterReplicaLogDirsRequestAlterReplicaLogDirTopic[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeAlterReplicaLogDirsRequestAlterReplicaLogDirTopic(writer, element, version)
}
