/**
 * The port to the partitions of `__consumer_offsets`. The broker joins it with the replicated log; the
 * coordinator never sees files, batches or replicas.
 *
 * Contract: appends of one partition are committed, and reported, in the order of the calls; each is
 * one atomic batch. `onCommitted` comes once, with NONE after the records are as durable as `acks=all`
 * makes them, or with the code of the refusal; it may come before `append` returns.
 */
export interface CoordinatorRecord {
  readonly key: Buffer
  /** Null is a tombstone. */
  readonly value: Buffer | null
}

export interface CoordinatorLog {
  append(
    partition: number,
    records: readonly CoordinatorRecord[],
    onCommitted: (errorCode: number) => void,
  ): void

  /** Every committed record of the partition, in order. Buffers are only valid during the call. */
  replay(partition: number, onRecord: (key: Buffer, value: Buffer | null) => void): Promise<void>
}
