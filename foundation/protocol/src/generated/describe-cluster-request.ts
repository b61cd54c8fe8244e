/**
 * DescribeCluster (API key 60), versions 0 to 2.
 *
 * Generated from definitions/60-describe-cluster.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { skipTaggedFields } from '../wire/tagged-fields.ts'
import { UnsupportedFieldError } from '../wire/unsupported-field-error.ts'

export interface DescribeClusterRequest {
  includeClusterAuthorizedOperations: boolean
  /** Where version >= 1. */
  endpointType: number
  /** Where version >= 2. */
  includeFencedBrokers: boolean
}

export function decodeDescribeClusterRequest(
  reader: ByteReader,
  version: number,
): DescribeClusterRequest {
  const flexible = true
  const includeClusterAuthorizedOperations: boolean = reader.readBoolean()
  const endpointType: number = version >= 1 ? reader.readInt8() : 1
  const includeFencedBrokers: boolean = version >= 2 ? reader.readBoolean() : false
  if (flexible) skipTaggedFields(reader)
  return { includeClusterAuthorizedOperations, endpointType, includeFencedBrokers }
}

export function encodeDescribeClusterRequest(
  writer: ByteWriter,
  message: DescribeClusterRequest,
  version: number,
): void {
  const flexible = true
  writer.writeBoolean(message.includeClusterAuthorizedOperations)
  if (version >= 1) {
    writer.writeInt8(message.endpointType)
  } else if (message.endpointType !== 1) {
    throw new UnsupportedFieldError('DescribeClusterRequest', 'EndpointType', version)
  }
  if (version >= 2) {
    writer.writeBoolean(message.includeFencedBrokers)
  } else if (message.includeFencedBrokers !== false) {
    throw new UnsupportedFieldError('DescribeClusterRequest', 'IncludeFencedBrokers', version)
  }
  if (flexible) writer.writeUint8(0)
}
