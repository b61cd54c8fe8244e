/** Samples the broker's memory, and says when it grows beyond its limit; its processor time beside it. */
import { processorSeconds, residentBytes } from './process-figures.ts'

const SAMPLE_INTERVAL_MS = 200
const BYTES_PER_MIB = 1024 * 1024

export class MemoryWatch {
  readonly #pid: number
  readonly #limitMib: number
  readonly #timer: NodeJS.Timeout
  peakMib = 0
  lastMib = 0
  processorSeconds = 0

  constructor(pid: number, limitMib: number) {
    this.#pid = pid
    this.#limitMib = limitMib
    this.#timer = setInterval(() => this.sample(), SAMPLE_INTERVAL_MS)
  }

  sample(): void {
    try {
      this.processorSeconds = processorSeconds(this.#pid)
      this.lastMib = Math.round(residentBytes(this.#pid) / BYTES_PER_MIB)
    } catch {
      // The broker has ended, which others notice.
      return
    }
    this.peakMib = Math.max(this.peakMib, this.lastMib)
  }

  get isOverLimit(): boolean {
    return this.peakMib > this.#limitMib
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
