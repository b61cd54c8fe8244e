/**
 * Keeps the metadata fit for what is read: told now and then which topics are still wanted, and asked anew
 * when a partition was not where it should be.
 */
import { KafkaError } from '../kafka-error.ts'
import type { ConsumerContext } from './consumer-context.ts'

/** Topics are asked for again so often, so that the metadata does not forget them. */
const TOPIC_USE_MS = 30_000

export class MetadataUpkeep {
  readonly #context: ConsumerContext
  #isRefreshing = false
  #isClosed = false
  /** Monotonic. */
  #usedMs = -Infinity
  /** Partitions of then: another number means that there may be other topics. */
  #usedCount = 0

  constructor(context: ConsumerContext) {
    this.#context = context
  }

  useTopics(nowMs: number): void {
    const { assignment, cluster } = this.#context
    const { size } = assignment
    if (size === this.#usedCount && nowMs - this.#usedMs < TOPIC_USE_MS) return
    this.#usedMs = nowMs
    this.#usedCount = size
    for (const { topic } of assignment) cluster.refresher.use(topic)
  }

  refresh(): void {
    if (this.#isRefreshing || this.#isClosed) return
    const { assignment, cluster, fail, wake } = this.#context
    this.#isRefreshing = true
    this.#usedMs = -Infinity
    this.useTopics(cluster.world.clock.monotonicMs())
    cluster.refresher
      .refresh()
      .catch((error: unknown) => {
        if (!(error instanceof KafkaError) || !error.retriable) fail(error)
        else cluster.world.logger.warn('Cannot refresh the metadata', { error })
      })
      .finally(() => {
        this.#isRefreshing = false
        // What failed for the first time has failed for old metadata: it need not wait.
        for (const one of assignment) if (one.failureCount === 1) one.notBeforeMs = 0
        wake()
      })
  }

  close(): void {
    this.#isClosed = true
  }
}
