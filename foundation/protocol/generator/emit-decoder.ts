/** The decoding half of a message: one function per struct, one per array of structs. */
import { intersect, isPrimitive, type FieldDefinition } from './definition.ts'
import type { StructPlan } from './struct-plan.ts'

const READ_FIXED: Record<string, string> = {
  bool: 'reader.readBoolean()',
  int8: 'reader.readInt8()',
  int16: 'reader.readInt16()',
  uint16: 'reader.readUint16()',
  int32: 'reader.readInt32()',
  uint32: 'reader.readUint32()',
  int64: 'reader.readInt64()',
  float64: 'reader.readFloat64()',
  uuid: 'reader.readUuid()',
}

export function emitDecoder(plan: StructPlan): string {
  const lines: string[] = []
  for (const field of plan.untagged) lines.push(readUntagged(plan, field))
  lines.push(...readTaggedSection(plan))
  const properties = plan.fields.map((field) => plan.property(field)).join(', ')
  const isRoot = plan.struct === plan.message.root
  return `${isRoot ? 'export ' : ''}function decode${plan.typeName}(reader: ByteReader, version: number): ${plan.typeName} {
  const flexible = ${plan.flexibleSource}
  ${lines.join('\n  ')}
  return { ${properties} }
}`
}

export function emitArrayDecoder(plan: StructPlan): string {
  return `function decode${plan.typeName}Array(reader: ByteReader, version: number): ${plan.typeName}[] | null {
  const count = readCount(reader, ${plan.flexibleSource}, ${plan.bytesMin})
  if (count < 0) return null
  const elements: ${plan.typeName}[] = []
  for (let index = 0; index < count; index++) elements.push(decode${plan.typeName}(reader, version))
  return elements
}`
}

function declaredType(plan: StructPlan, field: FieldDefinition): string {
  return plan.typeOf(field) + (plan.isNullable(field) ? ' | null' : '')
}

function readUntagged(plan: StructPlan, field: FieldDefinition): string {
  const present = plan.condition(plan.versionsOf(field))
  const read = readSource(plan, field)
  const value = present === undefined ? read : `${present} ? ${read} : ${plan.defaultOf(field)}`
  return `const ${plan.property(field)}: ${declaredType(plan, field)} = ${value}`
}

/** Where the field may be null in some versions only, null is refused in the others. */
function readSource(plan: StructPlan, field: FieldDefinition): string {
  if (!plan.isNullable(field)) return readNonNull(plan, field)
  const nullable = intersect(plan.versionsOf(field), field.nullable)
  const present = plan.versionsOf(field)
  if (nullable.min <= present.min && nullable.max >= present.max) return readNullable(plan, field)
  return `(${plan.condition(nullable) as string} ? ${readNullable(plan, field)} : ${readNonNull(plan, field)})`
}

function readNonNull(plan: StructPlan, field: FieldDefinition): string {
  if (field.isArray) return `notNull(reader, ${readArray(plan, field)}, '${field.name}')`
  switch (field.typeName) {
    case 'string':
      return `notNull(reader, readString(reader, ${flexibleFor(field)}), '${field.name}')`
    case 'bytes':
    case 'records':
      return `notNull(reader, readBytes(reader, flexible), '${field.name}')`
    default:
      return READ_FIXED[field.typeName] ?? `decode${plan.planOf(field).typeName}(reader, version)`
  }
}

function readNullable(plan: StructPlan, field: FieldDefinition): string {
  if (field.isArray) return readArray(plan, field)
  switch (field.typeName) {
    case 'string':
      return `readString(reader, ${flexibleFor(field)})`
    case 'bytes':
    case 'records':
      return 'readBytes(reader, flexible)'
    default:
      return `(reader.readInt8() < 0 ? null : decode${plan.planOf(field).typeName}(reader, version))`
  }
}

function flexibleFor(field: FieldDefinition): string {
  return field.isInflexible ? 'false' : 'flexible'
}

function readArray(plan: StructPlan, field: FieldDefinition): string {
  return isPrimitive(field.typeName)
    ? `read${arrayName(field.typeName)}Array(reader, flexible)`
    : `decode${plan.planOf(field).typeName}Array(reader, version)`
}

export function arrayName(typeName: string): string {
  return typeName.charAt(0).toUpperCase() + typeName.slice(1)
}

function readTaggedSection(plan: StructPlan): string[] {
  if (plan.flexibleSource === 'false') return []
  if (plan.tagged.length === 0) return ['if (flexible) skipTaggedFields(reader)']
  const lines = plan.tagged.map(
    (field) =>
      `let ${plan.property(field)}: ${declaredType(plan, field)} = ${plan.defaultOf(field)}`,
  )
  const cases = plan.tagged.map((field) => {
    // A tag outside its versions is an unknown tag.
    const present = plan.condition(intersect(plan.versions, field.tagVersions))
    const read = `${plan.property(field)} = ${readSource(plan, field)}`
    const body = present === undefined ? read : `if (${present}) ${read}; else reader.skip(size)`
    return `      case ${field.tag}:\n        ${body}\n        break`
  })
  lines.push(`if (flexible) {
    for (let left = reader.readUnsignedVarint(); left > 0; left--) {
      const tag = reader.readUnsignedVarint()
      const size = readTaggedSize(reader)
      const end = reader.position + size
      switch (tag) {
${cases.join('\n')}
        default:
          reader.skip(size)
      }
      endTaggedField(reader, end)
    }
  }`)
  return lines
}
