/**
 * FindCoordinator (API key 10), versions 0 to 6.
 *
 * Generated from definitions/10-find-coordinator.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readStringArray, writeStringArray } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface FindCoordinatorRequest {
  /** Where version <= 3. */
  key: string
  /** Where version >= 1. */
  keyType: number
  /** Where version >= 4. */
  coordinatorKeys: string[]
}

export function decodeFindCoordinatorRequest(
  reader: ByteReader,
  version: number,
): FindCoordinatorRequest {
  const flexible = version >= 3
  const key: string = version <= 3 ? notNull(reader, readString(reader, flexible), 'Key') : ''
  const keyType: number = version >= 1 ? reader.readInt8() : 0
  const coordinatorKeys: string[] =
    version >= 4 ? notNull(reader, readStringArray(reader, flexible), 'CoordinatorKeys') : []
  if (flexible) skipTaggedFields(reader)
  return { key, keyType, coordinatorKeys }
}

export function encodeFindCoordinatorRequest(
  writer: ByteWriter,
  message: FindCoordinatorRequest,
  version: number,
): void {
  const flexible = version >= 3
  if (version <= 3) {
    writeString(writer, flexible, message.key)
  } else if (message.key !== '') {
    throw new UnsupportedFieldError('FindCoordinatorRequest', 'Key', version)
  }
  if (version >= 1) {
    writer.writeInt8(message.keyType)
  } else if (message.keyType !== 0) {
    throw new UnsupportedFieldError('FindCoordinatorRequest', 'KeyType', version)
  }
  if (version >= 4) {
    writeStringArray(writer, flexible, message.coordinatorKeys)
  } else if (message.coordinatorKeys.length !== 0) {
    throw new UnsupportedFieldError('FindCoordinatorRequest', 'CoordinatorKeys', version)
  }
  if (flexible) writer.writeUint8(0)
}
