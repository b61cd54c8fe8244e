/** `admin.transactions`: what is open, who holds it, and ending what hangs. */
import type { Cluster } from '../../cluster/cluster.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import type { Outcomes } from '../outcome.ts'
import {
  describeProducers,
  type ActiveProducer,
  type DescribeProducersOptions,
} from './describe-producers.ts'
import {
  describeTransactions,
  listTransactions,
  type ListTransactionsOptions,
  type TransactionDescription,
  type TransactionListing,
} from './describe-transactions.ts'
import {
  abortTransactions,
  fenceProducers,
  type FencedProducer,
  type TransactionToAbort,
} from './end-transactions.ts'

export class Transactions {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** Of all brokers, by id. `await admin.transactions.list({ states: ['Ongoing'] })` */
  list(options: ListTransactionsOptions = {}): Promise<TransactionListing[]> {
    return listTransactions(this.#cluster, options)
  }

  /** TRANSACTIONAL_ID_NOT_FOUND for one that was never used, or not for long. */
  describe(transactionalId: string, options?: AdminOptions): Promise<TransactionDescription>
  describe(
    transactionalIds: readonly string[],
    options?: AdminOptions,
  ): Promise<Outcomes<string, TransactionDescription>>
  async describe(
    ids: string | readonly string[],
    options: AdminOptions = {},
  ): Promise<TransactionDescription | Outcomes<string, TransactionDescription>> {
    if (typeof ids !== 'string') return describeTransactions(this.#cluster, ids, options)
    return (await describeTransactions(this.#cluster, [ids], options)).value(ids)
  }

  /** Who writes to each partition with a producer id. */
  describeProducers(
    partitions: readonly TopicPartition[],
    options: DescribeProducersOptions = {},
  ): Promise<Outcomes<TopicPartition, ActiveProducer[]>> {
    return describeProducers(this.#cluster, partitions, options)
  }

  /**
   * Ends a transaction that hangs in a partition, past its coordinator: only for one that the
   * coordinator no longer knows. What it wrote is aborted.
   */
  abort(
    transactions: readonly TransactionToAbort[],
    options: AdminOptions = {},
  ): Promise<Outcomes<TopicPartition, void>> {
    return abortTransactions(this.#cluster, transactions, options)
  }

  /** Shuts out the producer of a transactional id. `await admin.transactions.fence('mover-1')` */
  fence(transactionalId: string, options?: AdminOptions): Promise<FencedProducer>
  fence(
    transactionalIds: readonly string[],
    options?: AdminOptions,
  ): Promise<Outcomes<string, FencedProducer>>
  async fence(
    ids: string | readonly string[],
    options: AdminOptions = {},
  ): Promise<FencedProducer | Outcomes<string, FencedProducer>> {
    if (typeof ids !== 'string') return fenceProducers(this.#cluster, ids, options)
    return (await fenceProducers(this.#cluster, [ids], options)).value(ids)
  }
}
