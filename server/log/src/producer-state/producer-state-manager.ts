/**
 * Idempotence and transactions of one log: which batches its producers have written, and which
 * transactions are open. Kafka's ProducerStateManager and ProducerAppendInfo.
 *
 * `check` decides and changes nothing, `apply` changes and refuses nothing: a request of several
 * batches is checked whole before the first one is applied, and recovery only applies.
 *
 * The state is what the log says up to `mapEndOffset`; it can always be built again from a snapshot and
 * the batches after it.
 */
import { MalformedError } from '@ottla/base'
import {
  CONTROL_TYPE_ABORT,
  decodeEndTxnMarker,
  RecordCursor,
  type EndTxnMarker,
  type RecordBatchView,
} from '@ottla/records'
import type { AbortedTransaction } from '../index/transaction-index.ts'
import { LogErrorCode } from '../log-error-code.ts'
import { isNextSequence, ProducerEntry, type BatchMetadata } from './producer-entry.ts'

export type AppendOrigin = 'client' | 'replica' | 'coordinator'

/** What `check` found, re-used from call to call. */
export interface ProducerVerdict {
  errorCode: number
  message: string | null
  /** The batch was appended before: answer with its offsets. */
  duplicate: BatchMetadata | undefined
}

/** More producers than this in one partition: the longest idle are forgotten. */
export const PRODUCERS_MAX = 65_536
const EVICTED_SHARE = 16
const NONE = -1

export class ProducerStateManager {
  readonly #producersMax: number
  #producers = new Map<number, ProducerEntry>()
  /** By producer id, in the order of their first offsets. */
  #openTransactions = new Map<number, number>()
  mapEndOffset = 0
  readonly #verdict: ProducerVerdict = { errorCode: 0, message: null, duplicate: undefined }
  readonly #added: BatchMetadata = { lastSequence: 0, lastOffset: 0, offsetDelta: 0, timestamp: 0 }

  constructor(producersMax: number = PRODUCERS_MAX) {
    this.#producersMax = producersMax
  }

  get producerCount(): number {
    return this.#producers.size
  }

  entries(): IterableIterator<ProducerEntry> {
    return this.#producers.values()
  }

  entry(producerId: number): ProducerEntry | undefined {
    return this.#producers.get(producerId)
  }

  /** First offset of the oldest open transaction; undefined when none is open. */
  get firstOpenTransactionOffset(): number | undefined {
    for (const firstOffset of this.#openTransactions.values()) return firstOffset
    return undefined
  }

  /** Whether a batch with a producer id may be appended. The result is valid until the next call. */
  check(batch: RecordBatchView, origin: AppendOrigin): ProducerVerdict {
    const verdict = this.#verdict
    verdict.errorCode = LogErrorCode.NONE
    verdict.message = null
    verdict.duplicate = undefined
    if (origin === 'replica') return verdict
    const entry = this.#producers.get(batch.producerId)
    if (entry === undefined) return verdict
    if (batch.producerEpoch < entry.producerEpoch) {
      return this.#refuse(
        LogErrorCode.INVALID_PRODUCER_EPOCH,
        `Epoch ${batch.producerEpoch} of producer ${batch.producerId} is older than its current ${entry.producerEpoch}`,
      )
    }
    if (batch.isControl) return this.#checkMarker(batch, entry)
    if (origin === 'client') this.#checkSequence(batch, entry)
    if (verdict.errorCode === LogErrorCode.NONE && verdict.duplicate === undefined) {
      this.#checkTransaction(batch, entry)
    }
    return verdict
  }

