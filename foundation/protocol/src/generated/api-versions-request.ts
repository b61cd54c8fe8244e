/**
 * ApiVersions (API key 18), versions 0 to 5.
 *
 * Generated from definitions/18-api-versions.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface ApiVersionsRequest {
  /** Where version >= 3. */
  clientSoftwareName: string
  /** Where version >= 3. */
  clientSoftwareVersion: string
  /** Where version >= 5. */
  clusterId: string | null
  /** Where version >= 5. */
  nodeId: number
}

export function decodeApiVersionsRequest(reader: ByteReader, version: number): ApiVersionsRequest {
  const flexible = version >= 3
  const clientSoftwareName: string =
    version >= 3 ? notNull(reader, readString(reader, flexible), 'ClientSoftwareName') : ''
  const clientSoftwareVersion: string =
    version >= 3 ? notNull(reader, readString(reader, flexible), 'ClientSoftwareVersion') : ''
  const clusterId: string | null = version >= 5 ? readString(reader, flexible) : null
  const nodeId: number = version >= 5 ? reader.readInt32() : -1
  if (flexible) skipTaggedFields(reader)
  return { clientSoftwareName, clientSoftwareVersion, clusterId, nodeId }
}

export function encodeApiVersionsRequest(
  writer: ByteWriter,
  message: ApiVersionsRequest,
  version: number,
): void {
  const flexible = version >= 3
  if (version >= 3) {
    writeString(writer, flexible, message.clientSoftwareName)
  }
  if (version >= 3) {
    writeString(writer, flexible, message.clientSoftwareVersion)
  }
  if (version >= 5) {
    if (message.clusterId === null) {
      writeNullString(writer, flexible)
    } else {
      writeString(writer, flexible, message.clusterId)
    }
  }
  if (version >= 5) {
    writer.writeInt32(message.nodeId)
  }
  if (flexible) writer.writeUint8(0)
}
