/** A source of records for a loop without a consumer, and what the loop has in hand of them. */
import { FakeClock } from '@ottla/base'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import { ChangeSignal } from '../deliver/change-signal.ts'
import { HeldRecords, type Hand } from '../deliver/held-records.ts'
import type { RecordSource } from '../deliver/record-source.ts'
import type { Taken } from '../deliver/record-taker.ts'
import { TurnTaking } from '../deliver/turn-taking.ts'
import type { AnyMessage } from '../topic-source.ts'

/** Knows how many loops there are whose messages it would wait for. */
class CountedHands extends HeldRecords {
  readonly hands = new Set<Hand>()

  override take(): Hand {
    const hand = super.take()
    this.hands.add(hand)
    return hand
  }

  override leave(hand: Hand): void {
    super.leave(hand)
    this.hands.delete(hand)
  }
}

/** A source of one partition, whose records a test puts there. */
export class HandedRecords implements RecordSource {
  readonly held = new CountedHands()
  readonly clock = new FakeClock()
  readonly turns = new TurnTaking(this.clock)
  readonly changed = new ChangeSignal()
  readonly identity = { clientId: 'test' }
  readonly partition = new AssignedPartition(
    { topic: 'orders', partition: 0 },
    { isCrcChecked: true, recordsBytesMax: 1024 },
  )
  isOver = false
  failure: Error | undefined
  /** Awaited before a record is taken, as for a serde that waits. */
  decoding: Promise<void> | undefined
  deliveredCount = 0
  #coming = 0
  #offset = 0

  put(count: number): void {
    this.#coming += count
    this.changed.notify()
  }

  end(): void {
    this.isOver = true
    this.changed.notify()
  }

  take(taken: Taken): boolean | Promise<boolean> {
    return this.decoding?.then(() => this.#takeNow(taken)) ?? this.#takeNow(taken)
  }

  #takeNow(taken: Taken): boolean {
    if (this.failure !== undefined) throw this.failure
    if (this.#coming === 0) return false
    this.#coming--
    taken.message = { offset: this.#offset } as AnyMessage
    taken.partition = this.partition
    taken.number = this.partition.tracker.begin(this.#offset, 0)
    this.#offset++
    return true
  }

  onDelivered(recordCount: number): void {
    this.deliveredCount += recordCount
  }
}
