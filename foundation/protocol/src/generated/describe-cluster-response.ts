/**
 * DescribeCluster (API key 60), versions 0 to 2.
 *
 * Generated from definitions/60-describe-cluster.api; do not edit.
 */
import { type ByteReader, type ByteWriter } from '@ottla/base'
import { readCount, writeCount } from '../wire/arrays.ts'
import { readString, writeString, writeNullString } from '../wire/strings.ts'
import { notNull } from '../wire/not-null.ts'
import { skipTaggedFields } from '../wire/tagged-fields.ts'

export interface DescribeClusterResponse {
  throttleTimeMs: number
  errorCode: number
  errorMessage: string | null
  /** Where version >= 1. */
  endpointType: number
  clusterId: string
  controllerId: number
  brokers: DescribeClusterResponseDescribeClusterBroker[]
  clusterAuthorizedOperations: number
}

export interface DescribeClusterResponseDescribeClusterBroker {
  brokerId: number
  host: string
  port: number
  rack: string | null
  /** Where version >= 2. */
  isFenced: boolean
}

export function decodeDescribeClusterResponse(
  reader: ByteReader,
  version: number,
): DescribeClusterResponse {
  const flexible = true
  const throttleTimeMs: number = reader.readInt32()
  const errorCode: number = reader.readInt16()
  const errorMessage: string | null = readString(reader, flexible)
  const endpointType: number = version >= 1 ? reader.readInt8() : 1
  const clusterId: string = notNull(reader, readString(reader, flexible), 'ClusterId')
  const controllerId: number = reader.readInt32()
  const brokers: DescribeClusterResponseDescribeClusterBroker[] = notNull(
    reader,
    decodeDescribeClusterResponseDescribeClusterBrokerArray(reader, version),
    'Brokers',
  )
  const clusterAuthorizedOperations: number = reader.readInt32()
  if (flexible) skipTaggedFields(reader)
  return {
    throttleTimeMs,
    errorCode,
    errorMessage,
    endpointType,
    clusterId,
    controllerId,
    brokers,
    clusterAuthorizedOperations,
  }
}

export function encodeDescribeClusterResponse(
  writer: ByteWriter,
  message: DescribeClusterResponse,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.throttleTimeMs)
  writer.writeInt16(message.errorCode)
  if (message.errorMessage === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.errorMessage)
  }
  if (version >= 1) {
    writer.writeInt8(message.endpointType)
  }
  writeString(writer, flexible, message.clusterId)
  writer.writeInt32(message.controllerId)
  encodeDescribeClusterResponseDescribeClusterBrokerArray(writer, message.brokers, version)
  writer.writeInt32(message.clusterAuthorizedOperations)
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeClusterResponseDescribeClusterBroker(
  reader: ByteReader,
  version: number,
): DescribeClusterResponseDescribeClusterBroker {
  const flexible = true
  const brokerId: number = reader.readInt32()
  const host: string = notNull(reader, readString(reader, flexible), 'Host')
  const port: number = reader.readInt32()
  const rack: string | null = readString(reader, flexible)
  const isFenced: boolean = version >= 2 ? reader.readBoolean() : false
  if (flexible) skipTaggedFields(reader)
  return { brokerId, host, port, rack, isFenced }
}

function encodeDescribeClusterResponseDescribeClusterBroker(
  writer: ByteWriter,
  message: DescribeClusterResponseDescribeClusterBroker,
  version: number,
): void {
  const flexible = true
  writer.writeInt32(message.brokerId)
  writeString(writer, flexible, message.host)
  writer.writeInt32(message.port)
  if (message.rack === null) {
    writeNullString(writer, flexible)
  } else {
    writeString(writer, flexible, message.rack)
  }
  if (version >= 2) {
    writer.writeBoolean(message.isFenced)
  }
  if (flexible) writer.writeUint8(0)
}

function decodeDescribeClusterResponseDescribeClusterBrokerArray(
  reader: ByteReader,
  version: number,
): DescribeClusterResponseDescribeClusterBroker[] | null {
  const count = readCount(reader, true, 11)
  if (count < 0) return null
  const elements: DescribeClusterResponseDescribeClusterBroker[] = []
  for (let index = 0; index < count; index++)
    elements.push(decodeDescribeClusterResponseDescribeClusterBroker(reader, version))
  return elements
}

function encodeDescribeClusterResponseDescribeClusterBrokerArray(
  writer: ByteWriter,
  elements: DescribeClusterResponseDescribeClusterBroker[],
  version: number,
): void {
  writeCount(writer, true, elements.length)
  for (const element of elements)
    encodeDescribeClusterResponseDescribeClusterBroker(writer, element, version)
}
