/**
 * DescribeLogDirs (API key 35), versions 1 to 5.
 *
 * Generated from definitions/35-describe-log-dirs.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount, readInt32Array, writeInt32Array } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeLogDirsRequest {
  topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null
}

export interface DescribeLogDirsRequestDescribableLogDirTopic {
  topic: string
  partitions: number[]
}

export function decodeDescribeLogDirsRequest(
  reader: ByteReader,
  version: number,
): DescribeLogDirsRequest {
  const flexible = version >= 2
  const topics: DescribeLogDirsRequestDescribableLogDirTopic[] | null =
    decodeDescribeLogDirsRequestDescribableLogDirTopicArray(reader, version)
  if (flexible) skipTaggedFields(reader)
  return { topics }
}

export function encodeDescribeLogDirsRequest(
  writer: ByteWriter,
  message: DescribeLogDirsRequest,
  version: number,
): void {
  const flexible = version >= 2
  if (message.topics === null) {
    writeCount(writer, flexible, -1)
  } else {
    encodeDescribeLogDirsRequestDescribableLogDirTopicArray(writer, message.topics, version)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeLogDirsRequestDescribableLogDirTopic(
  reader: ByteReader,
  version: number,
): DescribeLogDirsRequestDescribableLogDirTopic {
  const flexible = version >= 2
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  if (flexible) skipTaggedFields(reader)
  return { topic, partitions }
}

function encodeDescribeLogDirsRequestDescribableLogDirTopic(
  writer: ByteWriter,
  message: DescribeLogDirsRequestDescribableLogDirTopic,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.topic)
  writeInt32Array(writer, flexible, message.partitions)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeLogDirsRequestDescribableLogDirTopicArray(
  reader: ByteReader,
  version: number,
): DescribeLogDirsRequestDescribableLogDirTopic[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: DescribeLogDirsRequestDescribableLogDirTopic[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeLogDirsRequestDescribableLogDirTopic(reader, version))
  return elements
}

function encodeDescribeLogDirsRequestDescribableLogDirTopicArray(
  writer: ByteWriter,
  elements: DescribeLogDirsRequestDescribableLogDirTopic[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeDescribeLogDirsRequestDescribableLogDirTopic(writer, element, version)
}
