/**
 * `partition.metadata`: which topic a directory belongs to, so that the data of a deleted topic is
 * never taken for that of a new one with the same name (KIP-516).
 *
 *   version: 0
 *   topic_id: <22 characters of base64>
 */
import { uuid, type Uuid } from '@ottla/base'

export const PARTITION_METADATA_FILE = 'partition.metadata'

export function encodePartitionMetadata(topicId: Uuid): Buffer {
  return Buffer.from(`version: 0\ntopic_id: ${topicId}`)
}

export function decodePartitionMetadata(bytes: Buffer): Uuid | undefined {
  const match = /^version: 0\r?\ntopic_id: ([A-Za-z0-9_-]{22})\s*$/.exec(bytes.toString('utf8'))
  return match?.[1] === undefined ? undefined : uuid(match[1])
}
