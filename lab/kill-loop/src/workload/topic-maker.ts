/**
 * Creates and deletes topics all the time, a bounded number of them alive, and puts a record into each
 * new one. After a start they must be there, or gone, and served.
 */
import { ZERO_UUID, type Random } from '@ottla/base'
import { ErrorCode, errorName, isRetriable } from '@ottla/protocol'
import { buildBatch } from '@ottla/records'
import { Patience } from '../check/patience.ts'
import type { TopicsLedger } from '../check/topics-ledger.ts'
import type { Violations } from '../check/violation.ts'
import { CREATE_TOPICS, DELETE_TOPICS, LIST_OFFSETS, METADATA, PRODUCE } from '../wire/api-call.ts'
import type { RawConnection } from '../wire/raw-connection.ts'

const ALIVE_MAX = 12
const PARTITIONS_MAX = 3
const TIMEOUT_MS = 10_000
const LATEST = -1
const ACKS_ALL = -1

export interface TopicMakerOptions {
  readonly ledger: TopicsLedger
  readonly violations: Violations
  readonly random: Random
}

export class TopicMaker {
  readonly #options: TopicMakerOptions
  /** Acknowledged records of partition 0, by topic. */
  readonly #acked = new Map<string, number>()
  #made = 0

  constructor(options: TopicMakerOptions) {
    this.#options = options
  }

  async work(connection: RawConnection, isDone: () => boolean): Promise<void> {
    while (connection.isOpen && !isDone()) {
      const { present } = this.#options.ledger
      const isFull = present.length >= ALIVE_MAX
      if (isFull) await this.#delete(connection, present[0] as string)
      else await this.#create(connection)
    }
  }

  async #create(connection: RawConnection): Promise<void> {
    const { ledger, violations, random } = this.#options
    const name = `made-${++this.#made}`
    const numPartitions = 1 + Math.floor(random.fraction() * PARTITIONS_MAX)
    ledger.creating(name, numPartitions)
    const response = await connection.call(CREATE_TOPICS, {
      topics: [{ name, numPartitions, replicationFactor: 1, assignments: [], configs: [] }],
      timeoutMs: TIMEOUT_MS,
      validateOnly: false,
    })
    const result = response.topics[0]
    if (result?.errorCode !== ErrorCode.NONE) {
      const error = errorName(result?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR)
      if (!isRetriable(result?.errorCode ?? 0)) violations.report('refused', `${name}: ${error}`)
      return
    }
    ledger.created(name, result.topicId)
    await this.#fill(connection, name)
  }

  async #fill(connection: RawConnection, name: string): Promise<void> {
    const records = buildBatch([{ key: null, value: Buffer.from(name), timestamp: Date.now() }])
    const response = await connection.call(PRODUCE, {
      transactionalId: null,
      acks: ACKS_ALL,
      timeoutMs: TIMEOUT_MS,
      topicData: [{ name, topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }],
    })
    if (response.responses[0]?.partitionResponses[0]?.errorCode === ErrorCode.NONE) {
      this.#acked.set(name, 1)
    }
  }

  async #delete(connection: RawConnection, name: string): Promise<void> {
    const { ledger, violations } = this.#options
    ledger.deleting(name)
    const response = await connection.call(DELETE_TOPICS, {
      topics: [{ name, topicId: ZERO_UUID }],
      topicNames: [],
      timeoutMs: TIMEOUT_MS,
    })
    const errorCode = response.responses[0]?.errorCode ?? ErrorCode.UNKNOWN_SERVER_ERROR
    if (errorCode === ErrorCode.NONE) ledger.deleted(name)
    else if (!isRetriable(errorCode)) {
      violations.report('refused', `deletion of ${name}: ${errorName(errorCode)}`)
    }
  }

  /** What a broker that has started anew says about topics. */
  async check(connection: RawConnection): Promise<void> {
    const { ledger } = this.#options
    const response = await connection.call(METADATA, {
      topics: null,
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: false,
      includeTopicAuthorizedOperations: false,
    })
    const found = response.topics.map(
      ({ name, topicId, partitions }) =>
        [name ?? '', { topicId, partitionCount: partitions.length }] as const,
    )
    ledger.found(new Map(found))
    const patience = new Patience()
    while (ledger.present.length > 0) {
      const isAnswered = await this.#checkEnds(connection, ledger.present, patience)
      if (isAnswered) return
      await patience.pauseIfUsed()
    }
  }

  /** False when a partition cannot be asked yet. */
  async #checkEnds(
    connection: RawConnection,
    names: readonly string[],
    patience: Patience,
  ): Promise<boolean> {
    const { violations } = this.#options
    const response = await connection.call(LIST_OFFSETS, {
      replicaId: -1,
      isolationLevel: 0,
      timeoutMs: TIMEOUT_MS,
      topics: names.map((name) => this.#everyPartition(name)),
    })
    for (const { name, partitions } of response.topics) {
      for (const { partitionIndex, errorCode, offset } of partitions) {
        if (isRetriable(errorCode) && patience.hasMore()) return false
        const acked = partitionIndex === 0 ? (this.#acked.get(name) ?? 0) : 0
        if (errorCode !== ErrorCode.NONE) {
          violations.report('topic lost', `${name}-${partitionIndex}: ${errorName(errorCode)}`)
        } else if (offset < acked) {
          violations.report('lost', `${name}-${partitionIndex} ends at ${offset}, not ${acked}`)
        }
      }
    }
    return true
  }

  #everyPartition(name: string) {
    const length = this.#options.ledger.partitionCountOf(name)
    return {
      name,
      partitions: Array.from({ length }, (_partition, partitionIndex) => ({
        partitionIndex,
        currentLeaderEpoch: -1,
        timestamp: LATEST,
      })),
    }
  }
}
