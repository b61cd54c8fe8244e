/**
 * Stations 7 to 9 of the produce path for one log: checks, offsets, and the write at the end of the
 * turn.
 *
 *   append:  gate ──► incoming batches, checked ──► offsets, epoch, producer state ──► pending
 *   write:   pending ──► the active segment, in one call
 *
 * A segment is rolled before the batch that needs a new one is applied, so that the producer snapshot
 * at its base offset says exactly what was before it.
 *
 * Bench: ../append.bench.ts
 */
import { RecordBatchView } from '@ottla/records'
import type { LogState } from '../log-state.ts'
import type { AppendOrigin } from '../producer-state/producer-state-manager.ts'
import type { SegmentRoller } from '../segment/segment-roller.ts'
import { StorageError } from '../storage-error.ts'
import { AppendGate } from './append-gate.ts'
import { appendedOutcome, refusedOutcome, type AppendOutcome } from './append-outcome.ts'
import { assignOffsets } from './assign-offsets.ts'
import { IncomingBatches } from './incoming-batches.ts'
import { PendingBatches } from './pending-batches.ts'

export interface AppendOptions {
  readonly origin: AppendOrigin
  readonly leaderEpoch: number
}

export interface AppenderParts {
  readonly state: LogState
  readonly roller: SegmentRoller
  /** Builds the producer state again from what is on the disk, up to `writtenEndOffset`. */
  readonly reloadProducers: () => void
  readonly onWritten: () => void
}

export class LogAppender {
  readonly #state: LogState
  readonly #roller: SegmentRoller
  readonly #view = new RecordBatchView()
  readonly #gate: AppendGate
  readonly #incoming: IncomingBatches
  readonly #pending: PendingBatches

  constructor({ state, roller, reloadProducers, onWritten }: AppenderParts) {
    this.#state = state
    this.#roller = roller
    this.#gate = new AppendGate(state)
    this.#incoming = new IncomingBatches(state)
    const onFullDisk = (): void => {
      this.#gate.pause()
    }
    this.#pending = new PendingBatches({ state, reloadProducers, onWritten, onFullDisk })
  }

  get hasPending(): boolean {
    return !this.#pending.isEmpty
  }

  append(records: Buffer, options: AppendOptions): AppendOutcome {
    const { logStartOffset } = this.#state
    const incoming = this.#incoming
    try {
      const refusal = this.#gate.refusal() ?? incoming.take(records, options.origin)
      if (refusal !== undefined) return refusedOutcome(refusal, logStartOffset)
      return incoming.duplicate ?? this.#applyAll(incoming.batches, options)
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      return refusedOutcome(this.#gate.refusalAfter(error), logStartOffset)
    } finally {
      incoming.clear()
    }
  }

  #applyAll(batches: readonly Buffer[], options: AppendOptions): AppendOutcome {
    const { config, resources, logStartOffset } = this.#state
    const isStamped =
      options.origin !== 'replica' && config.messageTimestampType === 'LogAppendTime'
    const logAppendTimeMs = isStamped ? resources.clock.wallMs() : -1
    let baseOffset = -1
    for (const batch of batches) {
      const appendedAt = this.#apply(batch, options, logAppendTimeMs)
      if (baseOffset < 0) baseOffset = appendedAt
    }
    const offsets = { baseOffset, lastOffset: this.#state.nextOffset - 1 }
    return appendedOutcome(offsets, logAppendTimeMs, logStartOffset)
  }

  #apply(batch: Buffer, options: AppendOptions, logAppendTimeMs: number): number {
    const state = this.#state
    const view = this.#view.reset(batch, 0)
    if (options.origin !== 'replica') {
      assignOffsets(view, {
        baseOffset: state.nextOffset,
        leaderEpoch: options.leaderEpoch,
        logAppendTimeMs,
      })
    }
    this.#rollIfDue(view)
    const { baseOffset } = view
    state.epochs.assign(view.partitionLeaderEpoch, baseOffset)
    const aborted = state.producers.apply(view)
    state.nextOffset = view.lastOffset + 1
    this.#pending.add(batch, aborted)
    return baseOffset
  }

  #rollIfDue(view: RecordBatchView): void {
    const { segments, config, resources } = this.#state
    const nowMs = resources.clock.wallMs()
    const pending = this.#pending
    if (!segments.active.isRollDue(view, config, nowMs, pending.size)) return
    if (!pending.isEmpty) {
      pending.writeEarly()
      // The pending batches may have taken fewer index entries than were reckoned with.
      if (!segments.active.isRollDue(view, config, nowMs, pending.size)) return
    }
    this.#roller.roll(view.baseOffset)
  }

  /** Brings what was appended to the active segment; throws when it, or an earlier part, did not get there. */
  write(): void {
    this.#pending.write()
  }
}
