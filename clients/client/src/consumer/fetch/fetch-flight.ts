/**
 * What one fetch has asked for, until its answer is there.
 *
 * The answer counts for a partition only when nothing has happened to it since it was asked for: a seek
 * or a revocation makes it stale.
 */
import type { Uuid } from '@ottla/base'
import type { FetchResponse, FetchResponsePartitionData } from '@ottla/protocol/fetch-response'
import { partitionKey } from '../../topic-partition.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { SessionPartition } from './fetch-session.ts'

interface Asked {
  readonly partition: AssignedPartition
  readonly version: number
  readonly fetchOffset: number
}

export class FetchFlight {
  /** Monotonic. */
  readonly sentMs: number
  readonly #asked = new Map<string, Asked>()
  readonly #namesById = new Map<Uuid, string>()

  constructor(partitions: readonly AssignedPartition[], sentMs: number) {
    this.sentMs = sentMs
    for (const partition of partitions) {
      const { key, version, fetchOffset } = partition
      this.#asked.set(key, { partition, version, fetchOffset })
    }
  }

  /** The names of the topics whose ids the answer will have instead. */
  nameTopics(partitions: readonly SessionPartition[]): void {
    for (const { topic, topicId } of partitions) this.#namesById.set(topicId, topic)
  }

  /** They can be asked for again. */
  land(): void {
    for (const { partition } of this.#asked.values()) partition.isInFlight = false
  }

  /** What of the answer still counts; returns its bytes. */
  takeAnswer(
    { responses }: FetchResponse,
    take: (partition: AssignedPartition, data: FetchResponsePartitionData) => void,
  ): number {
    let bytes = 0
    for (const { topic, topicId, partitions } of responses) {
      const name = topic === '' ? (this.#namesById.get(topicId) ?? '') : topic
      for (const data of partitions) {
        const asked = this.#asked.get(partitionKey(name, data.partitionIndex))
        if (asked === undefined || !isCurrent(asked)) continue
        bytes += data.records?.length ?? 0
        take(asked.partition, data)
      }
    }
    return bytes
  }
}

function isCurrent({ partition, version, fetchOffset }: Asked): boolean {
  return (
    partition.version === version && partition.fetchOffset === fetchOffset && !partition.isEnded
  )
}
