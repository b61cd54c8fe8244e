/**
 * AlterUserScramCredentials (API key 51), versions 0 to 0.
 *
 * Generated from definitions/51-alter-user-scram-credentials.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString } from '../wire/strings.ts'
import { readBytes, writeBytes } from '../wire/byte-fields.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface AlterUserScramCredentialsRequest {
  deletions: AlterUserScramCredentialsRequestScramCredentialDeletion[]
  upsertions: AlterUserScramCredentialsRequestScramCredentialUpsertion[]
}

export interface AlterUserScramCredentialsRequestScramCredentialDeletion {
  name: string
  mechanism: number
}

export interface AlterUserScramCredentialsRequestScramCredentialUpsertion {
  name: string
  mechanism: number
  iterations: number
  salt: Buffer
  saltedPassword: Buffer
}

export function decodeAlterUserScramCredentialsRequest(
  reader: ByteReader,
  version: number,
): AlterUserScramCredentialsRequest {
  const flexible = true
  const deletions: AlterUserScramCredentialsRequestScramCredentialDeletion[] = notNull(
    reader,
    decodeAlterUserScramCredentialsRequestScramCredentialDeletionArray(reader, version),
    'Deletions',
  )
  const upsertions: AlterUserScramCredentialsRequestScramCredentialUpsertion[] = notNull(
    reader,
    decodeAlterUserScramCredentialsRequestScramCredentialUpsertionArray(reader, version),
    'Upsertions',
  )
  if (flexible) skipTaggedFields(reader)
  return { deletions, upsertions }
}

export function encodeAlterUserScramCredentialsRequest(
  writer: ByteWriter,
  message: AlterUserScramCredentialsRequest,
  version: number,
): void {
  const flexible = true
  encodeAlterUserScramCredentialsRequestScramCredentialDeletionArray(
    writer,
    message.deletions,
    version,
  )
  encodeAlterUserScramCredentialsRequestScramCredentialUpsertionArray(
    writer,
    message.upsertions,
    version,
  )
  if (flexible) writer.writeUint8(0)
}

function decodeAlterUserScramCredentialsRequestScramCredentialDeletion(
  reader: ByteReader,
  _version: number,
): AlterUserScramCredentialsRequestScramCredentialDeletion {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const mechanism: number = reader.readInt8()
  if (flexible) skipTaggedFields(reader)
  return { name, mechanism }
}

function encodeAlterUserScramCredentialsRequestScramCredentialDeletion(
  writer: ByteWriter,
  message: AlterUserScramCredentialsRequestScramCredentialDeletion,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writer.writeInt8(message.mechanism)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterUserScramCredentialsRequestScramCredentialUpsertion(
  reader: ByteReader,
  _version: number,
): AlterUserScramCredentialsRequestScramCredentialUpsertion {
  const flexible = true
  const name: string = notNull(reader, readString(reader, flexible), 'Name')
  const mechanism: number = reader.readInt8()
  const iterations: number = reader.readInt32()
  const salt: Buffer = notNull(reader, readBytes(reader, flexible), 'Salt')
  const saltedPassword: Buffer = notNull(reader, readBytes(reader, flexible), 'SaltedPassword')
  if (flexible) skipTaggedFields(reader)
  return { name, mechanism, iterations, salt, saltedPassword }
}

function encodeAlterUserScramCredentialsRequestScramCredentialUpsertion(
  writer: ByteWriter,
  message: AlterUserScramCredentialsRequestScramCredentialUpsertion,
  _version: number,
): void {
  const flexible = true
  writeString(writer, flexible, message.name)
  writer.writeInt8(message.mechanism)
  writer.writeInt32(message.iterations)
  writeBytes(writer, flexible, message.salt)
  writeBytes(writer, flexible, message.saltedPassword)
  if (flexible) writer.writeUint8(0)
}

function decodeAlterUserScramCredentialsRequestScramCredentialDeletionArray(
  reader: ByteReader,
  version: number,
): AlterUserScramCredentialsRequestScramCredentialDeletion[] | null {
  const count = readCount(reader, true, 3)
  if (count < 0) return null
  const elements: AlterUserScramCredentialsRequestScramCredentialDeletion[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterUserScramCredentialsRequestScramCredentialDeletion(reader, version))
  return elements
}

function encodeAlterUserScramCredentialsRequestScramCredentialDeletionArray(
  writer: ByteWriter,
  elements: AlterUserScramCredentialsRequestScramCredentialDeletion[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterUserScramCredentialsRequestScramCredentialDeletion(writer, element, version)
}

function decodeAlterUserScramCredentialsRequestScramCredentialUpsertionArray(
  reader: ByteReader,
  version: number,
): AlterUserScramCredentialsRequestScramCredentialUpsertion[] | null {
  const count = readCount(reader, true, 9)
  if (count < 0) return null
  const elements: AlterUserScramCredentialsRequestScramCredentialUpsertion[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeAlterUserScramCredentialsRequestScramCredentialUpsertion(reader, version))
  return elements
}

function encodeAlterUserScramCredentialsRequestScramCredentialUpsertionArray(
  writer: ByteWriter,
  elements: AlterUserScramCredentialsRequestScramCredentialUpsertion[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeAlterUserScramCredentialsRequestScramCredentialUpsertion(writer, element, version)
}
