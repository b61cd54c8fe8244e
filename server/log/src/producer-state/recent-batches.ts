/**
 * The batches of each producer that Kafka's snapshot has no room for: all of the last five but the
 * newest. Ours, in a file of its own beside the snapshot of the same offset.
 *
 *   | version (int16) 1 | crc (uint32) | count (int32) | producers ... |
 *   producer:  producerId int64, producerEpoch int16, batch count int16, batches oldest first
 *   batch:     lastSequence int32, lastOffset int64, offsetDelta int32, timestamp int64   (24 bytes)
 *
 * Without it a producer that retries its requests in flight after a restart of the broker would be told
 * that it is out of order, though all of them were appended. Missing or bad, it is simply not used.
 */
import { ByteReader, crc32c, MalformedError } from '@ottla/base'
import { readInt64, writeInt64 } from '../index/int64.ts'
import { BATCHES_MAX, type BatchMetadata, type ProducerEntry } from './producer-entry.ts'

const VERSION = 1
const CRC_AT = 2
const COUNT_AT = 6
const PRODUCERS_AT = 10
const PRODUCER_BYTES = 12
const BATCH_BYTES = 24

/** Undefined when every producer has at most one batch: the snapshot says it all. */
export function encodeRecentBatches(entries: Iterable<ProducerEntry>): Buffer | undefined {
  const several = [...entries].filter((entry) => entry.batches.length > 1)
  if (several.length === 0) return undefined
  let byteCount = PRODUCERS_AT
  for (const entry of several) {
    byteCount += PRODUCER_BYTES + (entry.batches.length - 1) * BATCH_BYTES
  }
  const bytes = Buffer.alloc(byteCount)
  bytes.writeInt16BE(VERSION, 0)
  bytes.writeInt32BE(several.length, COUNT_AT)
  let at = PRODUCERS_AT
  for (const entry of several) at = writeProducer(bytes, entry, at)
  bytes.writeUInt32BE(crc32c(bytes.subarray(COUNT_AT)), CRC_AT)
  return bytes
}

function writeProducer(bytes: Buffer, entry: ProducerEntry, start: number): number {
  const older = entry.batches.slice(0, -1)
  writeInt64(bytes, entry.producerId, start)
  bytes.writeInt16BE(entry.producerEpoch, start + 8)
  bytes.writeInt16BE(older.length, start + 10)
  let at = start + PRODUCER_BYTES
  for (const batch of older) {
    bytes.writeInt32BE(batch.lastSequence, at)
    writeInt64(bytes, batch.lastOffset, at + 4)
    bytes.writeInt32BE(batch.offsetDelta, at + 12)
    writeInt64(bytes, batch.timestamp, at + 16)
    at += BATCH_BYTES
  }
  return at
}

/** Puts the older batches in front of what the snapshot said. */
export function restoreRecentBatches(bytes: Buffer, entries: readonly ProducerEntry[]): void {
  if (bytes.length < PRODUCERS_AT || bytes.readInt16BE(0) !== VERSION) return
  if (bytes.readUInt32BE(CRC_AT) !== crc32c(bytes.subarray(COUNT_AT))) return
  const byId = new Map(entries.map((entry) => [entry.producerId, entry]))
  const reader = new ByteReader(bytes, COUNT_AT)
  try {
    const count = reader.checkCount(reader.readInt32(), PRODUCER_BYTES)
    for (let i = 0; i < count; i++) restoreProducer(reader, byId)
  } catch (error) {
    // A good checksum over what can not be read: another version of ours wrote it.
    if (!(error instanceof MalformedError)) throw error
  }
}

function restoreProducer(reader: ByteReader, byId: ReadonlyMap<number, ProducerEntry>): void {
  const entry = byId.get(readInt64(reader.readSlice(8), 0))
  const producerEpoch = reader.readInt16()
  const count = reader.checkCount(reader.readInt16(), BATCH_BYTES)
  const older: BatchMetadata[] = []
  for (let i = 0; i < count; i++) {
    older.push({
      lastSequence: reader.readInt32(),
      lastOffset: reader.readInt64(),
      offsetDelta: reader.readInt32(),
      timestamp: reader.readInt64(),
    })
  }
  if (entry === undefined || entry.producerEpoch !== producerEpoch) return
  entry.batches.unshift(...older.slice(0, BATCHES_MAX - entry.batches.length))
}
