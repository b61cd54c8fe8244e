/**
 * CreateDelegationToken (API key 38), versions 1 to 3.
 *
 * Generated from definitions/38-create-delegation-token.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface CreateDelegationTokenRequest {
  /** Where version >= 3. */
  ownerPrincipalType: string | null
  /** Where version >= 3. */
  ownerPrincipalName: string | null
  renewers: CreateDelegationTokenRequestCreatableRenewers[]
  maxLifetimeMs: number
}

export interface CreateDelegationTokenRequestCreatableRenewers {
  principalType: string
  principalName: string
}

export function decodeCreateDelegationTokenRequest(
  reader: ByteReader,
  version: number,
): CreateDelegationTokenRequest {
  const flexible = version >= 2
  const ownerPrincipalType: string | null = version >= 3 ? readString(reader, flexible) : ''
  const ownerPrincipalName: string | null = version >= 3 ? readString(reader, flexible) : ''
  const renewers: CreateDelegationTokenRequestCreatableRenewers[] = notNull(
    reader,
    decodeCreateDelegationTokenRequestCreatableRenewersArray(reader, version),
    'Renewers',
  )
  const maxLifetimeMs: number = reader.readInt64()
  if (flexible) skipTaggedFields(reader)
  return { ownerPrincipalType, ownerPrincipalName, renewers, maxLifetimeMs }
}

export function encodeCreateDelegationTokenRequest(
  writer: ByteWriter,
  message: CreateDelegationTokenRequest,
  version: number,
): void {
  const flexible = version >= 2
  if (version >= 3) {
    if (message.ownerPrincipalType === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.ownerPrincipalType)
    }
  } else if (message.ownerPrincipalType !== '') {
    throw new UnsupportedFieldError('CreateDelegationTokenRequest', 'OwnerPrincipalType', version)
  }
  if (version >= 3) {
    if (message.ownerPrincipalName === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.ownerPrincipalName)
    }
  } else if (message.ownerPrincipalName !== '') {
    throw new UnsupportedFieldError('CreateDelegationTokenRequest', 'OwnerPrincipalName', version)
  }
  encodeCreateDelegationTokenRequestCreatableRenewersArray(writer, message.renewers, version)
  writer.writeInt64(message.maxLifetimeMs)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateDelegationTokenRequestCreatableRenewers(
  reader: ByteReader,
  version: number,
): CreateDelegationTokenRequestCreatableRenewers {
  const flexible = version >= 2
  const principalType: string = notNull(reader, readString(reader, flexible), 'PrincipalType')
  const principalName: string = notNull(reader, readString(reader, flexible), 'PrincipalName')
  if (flexible) skipTaggedFields(reader)
  return { principalType, principalName }
}

function encodeCreateDelegationTokenRequestCreatableRenewers(
  writer: ByteWriter,
  message: CreateDelegationTokenRequestCreatableRenewers,
  version: number,
): void {
  const flexible = version >= 2
  writeString(writer, flexible, message.principalType)
  writeString(writer, flexible, message.principalName)
  if (flexible) writer.writeUint8(0)
}

function decodeCreateDelegationTokenRequestCreatableRenewersArray(
  reader: ByteReader,
  version: number,
): CreateDelegationTokenRequestCreatableRenewers[] | null {
  const count = readCount(reader, version >= 2, 3)
  if (count < 0) return null
  const elements: CreateDelegationTokenRequestCreatableRenewers[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeCreateDelegationTokenRequestCreatableRenewers(reader, version))
  return elements
}

function encodeCreateDelegationTokenRequestCreatableRenewersArray(
  writer: ByteWriter,
  elements: CreateDelegationTokenRequestCreatableRenewers[],
  version: number,
): void {
  writeCount(writer, version >= 2, elements.length)
  for (const element of elements)
    encodeCreateDelegationTokenRequestCreatableRenewers(writer, element, version)
}
