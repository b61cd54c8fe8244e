/**
 * One transaction, as its callback sees it. Everything it is told goes through here, so that it knows
 * when something failed: a transaction is committed whole or not at all.
 */
import type { Clock } from '@ottla/base'
import { linkedSignal, type LinkedSignal } from '../async/abort.ts'
import type { CommitOffset } from '../consumer/commit/commit-offset.ts'
import type { OffsetToCommit } from '../consumer/group/group-member.ts'
import type { SentMessage } from '../message.ts'
import type { Producer } from '../producer/producer.ts'
import type { Destination, MessagesTo, MessageTo, SendMethods } from '../producer/send-methods.ts'
import type { SendAllSummary, SendOptions } from '../topic.ts'
import { commitInTransaction, type TransactionParts } from './commit-in-transaction.ts'
import { groupOffsets, type OffsetsOf, type OffsetSource } from './group-offsets.ts'
import { hasEnded } from './transaction-errors.ts'

export interface TransactionContext extends TransactionParts {
  readonly producer: Producer
  readonly clock: Clock
}

/**
 * ```ts
 * await kafka.transaction('billing-1', async (tx) => {
 *   await tx.send(Invoices, { key: 'u1', value: invoice })
 *   await tx.commitOffsets(consumer)
 * })
 * ```
 *
 * Calls need not be awaited one by one: the commit waits for all of them. One that is rejected fails the
 * transaction, also when its rejection is caught.
 */
export class Transaction implements SendMethods {
  readonly transactionalId: string
  readonly #context: TransactionContext
  readonly #failing = new AbortController()
  readonly #linked: LinkedSignal
  /** Of commitOffsets, and of sendAll, which flush() does not know of before it has read everything. */
  readonly #pending = new Set<Promise<unknown>>()
  /** Of which offsets are part of it. */
  readonly #sources: { source: OffsetSource; offsets: readonly OffsetToCommit[] }[] = []
  #isTaking = true
  readonly #onRejected = (error: unknown): void => {
    this.fail(error)
  }

  /** Called by `TransactionalProducer.transaction()`. */
  constructor(context: TransactionContext, signal: AbortSignal | undefined) {
    this.#context = context
    this.transactionalId = context.state.transactionalId
    this.#linked = linkedSignal(this.#failing.signal, signal)
    this.signal.addEventListener('abort', () => {
      this.#onAbort()
    })
    if (this.signal.aborted) this.#onAbort()
  }

  /** Aborts, with the reason, as soon as the transaction cannot be committed any more. */
  get signal(): AbortSignal {
    return this.#linked.signal
  }

  /**
   * See `Topic.send`. The offset it resolves with may be that of a record which nobody sees, as long as
   * the transaction is not committed.
   */
  send<D extends Destination>(
    topic: D,
    message: MessageTo<D>,
    options?: SendOptions,
  ): Promise<SentMessage> {
    const refusal = this.#refusal()
    if (refusal !== undefined) return Promise.reject(refusal)
    const sent = this.#context.producer.send(topic, message, options)
    // Heard here: who does not await it is told by the transaction.
    sent.then(undefined, this.#onRejected)
    return sent
  }

  sendAll<D extends Destination>(
    topic: D,
    messages: MessagesTo<D>,
    options: SendOptions = {},
  ): Promise<SendAllSummary> {
    const refusal = this.#refusal()
    if (refusal !== undefined) return Promise.reject(refusal)
    const { signal, release } = linkedSignal(this.signal, options.signal)
    const sent = this.#context.producer.sendAll(topic, messages, { signal })
    return this.#track(sent.finally(release))
  }

  /**
   * Commits offsets of a group with the transaction. Of a consumer: everything its loops were given so
   * far, the message in hand included, or `offsets` in its name. Of a group by name: `offsets`, without a
   * look at its members.
   *
   * The consumer is made with `autoCommit: false` and `isolation: 'read_committed'`. An abort does not set
   * it back: do the same messages again in another transaction, or close it and begin anew.
   *
   * Rejects with ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID and the like when partitions have another owner by
   * now, with messages that are not committed; the transaction is aborted then. Leave out those whose
   * `message.signal` has aborted when you do the others again.
   */
  commitOffsets(of: OffsetsOf, offsets?: readonly CommitOffset[]): Promise<void> {
    const refusal = this.#refusal()
    if (refusal !== undefined) return Promise.reject(refusal)
    return this.#track(this.#commitOffsets(of, offsets))
  }

  async #commitOffsets(of: OffsetsOf, offsets: readonly CommitOffset[] | undefined): Promise<void> {
    const found = groupOffsets(of, offsets)
    await commitInTransaction(this.#context, found)
    if (typeof of === 'object' && 'onTransactionCommitted' in of) {
      this.#sources.push({ source: of, offsets: found.offsets })
    }
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#pending.add(work)
    work.then(
      () => {
        this.#pending.delete(work)
      },
      (error: unknown) => {
        this.#pending.delete(work)
        this.fail(error)
      },
    )
    return work
  }

  #refusal(): Error | undefined {
    if (this.signal.aborted) return this.signal.reason as Error
    return this.#isTaking ? undefined : hasEnded(this.transactionalId)
  }

  /** It cannot be committed any more; the first reason counts. Of `TransactionalProducer`. */
  fail(error: unknown): void {
    if (!this.#failing.signal.aborted) this.#failing.abort(error)
  }

  #onAbort(): void {
    this.#isTaking = false
    this.#context.state.fail(this.signal.reason)
  }

  /** Takes nothing more; resolves when all that was told is done, or has failed. */
  async stop(): Promise<void> {
    this.#isTaking = false
    await Promise.allSettled(this.#pending)
  }

  /** Takes nothing more; resolves when it is known of everything whether it can be committed. */
  async delivered(): Promise<void> {
    const { producer, clock } = this.#context
    const pending = this.stop()
    await producer.flush()
    await pending
    // What sendAll took last.
    await producer.flush()
    // A batch settles before those who sent its records hear of it: a failure must have arrived.
    await new Promise<void>((resolve) => {
      clock.setImmediate(resolve)
    })
  }

  onCommitted(): void {
    for (const { source, offsets } of this.#sources) source.onTransactionCommitted(offsets)
  }

  /** Nothing of it may keep the signals of others. */
  release(): void {
    this.#isTaking = false
    this.#linked.release()
  }
}
