/** What a producer is told when it is made, and what of it makes no sense together. */
import {
  COMPRESSION_GZIP,
  COMPRESSION_LZ4,
  COMPRESSION_NONE,
  COMPRESSION_SNAPPY,
  COMPRESSION_ZSTD,
} from '@ottla/records'
import { KafkaError } from '../kafka-error.ts'
import type { Partitioner } from './partitioner.ts'

export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'

export interface ProducerOptions {
  /**
   * Who must have a record before it counts as sent: all in-sync replicas ('all', default), the leader
   * (1), nobody (0: not even an error is heard of).
   */
  readonly acks?: 'all' | 0 | 1 | undefined
  /**
   * enable.idempotence: a record that is sent again after a lost answer is stored once, and order is kept
   * through retries. True by default with acks 'all', and only possible with it.
   */
  readonly idempotent?: boolean | undefined
  /**
   * 0 by default: what is sent in one turn of the event loop leaves together at its end. More waits for
   * that long to fill batches.
   */
  readonly lingerMs?: number | undefined
  /**
   * Of one batch, before compression; 1 MiB by default. A record that is larger travels alone, and the
   * topic's max.message.bytes decides.
   */
  readonly batchBytesMax?: number | undefined
  /** 'none' by default. */
  readonly compression?: Compression | undefined
  /** The codec's own scale (gzip 1–9, zstd 1–22); the codec's default when left out. */
  readonly compressionLevel?: number | undefined
  /**
   * buffer.memory: of records that are not acknowledged yet, 32 MiB by default. When it is full, `send`
   * waits for its turn.
   */
  readonly maxBufferedBytes?: number | undefined
  /**
   * How many records may wait for room in the buffer, or for their topic to be known; 500000 by default,
   * which take some 250 MiB beside their bytes. Only a program that does not await what it sends comes so
   * far: `send` then rejects at once with BUFFER_EXHAUSTED (retriable). `sendAll` is held back instead.
   */
  readonly maxWaitingRecords?: number | undefined
  /** Of these records; 512 MiB by default. One may always wait. */
  readonly maxWaitingBytes?: number | undefined
  /**
   * From the batch to the acknowledgement, 120000 by default; then DELIVERY_TIMED_OUT. A record that has
   * left by then may be stored all the same. Before that `send` waits for room in the buffer as long at
   * most (TIMED_OUT), and for the topic as long as `apiTimeoutMs`.
   */
  readonly deliveryTimeoutMs?: number | undefined
  /** Requests to one broker that are not answered yet; 5 by default, and at most when idempotent. */
  readonly maxInFlight?: number | undefined
  /** 'murmur2' by default: as Java's producer. */
  readonly partitioner?: Partitioner | undefined
}

export interface ProducerSettings {
  /** As on the wire: -1, 0 or 1. */
  readonly acks: number
  readonly idempotent: boolean
  readonly lingerMs: number
  readonly batchBytesMax: number
  /** As in a batch's attributes. */
  readonly compression: number
  readonly compressionLevel: number | undefined
  readonly maxBufferedBytes: number
  readonly maxWaitingRecords: number
  readonly maxWaitingBytes: number
  readonly deliveryTimeoutMs: number
  readonly maxInFlight: number
  readonly partitioner: Partitioner
}

const COMPRESSIONS: Readonly<Record<Compression, number>> = {
  none: COMPRESSION_NONE,
  gzip: COMPRESSION_GZIP,
  snappy: COMPRESSION_SNAPPY,
  lz4: COMPRESSION_LZ4,
  zstd: COMPRESSION_ZSTD,
}
const MIB = 1024 * 1024
/** What a broker remembers of the batches of one producer (KAFKA-5494). */
const IN_FLIGHT_MAX_IDEMPOTENT = 5
const INT32_MAX = 0x7fffffff

export function producerSettings(options: ProducerOptions): ProducerSettings {
  const { acks = 'all', compression = 'none' } = options
  const idempotent = options.idempotent ?? acks === 'all'
  const settings: ProducerSettings = {
    acks: acks === 'all' ? -1 : acks,
    idempotent,
    lingerMs: numberOf(options, 'lingerMs', 0, 0),
    batchBytesMax: numberOf(options, 'batchBytesMax', MIB, 1),
    compression: COMPRESSIONS[compression],
    compressionLevel: options.compressionLevel,
    maxBufferedBytes: numberOf(options, 'maxBufferedBytes', 32 * MIB, 1),
    maxWaitingRecords: numberOf(options, 'maxWaitingRecords', 500_000, 1),
    maxWaitingBytes: numberOf(options, 'maxWaitingBytes', 512 * MIB, 1),
    deliveryTimeoutMs: numberOf(options, 'deliveryTimeoutMs', 120_000, 1),
    maxInFlight: numberOf(options, 'maxInFlight', 5, 1),
    partitioner: options.partitioner ?? 'murmur2',
  }
  check(options, settings)
  return settings
}

type NumberOption =
  | 'batchBytesMax'
  | 'deliveryTimeoutMs'
  | 'lingerMs'
  | 'maxBufferedBytes'
  | 'maxInFlight'
  | 'maxWaitingBytes'
  | 'maxWaitingRecords'

function numberOf(
  options: ProducerOptions,
  name: NumberOption,
  byDefault: number,
  min: number,
): number {
  const value = options[name] ?? byDefault
  if (value >= min && value <= Number.MAX_SAFE_INTEGER) return value
  throw invalid(`${name} is ${value}: a number from ${min} on expected`)
}

function check(options: ProducerOptions, settings: ProducerSettings): void {
  const { acks, idempotent, lingerMs, deliveryTimeoutMs, maxInFlight, partitioner } = settings
  if (acks !== -1 && acks !== 0 && acks !== 1) {
    throw invalid(`acks is ${String(options.acks)}: 'all', 1 or 0 expected`)
  }
  if ((settings.compression as number | undefined) === undefined) {
    const names = Object.keys(COMPRESSIONS).join(', ')
    throw invalid(`compression is "${String(options.compression)}": one of ${names} expected`)
  }
  if (idempotent && acks !== -1) throw invalid(`idempotent needs acks 'all', not ${acks}`)
  if (idempotent && maxInFlight > IN_FLIGHT_MAX_IDEMPOTENT) {
    throw invalid(`maxInFlight is ${maxInFlight}: an idempotent producer can have 5 at most`)
  }
  if (deliveryTimeoutMs <= lingerMs) {
    throw invalid(`deliveryTimeoutMs is ${deliveryTimeoutMs}: more than lingerMs expected`)
  }
  if (settings.batchBytesMax > INT32_MAX / 2) throw invalid('batchBytesMax is beyond 1 GiB')
  const isKnown = ['murmur2', 'sticky', 'uniform'].includes(partitioner as string)
  if (!isKnown && typeof partitioner !== 'function') {
    throw invalid(`partitioner is "${partitioner}": murmur2, sticky, uniform or a function`)
  }
}

function invalid(text: string): KafkaError {
  return new KafkaError('INVALID_ARGUMENT', text)
}