  #refuse(errorCode: number, message: string): ProducerVerdict {
    this.#verdict.errorCode = errorCode
    this.#verdict.message = message
    return this.#verdict
  }

  #checkSequence(batch: RecordBatchView, entry: ProducerEntry): void {
    const { baseSequence, producerEpoch, lastSequence } = batch
    if (producerEpoch === entry.producerEpoch) {
      this.#verdict.duplicate = entry.findDuplicate(baseSequence, lastSequence)
      if (this.#verdict.duplicate !== undefined) return
      if (isNextSequence(entry.lastSequence, baseSequence)) return
      this.#refuse(
        LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
        `Sequence ${baseSequence} of producer ${batch.producerId} does not follow ${entry.lastSequence}`,
      )
    } else if (baseSequence !== 0 && entry.producerEpoch !== NONE) {
      this.#refuse(
        LogErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
        `Sequence ${baseSequence} begins epoch ${producerEpoch} of producer ${batch.producerId}; 0 expected`,
      )
    }
  }

  #checkTransaction(batch: RecordBatchView, entry: ProducerEntry): void {
    if (entry.currentTxnFirstOffset === NONE || batch.isTransactional) return
    this.#refuse(
      LogErrorCode.INVALID_TXN_STATE,
      `Producer ${batch.producerId} has an open transaction; a transactional batch expected`,
    )
  }

  #checkMarker(batch: RecordBatchView, entry: ProducerEntry): ProducerVerdict {
    const marker = readMarker(batch)
    if (marker === undefined || marker.coordinatorEpoch >= entry.coordinatorEpoch) {
      return this.#verdict
    }
    return this.#refuse(
      LogErrorCode.TRANSACTION_COORDINATOR_FENCED,
      `Coordinator epoch ${marker.coordinatorEpoch} is older than ${entry.coordinatorEpoch}, the last one seen`,
    )
  }

  /**
   * Takes note of an appended batch; its offsets are final. Returns the transaction that its marker
   * aborted, for the transaction index.
   */
  apply(batch: RecordBatchView): AbortedTransaction | undefined {
    this.mapEndOffset = batch.lastOffset + 1
    if (batch.producerId < 0) return undefined
    const entry = this.#entryFor(batch.producerId)
    entry.updateEpoch(Math.max(batch.producerEpoch, entry.producerEpoch))
    if (batch.isControl) return this.#applyMarker(batch, entry)
    const added = this.#added
    added.lastSequence = batch.lastSequence
    added.lastOffset = batch.lastOffset
    added.offsetDelta = batch.lastOffsetDelta
    added.timestamp = batch.maxTimestamp
    entry.addBatch(added)
    if (batch.isTransactional && entry.currentTxnFirstOffset === NONE) {
      entry.currentTxnFirstOffset = batch.baseOffset
      this.#openTransactions.set(batch.producerId, batch.baseOffset)
    }
    return undefined
  }

  #applyMarker(batch: RecordBatchView, entry: ProducerEntry): AbortedTransaction | undefined {
    const marker = readMarker(batch)
    if (marker === undefined) return undefined
    const firstOffset = entry.currentTxnFirstOffset
    entry.coordinatorEpoch = marker.coordinatorEpoch
    entry.lastTimestamp = batch.maxTimestamp
    entry.currentTxnFirstOffset = NONE
    this.#openTransactions.delete(batch.producerId)
    if (firstOffset === NONE || marker.type !== CONTROL_TYPE_ABORT) return undefined
    const lastOffset = batch.baseOffset
    return {
      producerId: batch.producerId,
      firstOffset,
      lastOffset,
      lastStableOffset: this.firstOpenTransactionOffset ?? lastOffset + 1,
    }
  }

  #entryFor(producerId: number): ProducerEntry {
    const existing = this.#producers.get(producerId)
    if (existing !== undefined) return existing
    if (this.#producers.size >= this.#producersMax) this.#forgetLongestIdle()
    const entry = new ProducerEntry(producerId)
    this.#producers.set(producerId, entry)
    return entry
  }

  #forgetLongestIdle(): void {
    const idle = [...this.#producers.values()]
      .filter((entry) => entry.currentTxnFirstOffset === NONE)
      .sort((a, b) => a.lastTimestamp - b.lastTimestamp)
    const count = Math.max(1, Math.floor(this.#producersMax / EVICTED_SHARE))
    for (const entry of idle.slice(0, count)) this.#producers.delete(entry.producerId)
  }

  /** Forgets producers that have not written for `expirationMs`; open transactions keep theirs. */
  removeExpired(nowMs: number, expirationMs: number): void {
    for (const entry of this.#producers.values()) {
      const isIdle = nowMs - entry.lastTimestamp >= expirationMs
      if (isIdle && entry.currentTxnFirstOffset === NONE) this.#producers.delete(entry.producerId)
    }
  }

  /** Begins anew from what a snapshot holds. */
  restore(entries: readonly ProducerEntry[], mapEndOffset: number): void {
    this.mapEndOffset = mapEndOffset
    this.#producers = new Map(entries.map((entry) => [entry.producerId, entry]))
    const open = entries
      .filter((entry) => entry.currentTxnFirstOffset !== NONE)
      .sort((a, b) => a.currentTxnFirstOffset - b.currentTxnFirstOffset)
    this.#openTransactions = new Map(
      open.map((entry) => [entry.producerId, entry.currentTxnFirstOffset]),
    )
  }
}

/**
 * Undefined for control batches of other kinds, and for one whose record compaction has removed: the
 * transaction is gone from the log then, and nothing is left to end.
 */
function readMarker(batch: RecordBatchView): EndTxnMarker | undefined {
  try {
    const cursor = new RecordCursor().reset(batch)
    return cursor.next() ? decodeEndTxnMarker(cursor.key, cursor.value) : undefined
  } catch (error) {
    if (error instanceof MalformedError) return undefined
    throw error
  }
}
