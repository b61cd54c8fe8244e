/** Several messages at once, of any partitions, each partition's in order. */
import type { AnyMessage } from '../topic-source.ts'

/**
 * ```ts
 * for await (const batch of consumer.batches({ max: 500, withinMs: 50 })) {
 *   await insertAll(batch.messages)
 *   await batch.commit()
 * }
 * ```
 */
export class MessageBatch<M extends AnyMessage> implements Iterable<M> {
  readonly messages: readonly M[]
  readonly #commit: (signal: AbortSignal | undefined) => Promise<void>

  constructor(messages: readonly M[], commit: (signal: AbortSignal | undefined) => Promise<void>) {
    this.messages = messages
    this.#commit = commit
  }

  get size(): number {
    return this.messages.length
  }

  [Symbol.iterator](): Iterator<M> {
    return this.messages[Symbol.iterator]()
  }

  /**
   * All of the batch is done, and the group is told. Rejects when the group refuses (ILLEGAL_GENERATION
   * after a rebalance, for one). Not needed with autoCommit: asking for the next batch says the same.
   */
  commit(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    return this.#commit(options.signal)
  }
}
