/**
 * Transactions ended from outside.
 *
 *   abort   writes the marker into one partition past its coordinator (WriteTxnMarkers): for one that hangs
 *   fence   shuts out whoever holds a transactional id, whose open transaction is aborted (InitProducerId)
 */
import type { WriteTxnMarkersResponse } from '@ottla/protocol/write-txn-markers-response'
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import { brokerTimeoutMs } from '../asking/any-broker.ts'
import { toCoordinators } from '../asking/coordinator.ts'
import { partitionKeyOf, partitionText, toLeaders, toPartition } from '../asking/leader.ts'
import { settleEach } from '../asking/settle-each.ts'
import { INIT_PRODUCER_ID, WRITE_TXN_MARKERS } from './transaction-apis.ts'

export interface TransactionToAbort extends TopicPartition {
  /** As `describeProducers` tells them. */
  readonly producerId: number
  readonly producerEpoch: number
  /** 0 when no marker was ever written. */
  readonly coordinatorEpoch?: number | undefined
}

export interface FencedProducer {
  readonly producerId: number
  /** Whoever had a lower one can write no more. */
  readonly producerEpoch: number
}

export function abortTransactions(
  cluster: Cluster,
  transactions: readonly TransactionToAbort[],
  options: AdminOptions,
): Promise<Outcomes<TopicPartition, void>> {
  return settleEach<TransactionToAbort, TopicPartition, void>(cluster, {
    items: transactions,
    keyOf: toPartition,
    textOf: partitionKeyOf,
    router: toLeaders((one) => one),
    ask: async (peer, items, settle) => {
      // One at a time: the answer names the producer, and two partitions may have the same.
      for (const item of items) {
        const response = await peer.request(WRITE_TXN_MARKERS, { markers: [markerOf(item)] })
        const errorCode = errorCodeIn(response)
        if (errorCode === undefined) continue
        const what = `producer ${item.producerId} in ${partitionText(item)}`
        settle(
          item,
          peer.outcome(WRITE_TXN_MARKERS, { errorCode }, what, () => undefined),
        )
      }
    },
    options,
  })
}

function markerOf({ topic, partition, producerId, producerEpoch, ...one }: TransactionToAbort) {
  return {
    producerId,
    producerEpoch,
    transactionResult: false,
    topics: [{ name: topic, partitionIndexes: [partition] }],
    coordinatorEpoch: one.coordinatorEpoch ?? 0,
    transactionVersion: 0,
  }
}

function errorCodeIn({ markers }: WriteTxnMarkersResponse): number | undefined {
  return markers[0]?.topics[0]?.partitions[0]?.errorCode
}

export function fenceProducers(
  cluster: Cluster,
  transactionalIds: readonly string[],
  options: AdminOptions,
): Promise<Outcomes<string, FencedProducer>> {
  return settleEach<string, string, FencedProducer>(cluster, {
    items: transactionalIds,
    keyOf: (id) => id,
    textOf: (id) => id,
    router: toCoordinators('transaction', (id) => id),
    ask: async (peer, items, settle) => {
      const fence = async (transactionalId: string): Promise<void> => {
        const response = await peer.request(INIT_PRODUCER_ID, {
          transactionalId,
          transactionTimeoutMs: brokerTimeoutMs(cluster, options),
          producerId: -1,
          producerEpoch: -1,
        })
        const { producerId, producerEpoch } = response
        const what = `transactional id "${transactionalId}"`
        const fenced = (): FencedProducer => ({ producerId, producerEpoch })
        settle(transactionalId, peer.outcome(INIT_PRODUCER_ID, response, what, fenced))
      }
      await Promise.all(items.map(fence))
    },
    options,
  })
}
