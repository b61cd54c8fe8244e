/**
 * Transactions as their coordinators know them (KIP-664): listed by every broker, described by the
 * coordinator of each transactional id.
 */
import type { DescribeTransactionsResponseTransactionState } from '@ottla/protocol/describe-transactions-response'
import type { Cluster } from '../../cluster/cluster.ts'
import { KafkaError } from '../../kafka-error.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminOptions } from '../admin-options.ts'
import { succeeded, type Outcomes } from '../outcome.ts'
import { toCoordinators } from '../asking/coordinator.ts'
import { askBrokers } from '../asking/one-broker.ts'
import { settleEach } from '../asking/settle-each.ts'
import { DESCRIBE_TRANSACTIONS, LIST_TRANSACTIONS } from './transaction-apis.ts'

/** 'Unknown' for names of newer brokers. */
export type TransactionState =
  | 'CompleteAbort'
  | 'CompleteCommit'
  | 'Empty'
  | 'Ongoing'
  | 'PrepareAbort'
  | 'PrepareCommit'
  | 'PrepareEpochFence'
  | 'Unknown'

export interface ListTransactionsOptions extends AdminOptions {
  /** Only in these states; all by default. */
  readonly states?: readonly TransactionState[]
  readonly producerIds?: readonly number[]
  /** Only what has been open for longer; needs Kafka 3.8. */
  readonly longerThanMs?: number
  /** A regular expression (RE2) for transactional ids; needs Kafka 4.1. */
  readonly pattern?: string
}

export interface TransactionListing {
  readonly transactionalId: string
  readonly producerId: number
  readonly state: TransactionState
}

export interface TransactionDescription {
  readonly state: TransactionState
  readonly producerId: number
  readonly producerEpoch: number
  readonly timeoutMs: number
  /** Milliseconds since 1970; undefined while none is open. */
  readonly startedMs: number | undefined
  readonly partitions: readonly TopicPartition[]
}

const STATES: ReadonlySet<string> = new Set<TransactionState>([
  'CompleteAbort',
  'CompleteCommit',
  'Empty',
  'Ongoing',
  'PrepareAbort',
  'PrepareCommit',
  'PrepareEpochFence',
])

export async function listTransactions(
  cluster: Cluster,
  options: ListTransactionsOptions,
): Promise<TransactionListing[]> {
  const answers = await askBrokers(cluster, undefined, options, async (peer) => {
    const response = await peer.request(LIST_TRANSACTIONS, {
      stateFilters: [...(options.states ?? [])],
      producerIdFilters: [...(options.producerIds ?? [])],
      durationFilter: options.longerThanMs ?? -1,
      transactionalIdPattern: options.pattern ?? null,
    })
    peer.check(LIST_TRANSACTIONS, response)
    const [unknown] = response.unknownStateFilters
    if (unknown !== undefined) {
      const text = `${peer.broker} knows no state "${unknown}" of a transaction`
      throw new KafkaError('INVALID_ARGUMENT', text, { broker: peer.broker })
    }
    return succeeded(response.transactionStates)
  })
  return answers
    .values()
    .flat()
    .map(({ transactionalId, producerId, transactionState }) => ({
      transactionalId,
      producerId,
      state: stateOf(transactionState),
    }))
    .sort((a, b) => (a.transactionalId < b.transactionalId ? -1 : 1))
}

export function describeTransactions(
  cluster: Cluster,
  transactionalIds: readonly string[],
  options: AdminOptions,
): Promise<Outcomes<string, TransactionDescription>> {
  return settleEach<string, string, TransactionDescription>(cluster, {
    items: transactionalIds,
    keyOf: (id) => id,
    textOf: (id) => id,
    router: toCoordinators('transaction', (id) => id),
    ask: async (peer, items, settle) => {
      const response = await peer.request(DESCRIBE_TRANSACTIONS, { transactionalIds: [...items] })
      const byId = new Map(response.transactionStates.map((one) => [one.transactionalId, one]))
      for (const id of items) {
        const found = byId.get(id)
        if (found === undefined) continue
        const what = `transactional id "${id}"`
        settle(
          id,
          peer.outcome(DESCRIBE_TRANSACTIONS, found, what, () => descriptionOf(found)),
        )
      }
    },
    options,
  })
}

function descriptionOf(
  found: DescribeTransactionsResponseTransactionState,
): TransactionDescription {
  return {
    state: stateOf(found.transactionState),
    producerId: found.producerId,
    producerEpoch: found.producerEpoch,
    timeoutMs: found.transactionTimeoutMs,
    startedMs: found.transactionStartTimeMs < 0 ? undefined : found.transactionStartTimeMs,
    partitions: found.topics.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition })),
    ),
  }
}

function stateOf(text: string): TransactionState {
  return STATES.has(text) ? (text as TransactionState) : 'Unknown'
}
