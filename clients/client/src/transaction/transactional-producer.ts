/**
 * A transactional id and its transactions, one after the other.
 *
 *   turn ─► begin (epoch) ─► callback ─► flush ─► EndTxn commit
 *                               │ fails    │         │ refused
 *                               └──────────┴────► drop what is unsent, await what is not ─► EndTxn abort
 *
 * An abort waits for what is in flight: a record that arrived behind it would begin a transaction of its
 * own (with brokers before KIP-890), which nobody ends.
 */
import { untilAborted } from '../async/abort.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { KafkaError } from '../kafka-error.ts'
import { Producer } from '../producer/producer.ts'
import { prepareToBegin } from './begin-transaction.ts'
import { endByAbort, endByCommit } from './end-transaction.ts'
import { PartitionAdder } from './partition-adder.ts'
import { Transaction, type TransactionContext } from './transaction.ts'
import { TransactionCoordinator } from './transaction-coordinator.ts'
import { abortedWith, isFatal, tooLong } from './transaction-errors.ts'
import {
  transactionSettings,
  type TransactionalProducerOptions,
  type TransactionSettings,
} from './transaction-options.ts'
import { TransactionState } from './transaction-state.ts'
import { Turns } from './turns.ts'

export interface TransactionOptions {
  /**
   * Aborts the transaction, whose call rejects with the signal's reason. Once the commit was asked for it
   * has no effect any more.
   */
  readonly signal?: AbortSignal | undefined
}

export type TransactionCallback<T> = (tx: Transaction) => T | Promise<T>

/**
 * Made by `kafka.transactionalProducer()`. Each program that runs at the same time needs an id of its own;
 * the same one after a restart settles what was left behind.
 *
 * ```ts
 * await using producer = kafka.transactionalProducer('billing-1')
 * await producer.transaction(async (tx) => {
 *   await tx.send(Invoices, { key: 'u1', value: invoice })
 *   await tx.commitOffsets(consumer)
 * })
 * ```
 */
export class TransactionalProducer implements AsyncDisposable {
  readonly transactionalId: string
  readonly #cluster: Cluster
  readonly #settings: TransactionSettings
  readonly #state: TransactionState
  readonly #coordinator: TransactionCoordinator
  readonly #partitions: PartitionAdder
  readonly #producer: Producer
  readonly #context: TransactionContext
  readonly #closing = new AbortController()
  readonly #turns = new Turns()
  #current: Transaction | undefined
  #closed: Promise<void> | undefined
  #isClosed = false

  /** Called by `kafka.transactionalProducer()`. */
  constructor(
    cluster: Cluster,
    transactionalId: string,
    options: TransactionalProducerOptions = {},
  ) {
    this.transactionalId = transactionalId
    this.#cluster = cluster
    this.#settings = transactionSettings(transactionalId, options)
    const state = new TransactionState(transactionalId)
    const coordinator = new TransactionCoordinator(cluster, transactionalId)
    this.#state = state
    this.#coordinator = coordinator
    this.#partitions = new PartitionAdder({
      state,
      coordinator,
      onFailed: (error) => {
        this.#onRefused(error)
      },
    })
    this.#producer = new Producer(cluster, this.#settings.producer, this.#partitions)
    this.#context = { state, coordinator, producer: this.#producer, clock: cluster.world.clock }
  }

  /** True when `close` is through: nothing of it is left. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Why it can do no more, such as PRODUCER_FENCED. */
  get failure(): KafkaError | undefined {
    return this.#state.fatal
  }

  /**
   * Runs the callback, and commits when it resolves: with what it resolves with. Rejects when the
   * transaction was aborted, with what the callback or one of its calls was rejected with; nothing of it
   * is seen by `read_committed` then, and it can be tried again, unless the error is `fatal`.
   *
   * One at a time: others wait for their turn in the order of their calls. A callback that waits for
   * another transaction of the same producer waits for itself.
   *
   * Rejects with TIMED_OUT after `transactionTimeoutMs`, with PRODUCER_FENCED (fatal) when another producer
   * took the id, and with the fatal error of an earlier one.
   */
  transaction<T>(
    callback: TransactionCallback<T>,
    { signal }: TransactionOptions = {},
  ): Promise<T> {
    return this.#turns.take(signal, () => this.#transaction(callback, signal))
  }

  async #transaction<T>(
    callback: TransactionCallback<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    this.#closing.signal.throwIfAborted()
    const { clock } = this.#cluster.world
    const { transactionTimeoutMs } = this.#settings
    await this.#begin(signal)
    const tx = new Transaction(this.#context, signal)
    this.#current = tx
    // Ours began before the coordinator's: who is slow aborts, and is not fenced for it.
    const timer = clock.setTimer(transactionTimeoutMs, () => {
      tx.fail(tooLong(transactionTimeoutMs))
    })
    try {
      const result = await untilAborted(run(callback, tx), tx.signal)
      await this.#commit(tx)
      return result
    } catch (error) {
      tx.fail(error)
      throw await this.#abort(tx, error)
    } finally {
      timer.cancel()
      tx.release()
      this.#current = undefined
    }
  }

  async #begin(signal: AbortSignal | undefined): Promise<void> {
    await prepareToBegin(this.#context, this.#settings, signal)
    // Not begun for a producer that was closed meanwhile: nobody would end it.
    this.#closing.signal.throwIfAborted()
    this.#partitions.reset()
    this.#state.begin()
  }

  async #commit(tx: Transaction): Promise<void> {
    await untilAborted(tx.delivered(), tx.signal)
    tx.signal.throwIfAborted()
    tx.release()
    await endByCommit(this.#context)
    tx.onCommitted()
  }

  /** What to reject with. */
  async #abort(tx: Transaction, error: unknown): Promise<unknown> {
    const state = this.#state
    if (state.fatal === undefined) state.fail(error)
    const settled = this.#producer.abandonUnsent(abortedWith(error, this.transactionalId))
    if (state.fatal !== undefined) return error
    try {
      await Promise.all([settled, tx.stop()])
      await this.#partitions.settled()
      await endByAbort(this.#context)
    } catch (abortError) {
      this.#cluster.world.logger.warn('A transaction could not be aborted', {
        transactionalId: this.transactionalId,
        error: abortError,
      })
    }
    // Fenced, say: what was rejected before was but a sign of it.
    return error instanceof KafkaError ? (state.fatal ?? error) : error
  }

  #onRefused(error: unknown): void {
    this.#current?.fail(isFatal(error) ? this.#state.onFatal(error) : error)
  }

  /**
   * Aborts the transaction that runs, unless its commit was asked for; those that wait for their turn
   * reject with CLIENT_CLOSED.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const failure = new KafkaError(
      'CLIENT_CLOSED',
      `The producer of "${this.transactionalId}" is closed; make a new one`,
      { fatal: true },
    )
    this.#closing.abort(failure)
    this.#current?.fail(failure)
    await this.#turns.done()
    await this.#producer.close({ timeoutMs: 0 })
    this.#coordinator.close()
    this.#isClosed = true
  }

  /** As `close()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

async function run<T>(callback: TransactionCallback<T>, tx: Transaction): Promise<T> {
  tx.signal.throwIfAborted()
  return callback(tx)
}
