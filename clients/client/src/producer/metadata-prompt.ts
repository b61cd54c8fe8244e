/**
 * Asks for new metadata when a producer needs it: at once, and then not again before retry.backoff.ms,
 * for a partition may be without a leader for a while.
 */
import type { Timer } from '@ottla/base'
import { backoffMs } from '../connection/backoff.ts'
import type { Cluster } from '../cluster/cluster.ts'

export interface MetadataPromptOptions {
  readonly cluster: Cluster
  /** There is an answer, or the time to ask again has come. */
  readonly onChange: () => void
  readonly onFailed: (error: unknown) => void
}

export class MetadataPrompt {
  readonly #options: MetadataPromptOptions
  #isResting = false
  #isClosed = false
  #timer: Timer | undefined

  constructor(options: MetadataPromptOptions) {
    this.#options = options
  }

  /** `topic`: one whose partition has no leader. */
  ask(topic?: string): void {
    const { cluster, onFailed } = this.#options
    if (topic !== undefined) cluster.refresher.use(topic)
    if (this.#isResting || this.#isClosed) return
    this.#isResting = true
    cluster.refresher
      .refresh()
      .catch((error: unknown) => {
        if (!this.#isClosed) onFailed(error)
      })
      .finally(() => {
        this.#rest()
      })
  }

  #rest(): void {
    if (this.#isClosed) return
    const { cluster, onChange } = this.#options
    const { clock, random } = cluster.world
    onChange()
    this.#timer = clock.setTimer(backoffMs(random, 1, cluster.options.retryBackoff), () => {
      this.#isResting = false
      onChange()
    })
  }

  close(): void {
    this.#isClosed = true
    this.#timer?.cancel()
  }
}
