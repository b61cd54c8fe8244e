/**
 * ProducerSnapshot, versions 1 to 1.
 *
 * Generated from definitions/internal/producer-snapshot.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'

export interface ProducerSnapshot {
  crc: number
  producerEntries: ProducerSnapshotProducerEntry[]
}

export interface ProducerSnapshotProducerEntry {
  producerId: number
  epoch: number
  lastSequence: number
  lastOffset: number
  offsetDelta: number
  timestamp: number
  coordinatorEpoch: number
  currentTxnFirstOffset: number
}

export function decodeProducerSnapshot(reader: ByteReader, version: number): ProducerSnapshot {
  const crc: number = reader.readUint32()
  const producerEntries: ProducerSnapshotProducerEntry[] = notNull(
    reader,
    decodeProducerSnapshotProducerEntryArray(reader, version),
    'ProducerEntries',
  )
  return { crc, producerEntries }
}

export function encodeProducerSnapshot(
  writer: ByteWriter,
  message: ProducerSnapshot,
  version: number,
): void {
  writer.writeUint32(message.crc)
  encodeProducerSnapshotProducerEntryArray(writer, message.producerEntries, version)
}

function decodeProducerSnapshotProducerEntry(
  reader: ByteReader,
  _version: number,
): ProducerSnapshotProducerEntry {
  const producerId: number = reader.readInt64()
  const epoch: number = reader.readInt16()
  const lastSequence: number = reader.readInt32()
  const lastOffset: number = reader.readInt64()
  const offsetDelta: number = reader.readInt32()
  const timestamp: number = reader.readInt64()
  const coordinatorEpoch: number = reader.readInt32()
  const currentTxnFirstOffset: number = reader.readInt64()
  return {
    producerId,
    epoch,
    lastSequence,
    lastOffset,
    offsetDelta,
    timestamp,
    coordinatorEpoch,
    currentTxnFirstOffset,
  }
}

function encodeProducerSnapshotProducerEntry(
  writer: ByteWriter,
  message: ProducerSnapshotProducerEntry,
  _version: number,
): void {
  writer.writeInt64(message.producerId)
  writer.writeInt16(message.epoch)
  writer.writeInt32(message.lastSequence)
  writer.writeInt64(message.lastOffset)
  writer.writeInt32(message.offsetDelta)
  writer.writeInt64(message.timestamp)
  writer.writeInt32(message.coordinatorEpoch)
  writer.writeInt64(message.currentTxnFirstOffset)
}

function decodeProducerSnapshotProducerEntryArray(
  reader: ByteReader,
  version: number,
): ProducerSnapshotProducerEntry[] | null {
  const count = readCount(reader, false, 46)
  if (count < 0) return null
  const elements: ProducerSnapshotProducerEntry[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeProducerSnapshotProducerEntry(reader, version))
  return elements
}

function encodeProducerSnapshotProducerEntryArray(
  writer: ByteWriter,
  elements: ProducerSnapshotProducerEntry[],
  version: number,
): void {
  writeCount(writer, false, elements.length)
  for (const element of elements) encodeProducerSnapshotProducerEntry(writer, element, version)
}
