/**
 * The questions every emitter asks about one struct of a message: which fields exist, in which versions,
 * how small an element can be, what its default is in TypeScript.
 */
import {
  contains,
  intersect,
  isEmpty,
  isPrimitive,
  type Definition,
  type FieldDefinition,
  type MessageDefinition,
  type StructDefinition,
  type VersionRange,
} from './definition.ts'
import { propertyName } from './names.ts'

const FIXED_BYTES: Record<string, number> = {
  bool: 1,
  int8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  float64: 8,
  uuid: 16,
}

export class StructPlan {
  readonly definition: Definition
  readonly message: MessageDefinition
  readonly struct: StructDefinition
  /** Versions in which this struct can occur. */
  readonly versions: VersionRange
  /** Without fields that no version of ours has (those of an unstable one). */
  readonly fields: readonly FieldDefinition[]

  constructor(definition: Definition, message: MessageDefinition, struct: StructDefinition) {
    this.definition = definition
    this.message = message
    this.struct = struct
    this.versions = intersect(definition.versions, struct.versions)
    this.fields = struct.fields.filter((field) => !isEmpty(this.versionsOf(field)))
  }

  get typeName(): string {
    const { name } = this.message
    const structName = upperFirst(this.struct.name)
    // Kafka prefixes some struct names itself; the root carries the message's name.
    return structName.startsWith(name) ? structName : name + structName
  }

  planOf(field: FieldDefinition): StructPlan {
    const struct = this.message.structs.get(field.typeName)
    if (struct === undefined) {
      throw new Error(`${this.definition.fileName}: no struct ${field.typeName}`)
    }
    return new StructPlan(this.definition, this.message, struct)
  }

  versionsOf(field: FieldDefinition): VersionRange {
    return intersect(this.versions, field.versions)
  }

  /** The source of `version is in range`, or undefined when it always is. */
  condition(range: VersionRange): string | undefined {
    const parts: string[] = []
    if (range.min > this.versions.min) parts.push(`version >= ${range.min}`)
    if (range.max < this.versions.max) parts.push(`version <= ${range.max}`)
    return parts.length === 0 ? undefined : parts.join(' && ')
  }

  get flexibleSource(): string {
    const { flexible } = this.definition
    if (flexible.min > this.versions.max) return 'false'
    return flexible.min <= this.versions.min ? 'true' : `version >= ${flexible.min}`
  }

  isNullable(field: FieldDefinition): boolean {
    return !isEmpty(intersect(this.versionsOf(field), field.nullable))
  }

  get untagged(): FieldDefinition[] {
    return this.fields.filter((field) => field.tag === undefined)
  }

  get tagged(): FieldDefinition[] {
    return this.fields
      .filter((field) => field.tag !== undefined)
      .toSorted((a, b) => (a.tag as number) - (b.tag as number))
  }

  /** The fewest bytes one struct takes, over all versions: what bounds an element count. */
  get bytesMin(): number {
    let least = Infinity
    for (let version = this.versions.min; version <= this.versions.max; version++) {
      least = Math.min(least, this.#bytesMinOf(version))
    }
    return Math.max(1, least)
  }

  #bytesMinOf(version: number): number {
    const isFlexible = contains(this.definition.flexible, version)
    let bytes = isFlexible ? 1 : 0
    for (const field of this.untagged) {
      if (!contains(field.versions, version)) continue
      bytes += this.#fieldBytesMin(field, version, isFlexible)
    }
    return bytes
  }

  #fieldBytesMin(field: FieldDefinition, version: number, isFlexible: boolean): number {
    if (field.isArray) return isFlexible ? 1 : 4
    if (!isPrimitive(field.typeName)) {
      return contains(field.nullable, version) ? 1 : this.planOf(field).#bytesMinOf(version)
    }
    const fixed = FIXED_BYTES[field.typeName]
    if (fixed !== undefined) return fixed
    if (isFlexible) return 1
    return field.typeName === 'string' ? 2 : 4
  }

  property(field: FieldDefinition): string {
    return propertyName(field.name)
  }

  /** The element or field type in TypeScript, without `| null`. */
  typeOf(field: FieldDefinition): string {
    const element = this.#elementType(field)
    return field.isArray ? `${element}[]` : element
  }

  #elementType(field: FieldDefinition): string {
    switch (field.typeName) {
      case 'bool':
        return 'boolean'
      case 'string':
        return 'string'
      case 'uuid':
        return 'Uuid'
      case 'bytes':
      case 'records':
        return 'Buffer'
      default:
        return isPrimitive(field.typeName) ? 'number' : this.planOf(field).typeName
    }
  }

  defaultOf(field: FieldDefinition): string {
    const text = field.defaultText
    if (text === 'null') return 'null'
    if (field.isArray) return '[]'
    switch (field.typeName) {
      case 'bool':
        return text ?? 'false'
      case 'string':
        return `'${text ?? ''}'`
      case 'uuid':
        return 'ZERO_UUID'
      case 'bytes':
      case 'records':
        return 'Buffer.alloc(0)'
      default:
        return isPrimitive(field.typeName)
          ? numberSource(text ?? '0')
          : `default${this.planOf(field).typeName}()`
    }
  }

  /** The source of `this value differs from its default`. */
  differsSource(field: FieldDefinition, value: string): string {
    const isNullable = this.isNullable(field)
    if (field.defaultText === 'null') return `${value} !== null`
    if (field.isArray || field.typeName === 'bytes' || field.typeName === 'records') {
      return isNullable ? `(${value} === null || ${value}.length !== 0)` : `${value}.length !== 0`
    }
    if (!isPrimitive(field.typeName)) {
      const differs = `!isDefault${this.planOf(field).typeName}(${value})`
      return isNullable ? `(${value} === null || ${differs})` : differs
    }
    return `${value} !== ${this.defaultOf(field)}`
  }
}

/** Long.MAX_VALUE and its like are read as the safe bound, so that is what a default is compared to. */
function numberSource(text: string): string {
  const value = Number(text)
  return Number.isSafeInteger(value) ? text : 'Number.MAX_SAFE_INTEGER'
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
