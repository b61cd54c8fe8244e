/**
 * The sequence numbers of one partition under one producer id and epoch (KIP-98): each record has the
 * next one, and the broker takes a batch only when it begins where the one before ended.
 */
import type { ProducerEpoch, ProducerId } from '@ottla/base'
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID, NO_SEQUENCE } from '@ottla/records'
import type { SequenceDoubt } from './sequence-doubt.ts'

/** Sequences count 0, 1, … 2^31 - 1, 0, … */
const SEQUENCE_MODULUS = 0x80000000

export class PartitionSequence {
  producerId = NO_PRODUCER_ID as ProducerId
  producerEpoch = NO_PRODUCER_EPOCH as ProducerEpoch
  /** Of the next record that gets one. */
  next = 0
  /** Of the last record that is known to be stored; -1 before the first. */
  lastAcknowledged = NO_SEQUENCE
  /** Where that record is; -1 when unknown. */
  lastAcknowledgedOffset = -1
  /** While a gap may only be one of the broker's memory. */
  doubt: SequenceDoubt | undefined

  /** Begins anew at 0: a new epoch makes the broker forget what it expected. */
  restart(producerId: ProducerId, producerEpoch: ProducerEpoch): void {
    this.producerId = producerId
    this.producerEpoch = producerEpoch
    this.next = 0
    this.lastAcknowledged = NO_SEQUENCE
    this.lastAcknowledgedOffset = -1
    this.doubt = undefined
  }

  /** The sequence of the first of `recordCount` records. */
  take(recordCount: number): number {
    const first = this.next
    this.next = (first + recordCount) % SEQUENCE_MODULUS
    return first
  }

  /** Of a batch that was never sent: the last that was taken. */
  putBack(baseSequence: number): void {
    this.next = baseSequence
  }

  /** Answers may come late for what others were stored behind (NOT_ENOUGH_REPLICAS_AFTER_APPEND, say). */
  onAcknowledged(baseSequence: number, recordCount: number, baseOffset: number): void {
    if (this.isOvertaken(baseSequence)) return
    this.lastAcknowledged = (baseSequence + recordCount - 1) % SEQUENCE_MODULUS
    if (baseOffset >= 0) this.lastAcknowledgedOffset = baseOffset + recordCount - 1
  }

  /** Whether so many records can lie between what is known to be stored and `baseOffset` (-1: unknown). */
  hasRoomBefore(baseOffset: number, recordCount: number): boolean {
    if (baseOffset < 0 || this.lastAcknowledgedOffset < 0) return true
    return baseOffset - this.lastAcknowledgedOffset > recordCount
  }

  /** The broker has taken something under this id and epoch, and knows where it is from now on. */
  get isKnownToBroker(): boolean {
    return this.lastAcknowledged !== NO_SEQUENCE
  }

  /** Whether later numbers are stored already: these can never be any more. */
  isOvertaken(baseSequence: number): boolean {
    const ahead = (baseSequence - this.#expected + SEQUENCE_MODULUS) % SEQUENCE_MODULUS
    return this.isKnownToBroker && ahead >= SEQUENCE_MODULUS / 2
  }

  /** Everything that was numbered is stored. */
  get isComplete(): boolean {
    return this.next === this.#expected
  }

  get #expected(): number {
    return (this.lastAcknowledged + 1) % SEQUENCE_MODULUS
  }
}
