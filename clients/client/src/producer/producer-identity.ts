/**
 * Who an idempotent producer is to the brokers: producer id and epoch, and by them the sequences of its
 * partitions (KIP-98, KIP-360).
 *
 * An epoch is counted up here, without asking, when the sequences of a partition have a gap that does
 * not close: the partition begins anew at 0, and so does every other one as soon as nothing of it is on
 * its way. Ids and epochs of a transactional producer come from its coordinator instead.
 */
import type { ProducerEpoch, ProducerId } from '@ottla/base'
import { ApiKey } from '@ottla/protocol'
import { encodeInitProducerIdRequest } from '@ottla/protocol/init-producer-id-request'
import { decodeInitProducerIdResponse } from '@ottla/protocol/init-producer-id-response'
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID } from '@ottla/records'
import { defineApi } from '../connection/api.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { answeredError } from '../kafka-error.ts'
import type { OutgoingBatch } from './outgoing-batch.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { ProducerTransaction } from './producer-transaction.ts'

const INIT_PRODUCER_ID = defineApi(
  ApiKey.InitProducerId,
  encodeInitProducerIdRequest,
  decodeInitProducerIdResponse,
)
const EPOCH_MAX = 0x7fff
const INT32_MAX = 0x7fffffff

export class ProducerIdentity {
  readonly #cluster: Cluster
  readonly #transaction: ProducerTransaction | undefined
  #producerId = NO_PRODUCER_ID as ProducerId
  #producerEpoch = NO_PRODUCER_EPOCH as ProducerEpoch

  constructor(cluster: Cluster, transaction?: ProducerTransaction) {
    this.#cluster = cluster
    this.#transaction = transaction
  }

  get isReady(): boolean {
    return this.producerId !== NO_PRODUCER_ID
  }

  get producerId(): ProducerId {
    return this.#transaction?.producerId ?? this.#producerId
  }

  get producerEpoch(): ProducerEpoch {
    return this.#transaction?.producerEpoch ?? this.#producerEpoch
  }

  /** Asks any broker for an id. */
  async acquire(signal: AbortSignal): Promise<void> {
    const request = {
      transactionalId: null,
      transactionTimeoutMs: INT32_MAX,
      producerId: NO_PRODUCER_ID,
      producerEpoch: NO_PRODUCER_EPOCH,
    }
    await this.#cluster.retry({ signal }, async () => {
      const connection = await this.#cluster.anyConnection()
      const response = await connection.request(INIT_PRODUCER_ID, request)
      if (response.errorCode !== 0) {
        throw answeredError(response.errorCode, {
          apiKey: INIT_PRODUCER_ID.key,
          broker: connection.broker,
        })
      }
      this.#producerId = response.producerId as ProducerId
      this.#producerEpoch = response.producerEpoch as ProducerEpoch
    })
  }

  /**
   * Whether a new batch of the partition can be numbered; false while batches of an earlier epoch are in
   * flight, which must settle first, and without an id: another partition may have used up its epochs in
   * this very turn, and a batch without an id is stored twice when it is sent twice.
   */
  canNumber(queue: PartitionQueue): boolean {
    const { sequence, inFlight } = queue
    if (!this.isReady) return false
    if (this.isCurrent(queue)) return true
    if (inFlight.length > 0) return false
    sequence.restart(this.producerId, this.producerEpoch)
    return true
  }

  isCurrent({ sequence }: PartitionQueue): boolean {
    return sequence.producerId === this.producerId && sequence.producerEpoch === this.producerEpoch
  }

  /** After `canNumber`: written into the header of a batch that is about to be closed. */
  number({ queue: { sequence }, header, recordCount }: OutgoingBatch): void {
    header.producerId = sequence.producerId
    header.producerEpoch = sequence.producerEpoch
    header.baseSequence = sequence.take(recordCount)
    if (this.#transaction !== undefined) header.isTransactional = true
  }

  /**
   * The partition begins anew in a new epoch, and what waits to be sent again is numbered for it. Nothing
   * of it is in flight. False when the epochs of this id are used up: `acquire` another one first.
   */
  startNewEpoch(queue: PartitionQueue): boolean {
    if (this.#producerEpoch >= EPOCH_MAX) {
      this.#producerId = NO_PRODUCER_ID as ProducerId
      this.#producerEpoch = NO_PRODUCER_EPOCH as ProducerEpoch
      return false
    }
    this.#producerEpoch = (this.#producerEpoch + 1) as ProducerEpoch
    this.#restart(queue)
    return true
  }

  #restart({ sequence, retries }: PartitionQueue): void {
    sequence.restart(this.#producerId, this.#producerEpoch)
    for (const batch of retries) {
      batch.restart(this.#producerId, this.#producerEpoch, sequence.take(batch.recordCount))
    }
  }
}
