/**
 * SaslHandshake (API key 17), versions 0 to 1.
 *
 * Generated from definitions/17-sasl-handshake.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readStringArray, writeStringArray } from '../wire/arrays.ts'
import { notNull } from '../wire/not-null.ts'

export interface SaslHandshakeResponse {
  errorCode: number
  mechanisms: string[]
}

export function decodeSaslHandshakeResponse(
  reader: ByteReader,
  _version: number,
): SaslHandshakeResponse {
  const flexible = false
  const errorCode: number = reader.readInt16()
  const mechanisms: string[] = notNull(reader, readStringArray(reader, flexible), 'Mechanisms')
  return { errorCode, mechanisms }
}

export function encodeSaslHandshakeResponse(
  writer: ByteWriter,
  message: SaslHandshakeResponse,
  _version: number,
): void {
  const flexible = false
  writer.writeInt16(message.errorCode)
  writeStringArray(writer, flexible, message.mechanisms)
}
