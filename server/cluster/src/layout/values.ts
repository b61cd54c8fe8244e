/**
 * What lies under the keys: JSON objects, checked when they are read.
 *
 * Unknown fields are ignored, so that a newer version may add some. A value that is not of the expected
 * shape is refused with its key: to guess about a replica list would be to lose data politely.
 */
import { uuid, type Uuid } from '@ottla/base'
import { MetadataStoreError, type KeyValue } from '../metadata-store.ts'

export interface TopicValue {
  readonly topicId: Uuid
  /** Number of partitions; keys from this number on are leftovers of a growth that was cut short. */
  readonly partitions: number
}

export interface PartitionValue {
  /** In the order of preference; the first is the preferred leader. */
  readonly replicas: readonly number[]
  /** -1 when nobody leads. */
  readonly leader: number
  readonly leaderEpoch: number
  readonly partitionEpoch: number
  readonly isr: readonly number[]
}

export interface EndpointValue {
  readonly listener: string
  readonly host: string
  readonly port: number
  readonly securityProtocol: string
}

export interface BrokerValue {
  /** New with every start of the process. */
  readonly incarnationId: string
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly endpoints: readonly EndpointValue[]
}

export type Configs = ReadonlyMap<string, string>

export const encodeClusterId = (clusterId: Uuid): string => JSON.stringify({ clusterId })
export const encodeTopic = (value: TopicValue): string => JSON.stringify(value)
export const encodePartition = (value: PartitionValue): string => JSON.stringify(value)
export const encodeBroker = (value: BrokerValue): string => JSON.stringify(value)
export const encodeNextProducerId = (next: number): string =>
  JSON.stringify({ nextProducerId: next })
/** Sorted, so that equal configs are equal values. */
export const encodeConfigs = (configs: Configs): string =>
  JSON.stringify({ configs: Object.fromEntries([...configs].sort(byName)) })

export const decodeClusterId = (kv: KeyValue): Uuid =>
  read(kv, (fields) => uuid(text(fields['clusterId'])))

export const decodeNextProducerId = (kv: KeyValue): number =>
  read(kv, (fields) => whole(fields['nextProducerId'], 0))

export const decodeTopic = (kv: KeyValue): TopicValue =>
  read(kv, (fields) => ({
    topicId: uuid(text(fields['topicId'])),
    partitions: whole(fields['partitions'], 1),
  }))

export const decodePartition = (kv: KeyValue): PartitionValue =>
  read(kv, (fields) => ({
    replicas: brokerIds(fields['replicas']),
    leader: whole(fields['leader'], -1),
    leaderEpoch: whole(fields['leaderEpoch'], 0),
    partitionEpoch: whole(fields['partitionEpoch'], 0),
    isr: brokerIds(fields['isr']),
  }))

export const decodeBroker = (kv: KeyValue): BrokerValue =>
  read(kv, (fields) => ({
    incarnationId: text(fields['incarnationId']),
    host: text(fields['host']),
    port: whole(fields['port'], 0),
    rack: fields['rack'] === null ? null : text(fields['rack']),
    endpoints: list(fields['endpoints']).map(endpoint),
  }))

export const decodeConfigs = (kv: KeyValue): Configs =>
  read(kv, (fields) => {
    const entries = Object.entries(object(fields['configs']))
    return new Map(entries.map(([key, value]) => [key, text(value)]))
  })

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0
}

type Fields = Record<string, unknown>

/** The cause names the part that is wrong, this error the key and what to do. */
function read<T>(kv: KeyValue, decode: (fields: Fields) => T): T {
  try {
    return decode(object(JSON.parse(kv.value)))
  } catch (cause) {
    throw new MetadataStoreError(
      `Cannot read the metadata under "${kv.key}" (revision ${kv.modRevision}): ${(cause as Error).message}; restore the metadata store from a backup`,
      { cause },
    )
  }
}

function endpoint(value: unknown): EndpointValue {
  const fields = object(value)
  return {
    listener: text(fields['listener']),
    host: text(fields['host']),
    port: whole(fields['port'], 0),
    securityProtocol: text(fields['securityProtocol']),
  }
}

const brokerIds = (value: unknown): number[] => list(value).map((id) => whole(id, 0))

function object(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw unexpected('an object', value)
}

function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[]
  throw unexpected('a list', value)
}

function text(value: unknown): string {
  if (typeof value === 'string') return value
  throw unexpected('a text', value)
}

function whole(value: unknown, min: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= min) return value as number
  throw unexpected(`a whole number from ${min}`, value)
}

function unexpected(wanted: string, value: unknown): RangeError {
  return new RangeError(`${wanted} expected, found ${JSON.stringify(value)}`)
}
