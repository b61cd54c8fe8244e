/**
 * Where records wait to be sent: a buffer bounded in bytes (buffer.memory), from which every partition
 * fills one batch at a time.
 *
 * Bytes are counted by an upper bound when a record comes in, and given back when its batch is settled.
 * Who finds no room waits in line, and what is given back is set aside for the first of the line at
 * once: nobody who comes later can take it.
 */
import type { Clock, Timer } from '@ottla/base'
import { BatchBuilder } from '@ottla/records'
import type { ProducerMetrics } from '../metrics/producer-metrics.ts'
import { noRoom } from './buffer-errors.ts'
import { OutgoingBatch, type BatchHeader } from './outgoing-batch.ts'
import type { MutableRecord } from './outgoing-record.ts'
import type { PartitionQueue } from './partition-queue.ts'
import type { ProducerSettings } from './producer-options.ts'

interface RoomWaiter {
  readonly bytes: number
  readonly resolve: () => void
  readonly timer: Timer
}

/** Builders keep the room they have grown to. */
const FREE_BUILDERS_MAX = 16

export class RecordAccumulator {
  readonly #clock: Clock
  readonly #settings: ProducerSettings
  readonly #metrics: ProducerMetrics | undefined
  readonly #waiters: RoomWaiter[] = []
  readonly #freeBuilders: BatchBuilder[] = []
  #bufferedBytes = 0
  /** Somebody waits for room: what is buffered must not wait for lingerMs any more. */
  onWaiting: () => void = () => undefined

  constructor(clock: Clock, settings: ProducerSettings, metrics: ProducerMetrics | undefined) {
    this.#clock = clock
    this.#settings = settings
    this.#metrics = metrics
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes
  }

  get hasWaiters(): boolean {
    return this.#waiters.length > 0
  }

  /** False as well when others wait already. */
  tryReserve(bytes: number): boolean {
    if (this.#waiters.length > 0 || !this.#fits(bytes)) return false
    this.#reserve(bytes)
    return true
  }

  /** Resolves when `bytes` are set aside; rejects with TIMED_OUT. */
  reserve(bytes: number, timeoutMs: number): Promise<void> {
    if (this.tryReserve(bytes)) return Promise.resolve()
    return new Promise<void>((resolve, reject) => {
      const timer = this.#clock.setTimer(Math.max(timeoutMs, 0), () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
        reject(noRoom(bytes, this.#settings.maxBufferedBytes))
        // It may have stood before smaller ones.
        this.#admit()
      })
      const waiter = { bytes, resolve, timer }
      this.#waiters.push(waiter)
      this.onWaiting()
    })
  }

  /** What is larger than the whole buffer has been refused before; an empty one takes anything. */
  #fits(bytes: number): boolean {
    return this.#bufferedBytes + bytes <= this.#settings.maxBufferedBytes
  }

  #reserve(bytes: number): void {
    this.#bufferedBytes += bytes
    this.#metrics?.addBufferedBytes(bytes)
  }

  release(bytes: number): void {
    this.#bufferedBytes -= bytes
    this.#metrics?.addBufferedBytes(-bytes)
    this.#admit()
  }

  #admit(): void {
    for (let first = this.#waiters[0]; first !== undefined; first = this.#waiters[0]) {
      if (!this.#fits(first.bytes)) return
      this.#waiters.shift()
      first.timer.cancel()
      this.#reserve(first.bytes)
      first.resolve()
    }
  }

  /** `bytes` are reserved. The batch of the record; its place in it is the last one. */
  append(
    queue: PartitionQueue,
    record: MutableRecord,
    { bytes, batchBytesMax }: { bytes: number; batchBytesMax: number },
  ): OutgoingBatch {
    let batch = queue.open
    if (batch !== undefined && batch.sizeInBytes + bytes > batchBytesMax) {
      queue.onFull(batch)
      batch = undefined
    }
    if (batch === undefined) {
      batch = this.#openBatch(queue)
      queue.open = batch
    }
    batch.append(record, bytes)
    return batch
  }

  #openBatch(queue: PartitionQueue): OutgoingBatch {
    const { compression, compressionLevel: level, deliveryTimeoutMs } = this.#settings
    const header: BatchHeader = level === undefined ? { compression } : { compression, level }
    const builder = (this.#freeBuilders.pop() ?? new BatchBuilder()).reset(header)
    const createdMs = this.#clock.monotonicMs()
    const deadlineMs = createdMs + deliveryTimeoutMs
    return new OutgoingBatch({ queue, createdMs, deadlineMs, header, builder })
  }

  takeBack(builder: BatchBuilder | undefined): void {
    if (builder === undefined || this.#freeBuilders.length >= FREE_BUILDERS_MAX) return
    this.#freeBuilders.push(builder)
  }
}
