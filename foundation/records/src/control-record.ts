/**
 * Control records: the markers that end a transaction in each of its partitions.
 *
 *   key:   | version int16 = 0 | type int16: 0 abort, 1 commit |
 *   value: | version int16 = 0 | coordinatorEpoch int32 |            (Kafka's EndTxnMarker.json)
 *
 * A higher version only adds at the end, so it is read as far as it is known. KRaft's own control
 * records have types from 2 on and live in the metadata log, which is not ours.
 */
import { ByteReader, MalformedError } from '@ottla/base'
import { buildBatch } from './batch-builder.ts'

export const CONTROL_TYPE_ABORT = 0
export const CONTROL_TYPE_COMMIT = 1

const VERSION = 0
const KEY_BYTES = 4
const VALUE_BYTES = 6

export interface EndTxnMarker {
  /** CONTROL_TYPE_ABORT or CONTROL_TYPE_COMMIT. */
  readonly type: number
  readonly coordinatorEpoch: number
}

export interface EndTxnMarkerBatchOptions {
  readonly baseOffset?: number
  readonly partitionLeaderEpoch?: number
  readonly producerId: number
  readonly producerEpoch: number
  readonly timestamp: number
}

export function encodeEndTxnMarker(marker: EndTxnMarker): { key: Buffer; value: Buffer } {
  const key = Buffer.allocUnsafe(KEY_BYTES)
  key.writeInt16BE(VERSION, 0)
  key.writeInt16BE(marker.type, 2)
  const value = Buffer.allocUnsafe(VALUE_BYTES)
  value.writeInt16BE(VERSION, 0)
  value.writeInt32BE(marker.coordinatorEpoch, 2)
  return { key, value }
}

/** The type of any control record, of those too that this package does not know. */
export function controlTypeOf(key: Buffer | null): number {
  if (key === null) throw new MalformedError('Cannot read a control record: its key is null', 0)
  const reader = new ByteReader(key)
  checkVersion(reader.readInt16())
  return reader.readInt16()
}

export function decodeEndTxnMarker(key: Buffer | null, value: Buffer | null): EndTxnMarker {
  const type = controlTypeOf(key)
  if (type !== CONTROL_TYPE_ABORT && type !== CONTROL_TYPE_COMMIT) {
    throw new MalformedError(`Cannot read a transaction marker: type ${type} is none`, 2)
  }
  if (value === null) {
    throw new MalformedError('Cannot read a transaction marker: its value is null', 0)
  }
  const reader = new ByteReader(value)
  checkVersion(reader.readInt16())
  return { type, coordinatorEpoch: reader.readInt32() }
}

/** The whole control batch: transactional, one record, outside the producer's sequence. */
export function buildEndTxnMarkerBatch(
  marker: EndTxnMarker,
  options: EndTxnMarkerBatchOptions,
): Buffer {
  const { timestamp, ...batchOptions } = options
  return buildBatch([{ ...encodeEndTxnMarker(marker), timestamp }], {
    ...batchOptions,
    isTransactional: true,
    isControl: true,
  })
}

function checkVersion(version: number): void {
  if (version < VERSION) {
    throw new MalformedError(`Cannot read a control record: version ${version}`, 0)
  }
}
