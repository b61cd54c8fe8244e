/** Where a loop takes its records from: all partitions, or one. */
import { untilAborted } from '../../async/abort.ts'
import { pollChannel } from '../../diagnostics/messaging-trace.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { ChangeSignal } from './change-signal.ts'
import type { HeldRecords } from './held-records.ts'
import type { Inbox } from './inbox.ts'
import type { TraceIdentity } from './process-trace.ts'
import type { Taken } from './record-taker.ts'
import type { TurnTaking } from './turn-taking.ts'

export interface RecordSource {
  readonly held: HeldRecords
  readonly turns: TurnTaking
  readonly changed: ChangeSignal
  readonly identity: TraceIdentity
  /** Nothing comes any more: loops end. */
  readonly isOver: boolean
  take(taken: Taken): boolean | Promise<boolean>
  /** Counts for the metrics. */
  onDelivered(recordCount: number): void
}

/** For a loop that found nothing, and has awaited nothing since. */
export function untilChanged(
  { changed, identity }: RecordSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  const waiting = untilAborted(changed.wait(), signal)
  return pollChannel.isTraced ? pollChannel.run(identity, () => waiting) : waiting
}

/** One partition, for the stream that owns it. */
export class PartitionSource implements RecordSource {
  readonly held: HeldRecords
  readonly turns: TurnTaking
  readonly changed: ChangeSignal
  readonly identity: TraceIdentity
  readonly #inbox: Inbox
  readonly #partition: AssignedPartition
  readonly #shared: RecordSource

  constructor(
    partition: AssignedPartition,
    { inbox, shared, changed }: { inbox: Inbox; shared: RecordSource; changed: ChangeSignal },
  ) {
    this.held = shared.held
    this.turns = shared.turns
    this.identity = shared.identity
    this.changed = changed
    this.#shared = shared
    this.#inbox = inbox
    this.#partition = partition
  }

  get isOver(): boolean {
    return this.#partition.isEnded || this.#shared.isOver
  }

  take(taken: Taken): boolean | Promise<boolean> {
    return this.#inbox.takeFrom(this.#partition, taken)
  }

  onDelivered(recordCount: number): void {
    this.#shared.onDelivered(recordCount)
  }
}
