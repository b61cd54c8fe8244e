/**
 * Which leader epoch began at which offset (KIP-101, KIP-279): how a follower finds where its log and
 * the leader's part ways.
 *
 * Epochs and start offsets grow from entry to entry. An epoch in which nothing was written is replaced
 * by the next one that begins at the same offset. The file is `leader-epoch-checkpoint`; what it lost
 * comes back from the batches, which carry their epoch.
 */
export interface EpochEntry {
  readonly epoch: number
  readonly startOffset: number
}

export interface EpochEnd {
  /** The largest epoch that is not above the asked one; -1 when there is none. */
  readonly leaderEpoch: number
  readonly endOffset: number
}

const UNKNOWN: EpochEnd = { leaderEpoch: -1, endOffset: -1 }

export class LeaderEpochCache {
  #entries: EpochEntry[] = []
  /** The file does not have the latest entries. */
  isChanged = false

  get entries(): readonly EpochEntry[] {
    return this.#entries
  }

  get latestEpoch(): number {
    return this.#entries.at(-1)?.epoch ?? -1
  }

  restore(entries: readonly EpochEntry[]): void {
    this.#entries = [...entries]
    this.isChanged = false
  }

  /** Notes that `epoch` begins at `startOffset`; older or known epochs change nothing. */
  assign(epoch: number, startOffset: number): void {
    if (epoch < 0 || epoch <= this.latestEpoch) return
    while ((this.#entries.at(-1)?.startOffset ?? -1) >= startOffset) this.#entries.pop()
    this.#entries.push({ epoch, startOffset })
    this.isChanged = true
  }

  /** KIP-320: the end of the epoch is where the next one starts, or the end of the log. */
  endOffsetFor(epoch: number, logEndOffset: number): EpochEnd {
    if (epoch < 0 || this.#entries.length === 0) return UNKNOWN
    if (epoch === this.latestEpoch) return { leaderEpoch: epoch, endOffset: logEndOffset }
    const next = this.#entries.findIndex((entry) => entry.epoch > epoch)
    // An epoch from the future: this log can say nothing about it.
    if (next < 0) return UNKNOWN
    const startOfNext = this.#entries[next] as EpochEntry
    const own = this.#entries[next - 1]
    // Before everything this log has: the first epoch starts where the asked one ended.
    if (own === undefined) return { leaderEpoch: epoch, endOffset: startOfNext.startOffset }
    return { leaderEpoch: own.epoch, endOffset: startOfNext.startOffset }
  }

  /** The epoch of the record at `offset`; -1 where unknown. */
  epochFor(offset: number): number {
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i] as EpochEntry
      if (entry.startOffset <= offset) return entry.epoch
    }
    return -1
  }

  /** Removes epochs that begin at `endOffset` or later. */
  truncateFromEnd(endOffset: number): void {
    while ((this.#entries.at(-1)?.startOffset ?? -1) >= endOffset) {
      this.#entries.pop()
      this.isChanged = true
    }
  }

  /** Removes epochs that end at or before `startOffset`; the first that is left begins there. */
  truncateFromStart(startOffset: number): void {
    while ((this.#entries[1]?.startOffset ?? Infinity) <= startOffset) {
      this.#entries.shift()
      this.isChanged = true
    }
    const first = this.#entries[0]
    if (first !== undefined && first.startOffset < startOffset) {
      this.#entries[0] = { epoch: first.epoch, startOffset }
      this.isChanged = true
    }
  }
}
