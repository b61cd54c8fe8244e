/**
 * The file that holds the producer state of a log at one offset; Kafka's format.
 *
 *   | version (int16) 1 | crc (uint32) | count (int32) | entries ... |
 *   entry:  producerId int64, epoch int16, lastSequence int32, lastOffset int64, offsetDelta int32,
 *           timestamp int64, coordinatorEpoch int32, currentTxnFirstOffset int64        (46 bytes)
 *
 * The CRC-32C covers what comes after it. Only the last batch of a producer fits the format, so after
 * a restart the earlier four are known only where the log is replayed. A snapshot that does not read
 * back is dropped and an older one, or the log itself, takes its place.
 */
import { crc32c, invariant } from '@ottla/base'
import { readInt64, writeInt64 } from '../index/int64.ts'
import { ProducerEntry } from './producer-entry.ts'

const VERSION = 1
const CRC_AT = 2
const COUNT_AT = 6
const ENTRIES_AT = 10
const ENTRY_BYTES = 46
const NONE = -1

invariant(8 + 2 + 4 + 8 + 4 + 8 + 4 + 8 === ENTRY_BYTES, 'an entry has the bytes of its fields')

export function encodeProducerSnapshot(entries: Iterable<ProducerEntry>): Buffer {
  const all = [...entries]
  const bytes = Buffer.alloc(ENTRIES_AT + all.length * ENTRY_BYTES)
  bytes.writeInt16BE(VERSION, 0)
  bytes.writeInt32BE(all.length, COUNT_AT)
  all.forEach((entry, index) => {
    writeEntry(bytes, entry, ENTRIES_AT + index * ENTRY_BYTES)
  })
  bytes.writeUInt32BE(crc32c(bytes.subarray(COUNT_AT)), CRC_AT)
  return bytes
}

function writeEntry(bytes: Buffer, entry: ProducerEntry, at: number): void {
  const last = entry.batches.at(-1)
  writeInt64(bytes, entry.producerId, at)
  bytes.writeInt16BE(entry.producerEpoch, at + 8)
  bytes.writeInt32BE(last?.lastSequence ?? NONE, at + 10)
  writeInt64(bytes, last?.lastOffset ?? NONE, at + 14)
  bytes.writeInt32BE(last?.offsetDelta ?? 0, at + 22)
  writeInt64(bytes, entry.lastTimestamp, at + 26)
  bytes.writeInt32BE(entry.coordinatorEpoch, at + 34)
  writeInt64(bytes, entry.currentTxnFirstOffset, at + 38)
}

/** Undefined for anything that is not a whole, unharmed snapshot. */
export function decodeProducerSnapshot(bytes: Buffer): ProducerEntry[] | undefined {
  if (bytes.length < ENTRIES_AT || bytes.readInt16BE(0) !== VERSION) return undefined
  const count = bytes.readInt32BE(COUNT_AT)
  if (bytes.length !== ENTRIES_AT + count * ENTRY_BYTES) return undefined
  if (bytes.readUInt32BE(CRC_AT) !== crc32c(bytes.subarray(COUNT_AT))) return undefined
  const entries: ProducerEntry[] = []
  for (let i = 0; i < count; i++) entries.push(readEntry(bytes, ENTRIES_AT + i * ENTRY_BYTES))
  return entries
}

function readEntry(bytes: Buffer, at: number): ProducerEntry {
  const entry = new ProducerEntry(readInt64(bytes, at))
  entry.producerEpoch = bytes.readInt16BE(at + 8)
  entry.lastTimestamp = readInt64(bytes, at + 26)
  entry.coordinatorEpoch = bytes.readInt32BE(at + 34)
  entry.currentTxnFirstOffset = readInt64(bytes, at + 38)
  const lastSequence = bytes.readInt32BE(at + 10)
  if (lastSequence !== NONE) {
    entry.addBatch({
      lastSequence,
      lastOffset: readInt64(bytes, at + 14),
      offsetDelta: bytes.readInt32BE(at + 22),
      timestamp: entry.lastTimestamp,
    })
  }
  return entry
}
