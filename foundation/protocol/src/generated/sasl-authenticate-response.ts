/**
 * SaslAuthenticate (API key 36), versions 0 to 2.
 *
 * Generated from definitions/36-sasl-authenticate.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface SaslAuthenticateResponse {
  errorCode: number
  errorMessage: string | null
  authBytes: Buffer
  /** Where version >= 1. */
  sessionLifetimeMs: number
}

export function decodeSaslAuthenticateResponse(
  reader: ByteReader,
  version: number,
): SaslAuthenticateResponse {
  const flexible = version >= 2
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const authBytes: Buffer = notNull(reader, readBytes(reader, flexible), 'AuthBytes')
  const sessionLifetimeMs: number = version >= 1 ? reader.readInt64() : 0
  if (flexible) skipTaggedFields(reader)
  return { errorCode, errorMessage, authBytes, sessionLifetimeMs }
}

export function encodeSaslAuthenticateResponse(
  writer: ByteWriter,
  message: SaslAuthenticateResponse,
  version: number,
): void {
  const flexible = version >= 2
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  writeBytes(writer, flexible, message.authBytes)
  if (version >= 1) {
    writer.writeInt64(message.sessionLifetimeMs)
  }
  if (flexible) writer.writeUint8(0)
}
