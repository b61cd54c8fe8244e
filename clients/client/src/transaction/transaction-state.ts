/**
 * What is known of one transactional id and of its transaction, and what follows from it. No requests.
 *
 *   idle ──begin──► open ──complete('commit')──► committing ──ended──► idle
 *                    │ fail                            │ fail
 *                    ▼                                 ▼
 *                  failed ──complete('abort')───► aborting ──ended──► idle      any ──► fatal
 *
 * `aborting` survives an abort that could not be delivered: the next transaction begins with it.
 */
import type { ProducerEpoch, ProducerId } from '@ottla/base'
import { NO_PRODUCER_EPOCH, NO_PRODUCER_ID } from '@ottla/records'
import type { KafkaError } from '../kafka-error.ts'
import { asFatal } from './transaction-errors.ts'

export interface EpochOfProducer {
  readonly producerId: number
  readonly producerEpoch: number
}

export type TransactionPhase = 'aborting' | 'committing' | 'failed' | 'idle' | 'open'

export class TransactionState {
  readonly transactionalId: string
  producerId = NO_PRODUCER_ID as ProducerId
  producerEpoch = NO_PRODUCER_EPOCH as ProducerEpoch
  /** See transaction-apis.ts; fixed while a transaction is open. */
  isServerSide = false
  #phase: TransactionPhase = 'idle'
  /** An epoch must be had before the next transaction: there is none, or its sequences have gaps. */
  #needsEpoch = true
  /** The coordinator may know of the transaction: it must be ended there. */
  #mayBeKnown = false
  /** The coordinator knows of it for sure. */
  #isKnown = false
  #failure: unknown
  #fatal: KafkaError | undefined

  constructor(transactionalId: string) {
    this.transactionalId = transactionalId
  }

  get phase(): TransactionPhase {
    return this.#phase
  }

  get isOpen(): boolean {
    return this.#phase === 'open' && this.#fatal === undefined
  }

  /** Why the transaction of this moment cannot be committed. */
  get failure(): unknown {
    return this.#fatal ?? this.#failure
  }

  /** Nothing can be done any more by this producer. */
  get fatal(): KafkaError | undefined {
    return this.#fatal
  }

  get needsEpoch(): boolean {
    return this.#needsEpoch
  }

  /** Whether an abort of an earlier transaction is still to be delivered. */
  get needsAbort(): boolean {
    return this.#phase === 'aborting'
  }

  /** Whether ending the transaction takes a request at all. */
  get mustBeEnded(): boolean {
    return this.#mayBeKnown
  }

  takeEpoch({ producerId, producerEpoch }: EpochOfProducer): void {
    this.producerId = producerId as ProducerId
    this.producerEpoch = producerEpoch as ProducerEpoch
    this.#needsEpoch = false
  }

  /** The cluster's way to speak has changed between transactions: each way has epochs of its own. */
  speak(isServerSide: boolean): void {
    if (this.isServerSide !== isServerSide) this.#needsEpoch = true
    this.isServerSide = isServerSide
  }

  begin(): void {
    this.#phase = 'open'
    this.#failure = undefined
  }

  /** Something of the transaction is about to leave. */
  onTelling(): void {
    this.#mayBeKnown = true
  }

  onTold(): void {
    this.#isKnown = true
  }

  /** The first failure is the one that is told; true for that one. */
  fail(failure: unknown): boolean {
    const isFirst = this.#phase === 'open' || this.#phase === 'committing'
    if (!isFirst) return false
    this.#phase = 'failed'
    this.#failure = failure
    // Of what failed the sequences may be missing; EndTxn 5 gives an epoch anyway.
    if (this.#mayBeKnown && !this.isServerSide) this.#needsEpoch = true
    return true
  }

  failForGood(failure: KafkaError): void {
    this.#fatal ??= failure
  }

  /** A refusal after which nothing can be done any more: what the producer rejects with from now on. */
  onFatal(refusal: KafkaError): KafkaError {
    const failure = asFatal(refusal, this.transactionalId)
    this.failForGood(failure)
    return failure
  }

  complete(how: 'abort' | 'commit'): void {
    this.#phase = how === 'commit' ? 'committing' : 'aborting'
  }

  /** `next`: the epoch that EndTxn 5 has answered with. */
  onEnded(next?: EpochOfProducer): void {
    this.#phase = 'idle'
    this.#mayBeKnown = false
    this.#isKnown = false
    if (next !== undefined && next.producerId >= 0) this.takeEpoch(next)
  }

  /**
   * INVALID_TXN_STATE for an abort: nothing has arrived of what was told. True when that can be; what may
   * still be on its way belongs to an epoch that is over then.
   */
  onNothingToAbort(): boolean {
    if (this.#phase !== 'aborting' || this.#isKnown) return false
    this.#needsEpoch = true
    this.onEnded()
    return true
  }

  /** INVALID_PRODUCER_ID_MAPPING for an abort: the coordinator has forgotten the id, and all of it. */
  onForgotten(): void {
    this.producerId = NO_PRODUCER_ID as ProducerId
    this.producerEpoch = NO_PRODUCER_EPOCH as ProducerEpoch
    this.#needsEpoch = true
    this.onEnded()
  }
}
