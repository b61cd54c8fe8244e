/**
 * SaslAuthenticate (API key 36), versions 0 to 2.
 *
 * Generated from definitions/36-sasl-authenticate.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface SaslAuthenticateRequest {
  authBytes: Buffer
}

export function decodeSaslAuthenticateRequest(
  reader: ByteReader,
  version: number,
): SaslAuthenticateRequest {
  const flexible = version >= 2
  const authBytes: Buffer = notNull(reader, readBytes(reader, flexible), 'AuthBytes')
  if (flexible) skipTaggedFields(reader)
  return { authBytes }
}

export function encodeSaslAuthenticateRequest(
  writer: ByteWriter,
  message: SaslAuthenticateRequest,
  version: number,
): void {
  const flexible = version >= 2
  writeBytes(writer, flexible, message.authBytes)
  if (flexible) writer.writeUint8(0)
}
