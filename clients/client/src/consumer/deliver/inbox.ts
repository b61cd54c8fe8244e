/**
 * Where fetched records wait for whoever asks: partitions that have some, in turn.
 *
 * Nothing is decoded here ahead of time. A failure (of the consumer, or of a partition that is not
 * paused) is thrown at everyone who asks, as often as they ask.
 */
import type { KafkaError } from '../../kafka-error.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { Assignment } from '../assignment/assignment.ts'
import { ChangeSignal } from './change-signal.ts'
import type { RecordTaker, Taken } from './record-taker.ts'

/** Then the next partition has its turn (max.poll.records of Java's client). */
const RECORDS_PER_TURN = 500

export class Inbox {
  readonly changed = new ChangeSignal()
  readonly #assignment: Assignment
  readonly #taker: RecordTaker
  #ready: AssignedPartition[] = []
  #takenInTurn = 0
  readonly #failed = new Set<AssignedPartition>()
  #failure: KafkaError | undefined
  isClosed = false

  constructor(assignment: Assignment, taker: RecordTaker) {
    this.#assignment = assignment
    this.#taker = taker
  }

  get failure(): KafkaError | undefined {
    return this.#failure
  }

  fail(failure: KafkaError): void {
    this.#failure ??= failure
    this.changed.notify()
    for (const partition of this.#assignment) partition.onRecords?.()
  }

  close(): void {
    this.isClosed = true
    this.changed.notify()
  }

  /** Records or a failure came, or it can be read again. */
  onChanged(partition: AssignedPartition): void {
    if (partition.phase === 'failed') this.#failed.add(partition)
    if (partition.isStreamed) {
      partition.onRecords?.()
      return
    }
    if (!partition.isListed && !partition.queue.isEmpty) {
      partition.isListed = true
      this.#ready.push(partition)
    }
    this.changed.notify()
  }

  /** True when `taken` holds the next record, false when there is none just now. */
  take(taken: Taken): boolean | Promise<boolean> {
    this.#throwFailures()
    for (;;) {
      const partition = this.#ready[0]
      if (partition === undefined) return false
      const isTaken = partition.isStreamed ? false : this.#taker.takeFrom(partition, taken)
      if (isTaken !== false) {
        this.#takenInTurn++
        if (this.#takenInTurn >= RECORDS_PER_TURN) this.#rotate(partition)
        return isTaken
      }
      this.#ready.shift()
      partition.isListed = false
      this.#takenInTurn = 0
    }
  }

  #rotate(partition: AssignedPartition): void {
    this.#takenInTurn = 0
    if (this.#ready.length === 1 || this.#ready[0] !== partition) return
    this.#ready.shift()
    this.#ready.push(partition)
  }

  #throwFailures(): void {
    if (this.#failure !== undefined) throw this.#failure
    for (const partition of this.#failed) {
      const { phase, failure, isEnded, isPaused, isStreamed } = partition
      if (phase !== 'failed' || failure === undefined || isEnded) this.#failed.delete(partition)
      else if (!isPaused && !isStreamed) throw failure
    }
  }

  /** The same, of one partition; for streams, which own one. */
  takeFrom(partition: AssignedPartition, taken: Taken): boolean | Promise<boolean> {
    if (this.#failure !== undefined) throw this.#failure
    const { failure, isPaused, isEnded } = partition
    if (failure !== undefined && !isPaused && !isEnded) throw failure
    return this.#taker.takeFrom(partition, taken)
  }
}
