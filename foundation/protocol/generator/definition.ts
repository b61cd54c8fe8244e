/**
 * What a definition file says, after parsing: the model between our notation and the emitters.
 *
 * The notation, by example (one file per API, numbered by API key):
 *
 *   api 0 Produce            `data Name` for a message that is no request (records of internal topics)
 *   versions 3-13            the versions we read and write
 *   flexible 9+              from here compact lengths and tagged fields (KIP-482); or `none`
 *
 *   request                  then `response`; `fields` for data
 *     Acks: int16                                  in every version
 *     TransactionalId: string? 3+ = null           nullable, from version 3, with its default
 *     Name: string 0-12 ignorable                  dropped in silence where the version lacks it
 *     ClusterId: string? 12+ tag 0 ignorable       a tagged field
 *     Partitions: [Partition]                      an array; its struct follows, indented
 *       Index: int32
 *     struct Cursor                                a struct that several fields name
 */
export interface VersionRange {
  readonly min: number
  /** Infinity for `3+`. */
  readonly max: number
}

export const NEVER: VersionRange = { min: Infinity, max: -Infinity }

export const PRIMITIVE_TYPES = [
  'bool',
  'int8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'float64',
  'uuid',
  'string',
  'bytes',
  'records',
] as const
export type PrimitiveType = (typeof PRIMITIVE_TYPES)[number]

export interface FieldDefinition {
  /** As Kafka spells it. */
  readonly name: string
  /** Primitive type or the name of a struct; of the elements when `isArray`. */
  readonly typeName: string
  readonly isArray: boolean
  readonly versions: VersionRange
  readonly nullable: VersionRange
  readonly tag: number | undefined
  readonly tagVersions: VersionRange
  readonly isIgnorable: boolean
  /** A string that keeps its int16 length in flexible versions: the client id of the request header. */
  readonly isInflexible: boolean
  readonly defaultText: string | undefined
}

export interface StructDefinition {
  readonly name: string
  readonly versions: VersionRange
  readonly fields: FieldDefinition[]
}

export interface MessageDefinition {
  /** `ProduceRequest`. */
  readonly name: string
  readonly root: StructDefinition
  /** Every struct below the root, by its name in the definition. */
  readonly structs: ReadonlyMap<string, StructDefinition>
}

export interface Definition {
  readonly fileName: string
  readonly name: string
  readonly apiKey: number | undefined
  readonly versions: VersionRange
  readonly flexible: VersionRange
  readonly messages: readonly MessageDefinition[]
}

export function isPrimitive(typeName: string): typeName is PrimitiveType {
  return (PRIMITIVE_TYPES as readonly string[]).includes(typeName)
}

export function intersect(a: VersionRange, b: VersionRange): VersionRange {
  return { min: Math.max(a.min, b.min), max: Math.min(a.max, b.max) }
}

export function isEmpty(range: VersionRange): boolean {
  return range.min > range.max
}

export function contains(range: VersionRange, version: number): boolean {
  return version >= range.min && version <= range.max
}
