/**
 * One partition that this consumer reads: where it is, what it has fetched, what it waits for.
 *
 *   starting ──► committed ──► reset ──► ready ◄──► validating
 *       └─ seek ───────────────▲──────────▲   (any state but starting ──► failed; a seek leads out)
 *
 *   starting    the program is being told of it, and may seek
 *   committed   the group is to be asked for its offset
 *   reset       the leader is to be asked for an offset
 *   validating  a new leader is to be asked whether it has what we have read (KIP-320)
 *   ready       can be fetched
 *   failed      nothing more until the program seeks, or pauses it
 *
 * Whatever comes back from a broker is for the `version` it was asked in: a seek, a reset and a
 * truncation start a new one.
 */
import type { BrokerId } from '@ottla/base'
import type { KafkaError } from '../../kafka-error.ts'
import { partitionKey, type TopicPartition } from '../../topic-partition.ts'
import { RecordQueue, type RecordQueueOptions } from '../decode/record-queue.ts'
import type { OffsetSpec } from '../offsets/offset-spec.ts'
import { OffsetTracker } from './offset-tracker.ts'

export type PartitionPhase = 'committed' | 'failed' | 'ready' | 'reset' | 'starting' | 'validating'

export interface DoneOffset {
  readonly offset: number
  readonly leaderEpoch: number
}

const UNKNOWN = -1
const NO_POSITION = -1

export class AssignedPartition implements TopicPartition {
  readonly topic: string
  readonly partition: number
  readonly key: string
  readonly queue: RecordQueue
  readonly tracker = new OffsetTracker()
  readonly #abort = new AbortController()
  readonly signal: AbortSignal

  phase: PartitionPhase = 'starting'
  version = 0
  failure: KafkaError | undefined
  /** What is asked for in the phase `reset`. */
  resetTo: Exclude<OffsetSpec, number> = 'latest'
  isPaused = false
  /** Revoked, lost or closed: nothing is given out or fetched any more. */
  isEnded = false

  /** Of the next record to fetch; the queue's own position is behind it by what is in the queue. */
  fetchOffset = NO_POSITION
  /** Of the record before that one; -1 where unknown. */
  fetchEpoch = UNKNOWN
  /** The leader's epoch at which `fetchOffset` was last known to be right. */
  validatedEpoch = UNKNOWN
  /** Part of a fetch that is not answered yet. */
  isInFlight = false
  /** For a batch that did not fit into what was asked for; 0 as a rule. */
  fetchBytesMin = 0
  /** Where the broker had nothing: it is asked again when the queue before that was given out. */
  outOfRangeAt = NO_POSITION
  /** Monotonic: after an error it is left alone until then. */
  notBeforeMs = 0
  failureCount = 0
  /** Monotonic: the first of these failures. */
  failingSinceMs = 0
  /** A request about its position is out. */
  isAsking = false

  /** Where the leader said that we should read (KIP-392); only until `preferredUntilMs`. */
  preferredReplica: BrokerId | undefined
  preferredUntilMs = 0

  highWatermark = UNKNOWN
  lastStableOffset = UNKNOWN
  logStartOffset = UNKNOWN

  /** As far as the group is known to have it. */
  committedOffset = UNKNOWN
  /** Something of it was given out. */
  wasGiven = false
  /** Of the last record that was given out. */
  #deliveredEpoch = UNKNOWN
  /** In the list of partitions to take from. */
  isListed = false
  /** Taken from by a stream of its own only. */
  isStreamed = false
  /** A value is being deserialized; the next one has to wait. */
  isDecoding = false
  onRecords: (() => void) | undefined

  constructor({ topic, partition }: TopicPartition, options: RecordQueueOptions) {
    this.topic = topic
    this.partition = partition
    this.key = partitionKey(topic, partition)
    this.queue = new RecordQueue(NO_POSITION, options)
    this.signal = this.#abort.signal
  }

  /** Of the next record that the program gets; undefined while it is not known. */
  get position(): number | undefined {
    const { position } = this.queue
    return position === NO_POSITION ? undefined : position
  }

  /**
   * Everything fetched is dropped, and reading goes on at `offset`. What is in somebody's hands still
   * holds commits back, unless it is going to be read again anyway.
   */
  moveTo(offset: number, leaderEpoch = UNKNOWN): void {
    this.#begin('ready')
    const { tracker } = this
    if (!tracker.isEmpty && offset <= tracker.firstOffset) tracker.clear()
    this.fetchOffset = offset
    this.fetchEpoch = leaderEpoch
    this.#deliveredEpoch = leaderEpoch
    this.queue.reset(offset)
  }

  /** What was not given out yet, from wherever it is now. */
  fetchAgain(): void {
    this.moveTo(this.queue.position, this.#deliveredEpoch)
  }

  /** The same, at an offset that the leader has to be asked for. */
  resetAt(spec: Exclude<OffsetSpec, number>): void {
    this.#begin('reset')
    this.resetTo = spec
    this.fetchOffset = NO_POSITION
    this.fetchEpoch = UNKNOWN
    this.queue.reset(NO_POSITION)
  }

  askCommitted(): void {
    this.#begin('committed')
  }

  fail(failure: KafkaError): void {
    this.#begin('failed')
    this.failure = failure
  }

  #begin(phase: PartitionPhase): void {
    this.phase = phase
    this.version++
    this.failure = undefined
    this.isAsking = false
    this.failureCount = 0
    this.notBeforeMs = 0
    this.validatedEpoch = UNKNOWN
  }

  /** The program says where it wants to be: what it had in hand before means nothing any more. */
  seek(spec: OffsetSpec): void {
    this.tracker.clear()
    if (typeof spec === 'number') this.moveTo(spec)
    else this.resetAt(spec)
  }

  /** Takes the record that the queue stands on; returns its number for the tracker. */
  take(): number {
    const { queue } = this
    this.wasGiven = true
    const number = this.tracker.begin(queue.cursor.offset, queue.leaderEpoch)
    this.#deliveredEpoch = queue.leaderEpoch
    queue.take()
    return number
  }

  /** How far everything is done; undefined while nothing is known. */
  get done(): DoneOffset | undefined {
    const { tracker } = this
    if (!tracker.isEmpty) return { offset: tracker.firstOffset, leaderEpoch: tracker.firstEpoch }
    const { position } = this
    if (position === undefined) return undefined
    return { offset: position, leaderEpoch: this.#deliveredEpoch }
  }

  /** Records that can be read and were not given out yet; undefined before the first fetch. */
  lag(isReadCommitted: boolean): number | undefined {
    const end = isReadCommitted ? this.lastStableOffset : this.highWatermark
    const { position } = this
    return position === undefined || end < 0 ? undefined : Math.max(0, end - position)
  }

  /** Ours no more; whoever works on its records hears of it. */
  end(reason: KafkaError): void {
    if (this.isEnded) return
    this.isEnded = true
    this.version++
    this.queue.reset(this.queue.position)
    this.#abort.abort(reason)
    this.onRecords?.()
  }
}
