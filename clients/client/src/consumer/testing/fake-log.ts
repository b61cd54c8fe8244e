/** Partitions that FakeBrokers serve to consumers: what is in them, and what goes wrong. */
import { buildBatch, type BatchOptions } from '@ottla/records'

interface StoredBatch {
  readonly bytes: Buffer
  readonly baseOffset: number
  readonly lastOffset: number
  readonly timestamp: number
}

/** What a partition answers instead of records, once. */
export interface FetchFault {
  readonly errorCode: number
  readonly leader?: { readonly leaderId: number; readonly leaderEpoch: number }
}

export class FakeLog {
  batches: StoredBatch[] = []
  startOffset = 0
  endOffset = 0
  lastStableOffset: number | undefined
  aborted: { producerId: number; firstOffset: number }[] = []
  /** Of the next answers that would have brought something, or nothing. */
  faults: FetchFault[] = []
  /** Said to consumers that ask the leader. */
  preferredReadReplica = -1
  /** What OffsetForLeaderEpoch answers; by default that all of it is there. */
  epochEnd: { readonly leaderEpoch: number; readonly endOffset: number } | undefined
  onAppended: () => void = () => {}

  append(values: readonly string[], options: BatchOptions & { timestamp?: number } = {}): void {
    const { timestamp = 1000 + this.endOffset, ...rest } = options
    const records = values.map((value) => ({
      key: Buffer.from(value),
      value: Buffer.from(value),
      timestamp,
    }))
    const baseOffset = this.endOffset
    this.appendBytes(
      buildBatch(records, { baseOffset, partitionLeaderEpoch: 0, ...rest }),
      values.length,
      timestamp,
    )
  }

  appendBytes(bytes: Buffer, offsetCount = 1, timestamp = 0): void {
    const baseOffset = this.endOffset
    this.endOffset += offsetCount
    this.batches.push({ bytes, baseOffset, lastOffset: this.endOffset - 1, timestamp })
    this.onAppended()
  }

  /** Whole batches from the one that holds `offset` on; at least one. */
  read(offset: number, bytesMax: number): Buffer {
    const chunks: Buffer[] = []
    let bytes = 0
    for (const batch of this.batches) {
      if (batch.lastOffset < offset) continue
      if (chunks.length > 0 && bytes + batch.bytes.length > bytesMax) break
      chunks.push(batch.bytes)
      bytes += batch.bytes.length
    }
    return Buffer.concat(chunks)
  }

  offsetAt(timestamp: number): number {
    if (timestamp === -2) return this.startOffset
    if (timestamp === -1) return this.endOffset
    return this.batches.find((batch) => batch.timestamp >= timestamp)?.baseOffset ?? -1
  }
}
