/**
 * EndTxnMarker, versions 0 to 0.
 *
 * Generated from definitions/internal/end-txn-marker.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'

export interface EndTxnMarker {
  coordinatorEpoch: number
}

export function decodeEndTxnMarker(reader: ByteReader, _version: number): EndTxnMarker {
  const coordinatorEpoch: number = reader.readInt32()
  return { coordinatorEpoch }
}

export function encodeEndTxnMarker(
  writer: ByteWriter,
  message: EndTxnMarker,
  _version: number,
): void {
  writer.writeInt32(message.coordinatorEpoch)
}
