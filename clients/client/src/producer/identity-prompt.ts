/**
 * Asks for a producer id while there is none: when it is needed, and again after retry.backoff.ms when it
 * could not be had in the time of one call.
 */
import type { Timer } from '@ottla/base'
import type { Cluster } from '../cluster/cluster.ts'
import { backoffMs } from '../connection/backoff.ts'
import { KafkaError } from '../kafka-error.ts'
import type { ProducerIdentity } from './producer-identity.ts'

export interface IdentityPromptOptions {
  readonly cluster: Cluster
  readonly identity: ProducerIdentity
  /** There is an id, or the time to ask again has come. */
  readonly onChange: () => void
  /** It is asked for again. */
  readonly onFailed: (error: unknown) => void
  /** The brokers will never give one: they do not allow it, or do not know of it. */
  readonly onRefused: (refusal: KafkaError) => void
}

export class IdentityPrompt {
  readonly #options: IdentityPromptOptions
  readonly #closing = new AbortController()
  #isAsking = false
  #timer: Timer | undefined

  constructor(options: IdentityPromptOptions) {
    this.#options = options
  }

  ask(): void {
    if (!this.#isAsking && !this.#closing.signal.aborted) void this.#ask()
  }

  async #ask(): Promise<void> {
    const { signal } = this.#closing
    this.#isAsking = true
    try {
      await this.#options.identity.acquire(signal)
    } catch (error) {
      this.#isAsking = false
      // The failure of a closed producer is that it is closed, which everybody was told.
      if (!signal.aborted) this.#onFailed(error)
      return
    }
    this.#isAsking = false
    this.#options.onChange()
  }

  #onFailed(error: unknown): void {
    const { cluster, onChange, onFailed, onRefused } = this.#options
    if (error instanceof KafkaError && !error.retriable) {
      onRefused(error)
      return
    }
    onFailed(error)
    const { clock, random } = cluster.world
    this.#timer?.cancel()
    this.#timer = clock.setTimer(backoffMs(random, 1, cluster.options.retryBackoff), onChange)
  }

  close(reason: KafkaError): void {
    this.#closing.abort(reason)
    this.#timer?.cancel()
  }
}
