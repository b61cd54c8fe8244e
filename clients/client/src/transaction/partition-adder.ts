/**
 * Tells the coordinator which partitions the transaction writes to, before the first record leaves for
 * one: those that come up together go in one request, one request at a time.
 *
 * Where leaders do that themselves (server side), it only remembers that there is something to end.
 */
import { ErrorCode, isRetriable } from '@ottla/protocol'
import type { AddPartitionsToTxnResponse } from '@ottla/protocol/add-partitions-to-txn-response'
import { byTopic } from '../consumer/group/partition-set.ts'
import type { ProducerTransaction } from '../producer/producer-transaction.ts'
import type { ProducerEpoch, ProducerId } from '@ottla/base'
import { partitionKey, type TopicPartition } from '../topic-partition.ts'
import { ADD_PARTITIONS_TO_TXN } from './transaction-apis.ts'
import type { TransactionCoordinator } from './transaction-coordinator.ts'
import type { TransactionState } from './transaction-state.ts'

export interface PartitionAdderOptions {
  readonly state: TransactionState
  readonly coordinator: TransactionCoordinator
  /** The transaction cannot go on. */
  readonly onFailed: (error: unknown) => void
}

export class PartitionAdder implements ProducerTransaction {
  onAdmitted: (() => void) | undefined
  readonly #options: PartitionAdderOptions
  readonly #added = new Set<string>()
  readonly #waiting = new Map<string, TopicPartition>()
  #adding: Promise<void> | undefined

  constructor(options: PartitionAdderOptions) {
    this.#options = options
  }

  get transactionalId(): string {
    return this.#options.state.transactionalId
  }

  get producerId(): ProducerId {
    return this.#options.state.producerId
  }

  get producerEpoch(): ProducerEpoch {
    return this.#options.state.producerEpoch
  }

  get isServerSide(): boolean {
    return this.#options.state.isServerSide
  }

  admits(topic: string, partition: number): boolean {
    const { state } = this.#options
    if (state.isServerSide) {
      state.onTelling()
      return true
    }
    const key = partitionKey(topic, partition)
    if (this.#added.has(key)) return true
    // What failed is dropped soon; it must not be told any more.
    if (state.isOpen && !this.#waiting.has(key)) {
      this.#waiting.set(key, { topic, partition })
      this.#adding ??= this.#addAll()
    }
    return false
  }

  async #addAll(): Promise<void> {
    try {
      // The rest of the turn may bring more partitions.
      await Promise.resolve()
      while (this.#waiting.size > 0) {
        const partitions = [...this.#waiting]
        await this.#add(partitions.map(([, partition]) => partition))
        for (const [key] of partitions) {
          this.#waiting.delete(key)
          this.#added.add(key)
        }
        this.onAdmitted?.()
      }
    } catch (error) {
      this.#options.onFailed(error)
    } finally {
      this.#adding = undefined
    }
  }

  async #add(partitions: readonly TopicPartition[]): Promise<void> {
    const { state, coordinator } = this.#options
    await coordinator.ask({
      api: ADD_PARTITIONS_TO_TXN,
      message: {
        transactions: [],
        v3AndBelowTransactionalId: state.transactionalId,
        v3AndBelowProducerId: state.producerId,
        v3AndBelowProducerEpoch: state.producerEpoch,
        v3AndBelowTopics: [...byTopic(partitions)].map(([name, list]) => ({
          name,
          partitions: list.map(({ partition }) => partition),
        })),
      },
      errorCodeOf: worstOf,
      check: () => {
        if (!state.isOpen) throw state.failure
        state.onTelling()
      },
    })
    state.onTold()
  }

  /** Resolves when nothing is being told any more. */
  async settled(): Promise<void> {
    await this.#adding
  }

  /** For the next transaction. */
  reset(): void {
    this.#added.clear()
    this.#waiting.clear()
  }
}

/** All partitions or none are added; a refusal that does not pass counts before one that does. */
function worstOf({ resultsByTopicV3AndBelow }: AddPartitionsToTxnResponse): number {
  let worst = 0
  for (const { resultsByPartition } of resultsByTopicV3AndBelow) {
    for (const { partitionErrorCode: code } of resultsByPartition) {
      if (code === 0 || code === ErrorCode.OPERATION_NOT_ATTEMPTED) continue
      if (worst === 0 || !isRetriable(code)) worst = code
    }
  }
  return worst
}
