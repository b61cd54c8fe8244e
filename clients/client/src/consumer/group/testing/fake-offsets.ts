/** Committed offsets on a FakeBroker, in one version each of OffsetCommit and OffsetFetch. */
import { ZERO_UUID } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import {
  decodeOffsetCommitRequest,
  type OffsetCommitRequest,
} from '@ottla/protocol/offset-commit-request'
import { encodeOffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import {
  decodeOffsetFetchRequest,
  type OffsetFetchRequest,
} from '@ottla/protocol/offset-fetch-request'
import {
  encodeOffsetFetchResponse,
  type OffsetFetchResponse,
} from '@ottla/protocol/offset-fetch-response'
import type { FakeBroker } from '../../../testing/fake-broker.ts'
import { partitionKey } from '../../../topic-partition.ts'

interface Committed {
  readonly offset: number
  readonly leaderEpoch: number
  readonly metadata: string | null
}

export class FakeOffsets {
  readonly commits: OffsetCommitRequest[] = []
  readonly fetches: OffsetFetchRequest[] = []
  readonly committed = new Map<string, Committed>()
  /** Error codes for all partitions of the next requests. */
  readonly nextCommit: number[] = []
  /** Of the whole group where the version has that, of each partition else. */
  readonly nextFetch: number[] = []
  /** Of one partition, each time. */
  readonly errorOf = new Map<string, number>()
  readonly #broker: FakeBroker

  constructor(broker: FakeBroker, versions: { readonly commit: number; readonly fetch: number }) {
    this.#broker = broker
    broker.serve(
      ApiKey.OffsetCommit,
      { min: 2, max: versions.commit },
      decodeOffsetCommitRequest,
      encodeOffsetCommitResponse,
      (request, version) => this.#commit(request, version),
    )
    broker.serve(
      ApiKey.OffsetFetch,
      { min: 1, max: versions.fetch },
      decodeOffsetFetchRequest,
      encodeOffsetFetchResponse,
      (request, version) => this.#fetch(request, version),
    )
  }

  #nameOf(topic: { name: string; topicId?: string }, version: number): string {
    if (version < 10) return topic.name
    const found = [...this.#broker.cluster.topics.values()].find(({ id }) => id === topic.topicId)
    return found?.name ?? ''
  }

  #commit(request: OffsetCommitRequest, version: number) {
    this.commits.push(request)
    const refusal = this.nextCommit.shift() ?? 0
    return {
      throttleTimeMs: 0,
      topics: request.topics.map((topic) => ({
        name: topic.name,
        topicId: topic.topicId,
        partitions: topic.partitions.map((one) => {
          const key = partitionKey(this.#nameOf(topic, version), one.partitionIndex)
          const errorCode = refusal || (this.errorOf.get(key) ?? 0)
          if (errorCode === 0) {
            this.committed.set(key, {
              offset: one.committedOffset,
              leaderEpoch: one.committedLeaderEpoch,
              metadata: one.committedMetadata,
            })
          }
          return { partitionIndex: one.partitionIndex, errorCode }
        }),
      })),
    }
  }

  #fetch(request: OffsetFetchRequest, version: number): OffsetFetchResponse {
    this.fetches.push(request)
    const errorCode = this.nextFetch.shift() ?? 0
    const [group] = request.groups
    const byName = (request.topics ?? []).map((topic) => ({ ...topic, topicId: ZERO_UUID }))
    const topics = (group?.topics ?? byName).map((topic) => ({
      name: topic.name,
      topicId: topic.topicId,
      partitions: topic.partitionIndexes.map((partitionIndex) => {
        const key = partitionKey(this.#nameOf(topic, version), partitionIndex)
        const { offset, leaderEpoch, metadata } = this.committed.get(key) ?? NOTHING
        return {
          partitionIndex,
          committedOffset: offset,
          committedLeaderEpoch: leaderEpoch,
          metadata,
          errorCode: (version < 2 ? errorCode : 0) || (this.errorOf.get(key) ?? 0),
        }
      }),
    }))
    const isGrouped = version >= 8
    return {
      throttleTimeMs: 0,
      topics: isGrouped ? [] : topics.map(({ name, partitions }) => ({ name, partitions })),
      errorCode: version >= 2 && !isGrouped ? errorCode : 0,
      groups: isGrouped ? [{ groupId: group?.groupId ?? '', topics, errorCode }] : [],
    }
  }
}

const NOTHING: Committed = { offset: -1, leaderEpoch: -1, metadata: '' }
