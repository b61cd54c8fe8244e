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
import { acquireEpoch, endByAbort, endByCommit, failForGood } from './end-transaction.ts'
import { PartitionAdder } from './partition-adder.ts'
import { Transaction, type TransactionContext } from './transaction.ts'
import { SERVER_SIDE_LEVEL, TRANSACTION_FEATURE } from './transaction-apis.ts'
import { TransactionCoordinator } from './transaction-coordinator.ts'
import { isFatal } from './transaction-errors.ts'
import {
  transactionSettings,
  type TransactionalProducerOptions,
  type TransactionSettings,
} from './transaction-options.ts'
import { TransactionState } from './transaction-state.ts'

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
  /** Of the last transaction that was asked for. */
  #last: Promise<void> = Promise.resolve()
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
    this.#context = { state, coordinator, producer: this.#producer }
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
  async transaction<T>(
    callback: TransactionCallback<T>,
    { signal }: TransactionOptions = {},
  ): Promise<T> {
    const turn = Promise.withResolvers<undefined>()
    const before = this.#last
    this.#last = before.then(() => turn.promise)
    try {
      await untilAborted(before, signal)
      return await this.#transaction(callback, signal)
    } finally {
      turn.resolve(undefined)
    }
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
    const state = this.#state
    const { mayBeServerSide, transactionTimeoutMs } = this.#settings
    if (state.fatal !== undefined) throw state.fatal
    if (state.needsAbort) await untilAborted(endByAbort(this.#context), signal)
    state.speak(mayBeServerSide && (await this.#isServerSide(signal)))
    if (state.needsEpoch) await acquireEpoch(this.#context, transactionTimeoutMs, signal)
    this.#closing.signal.throwIfAborted()
    this.#partitions.reset()
    state.begin()
  }

  async #isServerSide(signal: AbortSignal | undefined): Promise<boolean> {
    try {
      const level = await this.#coordinator.featureLevel(TRANSACTION_FEATURE, signal)
      return level >= SERVER_SIDE_LEVEL
    } catch (error) {
      throw isFatal(error) ? failForGood(this.#state, error) : error
    }
  }

  async #commit(tx: Transaction): Promise<void> {
    await untilAborted(this.#delivered(tx), tx.signal)
    tx.signal.throwIfAborted()
    tx.release()
    await endByCommit(this.#context)
    tx.onCommitted()
  }

  async #delivered(tx: Transaction): Promise<void> {
    const pending = tx.stop()
    await this.#producer.flush()
    await pending
    // What sendAll took last.
    await this.#producer.flush()
    // A batch settles before those who sent its records hear of it: a failure must have arrived.
    await new Promise<void>((resolve) => {
      this.#cluster.world.clock.setImmediate(resolve)
    })
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
    this.#current?.fail(isFatal(error) ? failForGood(this.#state, error) : error)
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
    await this.#last
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

function tooLong(transactionTimeoutMs: number): KafkaError {
  return new KafkaError(
    'TIMED_OUT',
    `The transaction was not committed within transactionTimeoutMs, ${transactionTimeoutMs} ms, and is aborted`,
  )
}

function abortedWith(error: unknown, transactionalId: string): KafkaError {
  const why = error instanceof Error ? error.message : String(error)
  return new KafkaError(
    'TRANSACTION_ABORTABLE',
    `Not sent: the transaction of "${transactionalId}" is aborted: ${why}`,
    { cause: error },
  )
}
