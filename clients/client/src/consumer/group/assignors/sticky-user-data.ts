/**
 * What sticky members tell the leader in the subscription's user data, as Java's assignors write it.
 *
 *   sticky              [ topic, [ partition ] ], generation    (without the generation before 2.3)
 *   cooperative-sticky  generation
 */
import { ByteReader, ByteWriter, MalformedError } from '@ottla/base'
import type { TopicPartition } from '../../../topic-partition.ts'
import { byTopic } from '../partition-set.ts'
import type { LastAssignment } from './assignor.ts'
import type { Claim } from './balance-partitions.ts'

const INT32_BYTES = 4
/** A name of no bytes and a list of none. */
const TOPIC_BYTES_MIN = 6
const NOTHING: Claim = { partitions: [], generationId: -1 }

export function encodeStickyUserData({ partitions, generationId }: LastAssignment): Buffer {
  const writer = new ByteWriter()
  const topics = byTopic(partitions)
  writer.writeInt32(topics.size)
  for (const [topic, own] of topics) {
    const byteCount = Buffer.byteLength(topic)
    writer.writeInt16(byteCount)
    writer.writeUtf8(topic, byteCount)
    writer.writeInt32(own.length)
    for (const { partition } of own) writer.writeInt32(partition)
  }
  writer.writeInt32(generationId)
  return writer.finishJoined()
}

/** Bytes that make no sense claim nothing: the leader must not fail for one odd member. */
export function decodeStickyUserData(userData: Buffer | null): Claim {
  if (userData === null || userData.length === 0) return NOTHING
  const reader = new ByteReader(userData)
  try {
    const partitions: TopicPartition[] = []
    const topicCount = reader.checkCount(reader.readInt32(), TOPIC_BYTES_MIN)
    for (let i = 0; i < topicCount; i++) {
      const topic = reader.readUtf8(reader.checkCount(reader.readInt16(), 1))
      const count = reader.checkCount(reader.readInt32(), INT32_BYTES)
      for (let j = 0; j < count; j++) partitions.push({ topic, partition: reader.readInt32() })
    }
    return { partitions, generationId: reader.remaining >= INT32_BYTES ? reader.readInt32() : -1 }
  } catch (error) {
    if (error instanceof MalformedError) return NOTHING
    throw error
  }
}

export function encodeGeneration(generationId: number): Buffer {
  const bytes = Buffer.alloc(INT32_BYTES)
  bytes.writeInt32BE(generationId)
  return bytes
}

export function decodeGeneration(userData: Buffer | null): number {
  return userData === null || userData.length < INT32_BYTES ? -1 : userData.readInt32BE(0)
}
