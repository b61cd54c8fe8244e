/**
 * For how long a check asks again after a refusal that Kafka calls retriable. It is bounded: a broker that
 * is ready but never serves its partitions is a violation too.
 */
const PATIENCE_MS = 20_000
const PAUSE_MS = 20

export class Patience {
  readonly #beganMs = performance.now()
  #isUsed = false

  hasMore(): boolean {
    this.#isUsed = true
    return performance.now() - this.#beganMs < PATIENCE_MS
  }

  /** Between two tries. */
  async pauseIfUsed(): Promise<void> {
    if (!this.#isUsed) return
    this.#isUsed = false
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
