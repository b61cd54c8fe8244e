/**
 * What members of a classic group say to each other through the coordinator, which passes it on unread.
 *
 *   metadata    version int16, ConsumerProtocolSubscription   in JoinGroup, for the leader
 *   assignment  version int16, ConsumerProtocolAssignment     in SyncGroup, from the leader
 *
 * Newer versions only add fields at the end, so whoever knows fewer reads what it knows.
 */
import { ByteReader, ByteWriter, MalformedError } from '@ottla/base'
import {
  decodeConsumerProtocolAssignment,
  encodeConsumerProtocolAssignment,
} from '@ottla/protocol/consumer-protocol-assignment'
import {
  decodeConsumerProtocolSubscription,
  encodeConsumerProtocolSubscription,
} from '@ottla/protocol/consumer-protocol-subscription'
import type { TopicPartition } from '../../../topic-partition.ts'
import { byTopic } from '../partition-set.ts'
import type { MemberSubscription } from '../assignors/assignor.ts'

const NEWEST = 3

export type OwnSubscription = Omit<MemberSubscription, 'groupInstanceId' | 'memberId'>

export function encodeSubscription(own: OwnSubscription): Buffer {
  const writer = new ByteWriter()
  writer.writeInt16(NEWEST)
  const message = {
    topics: [...own.topics],
    userData: own.userData,
    ownedPartitions: grouped(own.ownedPartitions),
    generationId: own.generationId,
    rackId: own.rack,
  }
  encodeConsumerProtocolSubscription(writer, message, NEWEST)
  return writer.finishJoined()
}

export function decodeSubscription(metadata: Buffer): OwnSubscription {
  const reader = new ByteReader(metadata)
  const message = decodeConsumerProtocolSubscription(reader, readVersion(reader))
  const { topics, userData, generationId, rackId: rack } = message
  const ownedPartitions = flat(message.ownedPartitions)
  return { topics, userData, ownedPartitions, generationId, rack }
}

export function encodeAssignment(partitions: readonly TopicPartition[]): Buffer {
  const writer = new ByteWriter()
  writer.writeInt16(NEWEST)
  const message = { assignedPartitions: grouped(partitions), userData: null }
  encodeConsumerProtocolAssignment(writer, message, NEWEST)
  return writer.finishJoined()
}

/** No bytes are no partitions: the leader did not know this member. */
export function decodeAssignment(assignment: Buffer): TopicPartition[] {
  if (assignment.length === 0) return []
  const reader = new ByteReader(assignment)
  return flat(decodeConsumerProtocolAssignment(reader, readVersion(reader)).assignedPartitions)
}

function readVersion(reader: ByteReader): number {
  const version = reader.readInt16()
  if (version < 0) throw new MalformedError(`version ${version} of a subscription`, 0)
  return Math.min(version, NEWEST)
}

interface TopicPartitions {
  topic: string
  partitions: number[]
}

function grouped(partitions: readonly TopicPartition[]): TopicPartitions[] {
  return [...byTopic(partitions)].map(([topic, own]) => ({
    topic,
    partitions: own.map(({ partition }) => partition),
  }))
}

function flat(topics: readonly TopicPartitions[]): TopicPartition[] {
  return topics.flatMap(({ topic, partitions }) =>
    partitions.map((partition) => ({ topic, partition })),
  )
}
