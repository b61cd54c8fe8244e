/**
 * DescribeLogDirs (API key 35), versions 1 to 5.
 *
 * Generated from definitions/35-describe-log-dirs.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeLogDirsResponse {
  throttleTimeMs: number
  /** Where version >= 3. */
  errorCode: number
  results: DescribeLogDirsResponseDescribeLogDirsResult[]
}

export interface DescribeLogDirsResponseDescribeLogDirsResult {
  errorCode: number
  logDir: string
  topics: DescribeLogDirsResponseDescribeLogDirsTopic[]
  /** Where version >= 4. */
  totalBytes: number
  /** Where version >= 4. */
  usableBytes: number
  /** Where version >= 5. */
  isCordoned: boolean
}

export interface DescribeLogDirsResponseDescribeLogDirsTopic {
  name: string
  partitions: DescribeLogDirsResponseDescribeLogDirsPartition[]
}

export interface DescribeLogDirsResponseDescribeLogDirsPartition {
  partitionIndex: number
  partitionSize: number
  offsetLag: number
  isFutureKey: boolean
}

export function decodeDescribeLogDirsResponse(
  reader: ByteReader,
  version: number,
): DescribeLogDirsResponse {
  const flexible = version >= 2
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = version >= 3 ? reader.readInt16() : 0
  const results: DescribeLogDirsResponseDescribeLogDirsResult[] = notNull(
    reader,
    decodeDescribeLogDirsResponseDescribeLogDirsResultArray(reader, version),
    'Results',
  )
  if (flexible) skipTaggedFields(reader)
  return { throttleTimeMs, errorCode, results }
}

export function encodeDescribeLogDirsResponse(
  writer: ByteWriter,
  message: DescribeLogDirsResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.throttleTimeMs)
  if (version >= 3) {
    writer.writeInt16(message.errorCode)
  }
  encodeDescribeLogDirsResponseDescribeLogDirsResultArray(writer, message.results, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeLogDirsResponseDescribeLogDirsResult(
  reader: ByteReader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsResult {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const logDir: string = notNull(reader, readString(reader, flexible), 'LogDir')
  const topics: DescribeLogDirsResponseDescribeLogDirsTopic[] = notNull(
    reader,
    decodeDescribeLogDirsResponseDescribeLogDirsTopicArray(reader, version),
    'Topics',
  )
  const totalBytes: number = version >= 4 ? reader.readInt64() : -1
  const usableBytes: number = version >= 4 ? reader.readInt64() : -1
  const isCordoned: boolean = version >= 5 ? reader.readBoolean() : false
  if (flexible) skipTaggedFields(reader)
  return { errorCode, logDir, topics, totalBytes, usableBytes, isCordoned }
}

function encodeDescribeLogDirsResponseDescribeLogDirsResult(
  writer: ByteWriter,
  message: DescribeLogDirsResponseDescribeLogDirsResult,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt16(message.errorCode)
  writeString(writer, flexible, message.logDir)
  encodeDescribeLogDirsResponseDescribeLogDirsTopicArray(writer, message.topics, version)
  if (version >= 4) {
    writer.writeInt64(message.totalBytes)
  }
  if (version >= 4) {
    writer.writeInt64(message.usableBytes)
  }
  if (version >= 5) {
    writer.writeBoolean(message.isCordoned)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeLogDirsResponseDescribeLogDirsTopic(
  reader: ByteReader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsTopic {
  const flexible = version >= 2
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const partitions: DescribeLogDirsResponseDescribeLogDirsPartition[] = notNull(
    reader,
    decodeDescribeLogDirsResponseDescribeLogDirsPartitionArray(reader, version),
    'Partitions',
  )
  if (flexible) skipTaggedFields(reader)
  return { name, partitions }
}

function encodeDescribeLogDirsResponseDescribeLogDirsTopic(
  writer: ByteWriter,
  message: DescribeLogDirsResponseDescribeLogDirsTopic,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.name)
  encodeDescribeLogDirsResponseDescribeLogDirsPartitionArray(writer, message.partitions, version)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeLogDirsResponseDescribeLogDirsPartition(
  reader: ByteReader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsPartition {
  const flexible = version >= 2
  const partitionIndex: number = reader.readInt32()
  const partitionSize: number = reader.readInt64()
  const offsetLag: number = reader.readInt64()
  const isFutureKey: boolean = reader.readBoolean()
  if (flexible) skipTaggedFields(reader)
  return { partitionIndex, partitionSize, offsetLag, isFutureKey }
}

function encodeDescribeLogDirsResponseDescribeLogDirsPartition(
  writer: ByteWriter,
  message: DescribeLogDirsResponseDescribeLogDirsPartition,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt32(message.partitionIndex)
  writer.writeInt64(message.partitionSize)
  writer.writeInt64(message.offsetLag)
  writer.writeBoolean(message.isFutureKey)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeLogDirsResponseDescribeLogDirsResultArray(
  reader: ByteReader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsResult[] | null {
  const count = readCount(reader, version >= 2, 5)
  if (count < 0) return null
  const elements: DescribeLogDirsResponseDescribeLogDirsResult[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeLogDirsResponseDescribeLogDirsResult(reader, version))
  return elements
}

function encodeDescribeLogDirsResponseDescribeLogDirsResultArray(
  writer: ByteWriter,
  elements: DescribeLogDirsResponseDescribeLogDirsResult[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDescribeLogDirsResponseDescribeLogDirsResult(writer, element, version)
}

function decodeDescribeLogDirsResponseDescribeLogDirsTopicArray(
  reader: ByteReader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsTopic[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: DescribeLogDirsResponseDescribeLogDirsTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeLogDirsResponseDescribeLogDirsTopic(reader, version))
  return elements
}

function encodeDescribeLogDirsResponseDescribeLogDirsTopicArray(
  writer: ByteWriter,
  elements: DescribeLogDirsResponseDescribeLogDirsTopic[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDescribeLogDirsResponseDescribeLogDirsTopic(writer, element, version)
}

function decodeDescribeLogDirsResponseDescribeLogDirsPartitionArray(
  reader: ByteReader,
  version: number,
): DescribeLogDirsResponseDescribeLogDirsPartition[] | null {
  const count = readCount(reader, version >= 2, 21)
  if (count < 0) return null
  const elements: DescribeLogDirsResponseDescribeLogDirsPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeLogDirsResponseDescribeLogDirsPartition(reader, version))
  return elements
}

function encodeDescribeLogDirsResponseDescribeLogDirsPartitionArray(
  writer: ByteWriter,
  elements: DescribeLogDirsResponseDescribeLogDirsPartition[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDescribeLogDirsResponseDescribeLogDirsPartition(writer, element, version)
}
