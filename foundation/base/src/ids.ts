/**
 * Distinct numbers get distinct types: an offset is never passed where a leader epoch is meant.
 *
 * The brands exist for the compiler only. The constructors check at the edge where a number enters
 * (wire, disk, configuration); inside, the types carry the proof. All values are exact to 2^53 - 1.
 */
declare const brand: unique symbol
export type Branded<T, Name extends string> = T & { readonly [brand]: Name }

/** Position of a record in a partition, from 0. */
export type Offset = Branded<number, 'Offset'>
/** How often a partition has changed its leader; -1 where unknown. */
export type LeaderEpoch = Branded<number, 'LeaderEpoch'>
export type BrokerId = Branded<number, 'BrokerId'>
export type PartitionId = Branded<number, 'PartitionId'>
/** Identity of an idempotent or transactional producer; -1 for none. */
export type ProducerId = Branded<number, 'ProducerId'>
export type ProducerEpoch = Branded<number, 'ProducerEpoch'>
/** Byte position inside one file. */
export type FilePosition = Branded<number, 'FilePosition'>
/** 16 bytes as 22 characters of URL-safe base64, the way Kafka prints ids. */
export type Uuid = Branded<string, 'Uuid'>

export const offset = (value: number): Offset => value as Offset
export const leaderEpoch = (value: number): LeaderEpoch => value as LeaderEpoch
export const brokerId = (value: number): BrokerId => value as BrokerId
export const partitionId = (value: number): PartitionId => value as PartitionId
export const producerId = (value: number): ProducerId => value as ProducerId
export const producerEpoch = (value: number): ProducerEpoch => value as ProducerEpoch
export const filePosition = (value: number): FilePosition => value as FilePosition

const UUID_BYTES = 16

export const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA' as Uuid

/**
 * Checks the form (22 characters of URL-safe base64) and throws a RangeError for anything else. The
 * last character has four bits to spare: sixteen texts name one id, and only one of them comes back.
 */
export function uuid(text: string): Uuid {
  if (!/^[A-Za-z0-9_-]{22}$/.test(text)) {
    throw new RangeError(`Cannot read "${text}" as an id: 22 URL-safe base64 characters expected`)
  }
  return uuidFromBytes(Buffer.from(text, 'base64url'))
}

export function uuidFromBytes(bytes: Uint8Array): Uuid {
  if (bytes.length !== UUID_BYTES) {
    throw new RangeError(`Cannot read ${bytes.length} bytes as an id: ${UUID_BYTES} expected`)
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, UUID_BYTES).toString('base64url') as Uuid
}

export function uuidToBytes(id: Uuid): Buffer {
  return Buffer.from(id, 'base64url')
}
