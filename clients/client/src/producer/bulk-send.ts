/** What `sendAll` counts: records of one call, without a promise for each. */
import type { KafkaError } from '../kafka-error.ts'

export class BulkSend {
  /** Taken and not settled yet. */
  #pendingCount = 0
  #count = 0
  #bytes = 0
  #failure: KafkaError | undefined
  #onSettled: (() => void) | undefined

  get failure(): KafkaError | undefined {
    return this.#failure
  }

  /** Acknowledged so far. */
  get count(): number {
    return this.#count
  }

  get bytes(): number {
    return this.#bytes
  }

  onTaken(): void {
    this.#pendingCount++
  }

  onAcknowledged(recordCount: number, bytes: number): void {
    this.#count += recordCount
    this.#bytes += bytes
    this.#onDone(recordCount)
  }

  /** The first failure is the one that is told. */
  onFailed(recordCount: number, failure: KafkaError): void {
    this.#failure ??= failure
    this.#onDone(recordCount)
  }

  #onDone(recordCount: number): void {
    this.#pendingCount -= recordCount
    if (this.#pendingCount > 0) return
    this.#onSettled?.()
    this.#onSettled = undefined
  }

  /** Resolves when everything that was taken is acknowledged or has failed. */
  settled(): Promise<void> {
    if (this.#pendingCount === 0) return Promise.resolve()
    return new Promise<void>((resolve) => {
      this.#onSettled = resolve
    })
  }
}
