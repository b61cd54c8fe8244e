/**
 * Begins a new segment: the old one gets its last index entries, the producer state at the new base
 * offset is kept in a snapshot, and the next flush covers all of it.
 *
 * Nothing here waits for the device. A step that fails leaves the log on its old segment.
 */
import type { LogState } from '../log-state.ts'
import { logFailure } from '../storage-error.ts'
import type { LogFlusher } from './log-flusher.ts'
import { LogSegment } from './log-segment.ts'

const NOTHING_EXISTS: ReadonlySet<string> = new Set()

export class SegmentRoller {
  readonly #state: LogState
  readonly #flusher: LogFlusher

  constructor(state: LogState, flusher: LogFlusher) {
    this.#state = state
    this.#flusher = flusher
  }

  roll(baseOffset: number): void {
    const state = this.#state
    const old = state.segments.active
    try {
      old.seal()
      this.takeSnapshot()
      state.segments.add(this.create(baseOffset))
    } catch (error) {
      throw logFailure('roll', old.log.path, { cause: error, advice: 'check the disk' })
    }
    this.#flusher.sealed(old)
    state.resources.indexMemory.use(state, old)
  }

  /** A new segment with its (empty) file. */
  create(baseOffset: number): LogSegment {
    const { resources, directory, config } = this.#state
    const segment = new LogSegment({
      files: resources.files,
      directory,
      baseOffset,
      existing: NOTHING_EXISTS,
      createdMs: resources.clock.wallMs(),
      // Segments that began together roll apart.
      rollJitterMs: resources.random.fraction() * config.segmentJitterMs,
    })
    segment.log.use({ create: true })
    this.#state.isDirectoryUnsynced = true
    return segment
  }

  /** The producer state at its end offset, so that a restart need not read what was before. */
  takeSnapshot(): void {
    const { producers, snapshots, snapshotOffset } = this.#state
    if (producers.mapEndOffset === snapshotOffset) return
    snapshots.write(producers.mapEndOffset, producers.entries())
    this.#state.snapshotOffset = producers.mapEndOffset
    this.#state.isDirectoryUnsynced = true
  }
}
