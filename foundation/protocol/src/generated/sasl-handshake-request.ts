/**
 * SaslHandshake (API key 17), versions 0 to 1.
 *
 * Generated from definitions/17-sasl-handshake.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'

export interface SaslHandshakeRequest {
  mechanism: string
}

export function decodeSaslHandshakeRequest(
  reader: ByteReader,
  _version: number,
): SaslHandshakeRequest {
  const flexible = false
  const mechanism: string = notNull(reader, readString(reader, flexible), 'Mechanism')
  return { mechanism }
}

export function encodeSaslHandshakeRequest(
  writer: ByteWriter,
  message: SaslHandshakeRequest,
  _version: number,
): void {
  const flexible = false
  writeString(writer, flexible, message.mechanism)
}
