/**
 * ConsumerProtocolSubscription, versions 0 to 3.
 *
 * Generated from definitions/internal/consumer-protocol-subscription.api; do not edit.
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
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'

export interface ConsumerProtocolSubscription {
  topics: string[]
  userData: Buffer | null
  /** Where version >= 1. */
  ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[]
  /** Where version >= 2. */
  generationId: number
  /** Where version >= 3. */
  rackId: string | null
}

export interface ConsumerProtocolSubscriptionTopicPartition {
  topic: string
  partitions: number[]
}

export function decodeConsumerProtocolSubscription(
  reader: ByteReader,
  version: number,
): ConsumerProtocolSubscription {
  const flexible = false
  const topics: string[] = notNull(reader, readStringArray(reader, flexible), 'Topics')
  const userData: Buffer | null = readBytes(reader, flexible)
  const ownedPartitions: ConsumerProtocolSubscriptionTopicPartition[] =
    version >= 1
      ? notNull(
          reader,
          decodeConsumerProtocolSubscriptionTopicPartitionArray(reader, version),
          'OwnedPartitions',
        )
      : []
  const generationId: number = version >= 2 ? reader.readInt32() : -1
  const rackId: string | null = version >= 3 ? readString(reader, flexible) : null
  return { topics, userData, ownedPartitions, generationId, rackId }
}

export function encodeConsumerProtocolSubscription(
  writer: ByteWriter,
  message: ConsumerProtocolSubscription,
  version: number,
): void {
  const flexible = false
  writeStringArray(writer, flexible, message.topics)
  if (message.userData === null) {
    writeCount(writer, flexible, -1)
  } else {
    writeBytes(writer, flexible, message.userData)
  }
  if (version >= 1) {
    encodeConsumerProtocolSubscriptionTopicPartitionArray(writer, message.ownedPartitions, version)
  }
  if (version >= 2) {
    writer.writeInt32(message.generationId)
  }
  if (version >= 3) {
    if (message.rackId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.rackId)
    }
  }
}

function decodeConsumerProtocolSubscriptionTopicPartition(
  reader: ByteReader,
  _version: number,
): ConsumerProtocolSubscriptionTopicPartition {
  const flexible = false
  const topic: string = notNull(reader, readString(reader, flexible), 'Topic')
  const partitions: number[] = notNull(reader, readInt32Array(reader, flexible), 'Partitions')
  return { topic, partitions }
}

function encodeConsumerProtocolSubscriptionTopicPartition(
  writer: ByteWriter,
  message: ConsumerProtocolSubscriptionTopicPartition,
  _version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.topic)
  writeInt32Array(writer, flexible, message.partitions)
}

function decodeConsumerProtocolSubscriptionTopicPartitionArray(
  reader: ByteReader,
  version: number,
): ConsumerProtocolSubscriptionTopicPartition[] | null {
  const count = readCount(reader, false, 6)
  if (count < 0) return null
  const elements: ConsumerProtocolSubscriptionTopicPartition[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeConsumerProtocolSubscriptionTopicPartition(reader, version))
  return elements
}

function encodeConsumerProtocolSubscriptionTopicPartitionArray(
  writer: ByteWriter,
  elements: ConsumerProtocolSubscriptionTopicPartition[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements)
    encodeConsumerProtocolSubscriptionTopicPartition(writer, element, version)
}
