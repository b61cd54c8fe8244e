/**
 * Who waits for the records of one batch: a promise for each that was sent by `send`, a count for those
 * of `sendAll`. Kept as columns, so that a record costs no object beside its promise.
 */
import type { SentMessage } from '../message.ts'
import type { KafkaError } from '../kafka-error.ts'
import type { BulkSend } from './bulk-send.ts'

export type ResolveSent = (sent: SentMessage) => void
export type RejectSent = (error: unknown) => void

export interface BatchPlace {
  readonly topic: string
  readonly partition: number
  /** Of the first record; -1 when unknown. */
  readonly baseOffset: number
  /** Of the whole batch, where the topic stamps records itself; else -1. */
  readonly logAppendTimeMs: number
}

interface BulkShare {
  readonly bulk: BulkSend
  recordCount: number
  bytes: number
}

export class RecordListeners {
  readonly #resolves: ResolveSent[] = []
  readonly #rejects: RejectSent[] = []
  /** Place of the record in the batch. */
  readonly #indexes: number[] = []
  readonly #timestamps: number[] = []
  readonly #bulks: BulkShare[] = []

  add(index: number, timestampMs: number, resolve: ResolveSent, reject: RejectSent): void {
    this.#resolves.push(resolve)
    this.#rejects.push(reject)
    this.#indexes.push(index)
    this.#timestamps.push(timestampMs)
  }

  addBulk(bulk: BulkSend, recordCount: number, bytes: number): void {
    const last = this.#bulks.at(-1)
    if (last?.bulk === bulk) {
      last.recordCount += recordCount
      last.bytes += bytes
      return
    }
    this.#bulks.push({ bulk, recordCount, bytes })
  }

  acknowledge({ topic, partition, baseOffset, logAppendTimeMs }: BatchPlace): void {
    for (let i = 0; i < this.#resolves.length; i++) {
      const resolve = this.#resolves[i] as ResolveSent
      resolve({
        topic,
        partition,
        offset: baseOffset < 0 ? -1 : baseOffset + (this.#indexes[i] as number),
        timestampMs: logAppendTimeMs < 0 ? (this.#timestamps[i] as number) : logAppendTimeMs,
      })
    }
    for (const { bulk, recordCount, bytes } of this.#bulks) bulk.onAcknowledged(recordCount, bytes)
  }

  /** `failureOf` names the error of one record, by its place in the batch. */
  fail(failure: KafkaError, failureOf?: (index: number) => KafkaError): void {
    for (let i = 0; i < this.#rejects.length; i++) {
      const reject = this.#rejects[i] as RejectSent
      reject(failureOf?.(this.#indexes[i] as number) ?? failure)
    }
    for (const { bulk, recordCount } of this.#bulks) bulk.onFailed(recordCount, failure)
  }

  /**
   * For a batch that is cut in pieces of `recordCounts`: the listeners of each. Records of `sendAll` are
   * shared out by number; it is the same to them in which piece they are.
   */
  split(recordCounts: readonly number[]): RecordListeners[] {
    const pieces = recordCounts.map(() => new RecordListeners())
    let piece = 0
    let first = 0
    for (let i = 0; i < this.#indexes.length; i++) {
      const index = this.#indexes[i] as number
      while (index >= first + (recordCounts[piece] as number)) {
        first += recordCounts[piece] as number
        piece++
      }
      pieces[piece]?.add(
        index - first,
        this.#timestamps[i] as number,
        this.#resolves[i] as ResolveSent,
        this.#rejects[i] as RejectSent,
      )
    }
    this.#splitBulks(pieces, recordCounts)
    return pieces
  }

  #splitBulks(pieces: readonly RecordListeners[], recordCounts: readonly number[]): void {
    const rest = this.#bulks.map((share) => ({ ...share }))
    for (const [i, piece] of pieces.entries()) {
      let room = (recordCounts[i] as number) - piece.#indexes.length
      while (room > 0) {
        const share = rest[0]
        if (share === undefined) break
        const recordCount = Math.min(room, share.recordCount)
        const bytes = Math.round((share.bytes * recordCount) / share.recordCount)
        piece.addBulk(share.bulk, recordCount, bytes)
        share.recordCount -= recordCount
        share.bytes -= bytes
        room -= recordCount
        if (share.recordCount === 0) rest.shift()
      }
    }
  }
}
