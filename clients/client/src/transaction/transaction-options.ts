/** What a transactional producer is told when it is made. */
import { KafkaError } from '../kafka-error.ts'
import type { ProducerOptions } from '../producer/producer-options.ts'

/** As of a producer; it always waits for all replicas and is idempotent. */
export interface TransactionalProducerOptions extends Omit<ProducerOptions, 'acks' | 'idempotent'> {
  /**
   * transaction.timeout.ms, 60000 by default: a transaction that is not committed by then is aborted.
   * Brokers allow transaction.max.timeout.ms (15 minutes) at most. It also bounds `deliveryTimeoutMs`,
   * whose default it is when it is shorter than that.
   */
  readonly transactionTimeoutMs?: number | undefined
  /**
   * 'auto' by default: 2 where the cluster has it (`transaction.version`, KIP-890), else 1. With 2 a
   * transaction needs fewer requests, and one that was forgotten cannot block readers.
   */
  readonly transactionVersion?: 'auto' | 1 | undefined
}

export interface TransactionSettings {
  readonly transactionalId: string
  readonly transactionTimeoutMs: number
  readonly mayBeServerSide: boolean
  readonly producer: ProducerOptions
}

const TIMEOUT_MS = 60_000
const DELIVERY_TIMEOUT_MS = 120_000
const INT32_MAX = 0x7fffffff

export function transactionSettings(
  transactionalId: string,
  options: TransactionalProducerOptions,
): TransactionSettings {
  const { transactionTimeoutMs = TIMEOUT_MS, transactionVersion = 'auto', ...rest } = options
  if (transactionalId === '') throw invalid('The transactional id is empty: give it a name')
  const isDuration = transactionTimeoutMs >= 1 && transactionTimeoutMs <= INT32_MAX
  if (!Number.isInteger(transactionTimeoutMs) || !isDuration) {
    throw invalid(`transactionTimeoutMs is ${transactionTimeoutMs}: whole milliseconds from 1 on`)
  }
  if (transactionVersion !== 'auto' && (transactionVersion as number) !== 1) {
    throw invalid(`transactionVersion is ${String(transactionVersion)}: 'auto' or 1 expected`)
  }
  const deliveryTimeoutMs = Math.min(
    rest.deliveryTimeoutMs ?? DELIVERY_TIMEOUT_MS,
    transactionTimeoutMs,
  )
  const producer = { ...rest, deliveryTimeoutMs, acks: 'all', idempotent: true } as const
  const mayBeServerSide = transactionVersion === 'auto'
  return { transactionalId, transactionTimeoutMs, mayBeServerSide, producer }
}

function invalid(text: string): KafkaError {
  return new KafkaError('INVALID_ARGUMENT', text)
}
