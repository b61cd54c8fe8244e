/** What one run of a row yields, and how it is taken: from a moment, not from the start of the process. */
export interface Measured {
  readonly records: number
  readonly bytes: number
  readonly seconds: number
  readonly cpuSeconds: number
  /** Milliseconds; empty for rows about throughput alone. */
  readonly latenciesMs: readonly number[]
}

export class Measurement {
  readonly beganMs = performance.now()
  readonly #cpu = process.cpuUsage()

  end(records: number, recordBytes: number, latenciesMs: readonly number[]): Measured {
    const seconds = (performance.now() - this.beganMs) / 1000
    const { user, system } = process.cpuUsage(this.#cpu)
    const cpuSeconds = (user + system) / 1e6
    return { records, bytes: records * recordBytes, seconds, cpuSeconds, latenciesMs }
  }
}
