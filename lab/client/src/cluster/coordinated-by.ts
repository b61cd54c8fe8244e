/**
 * Names of groups and transactional ids that a certain node coordinates: the one that leads the partition of
 * `__consumer_offsets` or `__transaction_state` which the name's hash picks.
 */
import assert from 'node:assert/strict'
import type { Kafka } from '@ottla/client'
import { uniqueName } from '../cases/names.ts'

const ATTEMPTS_MAX = 1000

export type Coordinated = 'group' | 'transaction'

export async function nameCoordinatedBy(
  kafka: Kafka,
  nodeId: number,
  what: Coordinated,
): Promise<string> {
  const topic = what === 'group' ? '__consumer_offsets' : '__transaction_state'
  const { partitions } = await kafka.admin.topics.describe(topic)
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const name = uniqueName(what)
    if (partitions[javaHash(name) % partitions.length]?.leader === nodeId) return name
  }
  return assert.fail(`Node ${nodeId} leads no partition of ${topic}`)
}

/** The internal topics are made by the first who asks for a coordinator. */
export async function makeInternalTopics(kafka: Kafka): Promise<void> {
  await kafka.admin.transactions.fence(uniqueName('first'))
  await assert.rejects(kafka.admin.groups.describe(uniqueName('first')), {
    code: 'GROUP_ID_NOT_FOUND',
  })
}

/** Utils.abs(String.hashCode()) */
function javaHash(text: string): number {
  let hash = 0
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0
  return Math.abs(hash)
}
