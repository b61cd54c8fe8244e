/** The encoding half of a message, and the defaults that tagged fields are compared with. */
import { intersect, isPrimitive, type FieldDefinition } from './definition.ts'
import { arrayName } from './emit-decoder.ts'
import type { StructPlan } from './struct-plan.ts'

const WRITE_FIXED: Record<string, string> = {
  bool: 'writeBoolean',
  int8: 'writeInt8',
  int16: 'writeInt16',
  uint16: 'writeUint16',
  int32: 'writeInt32',
  uint32: 'writeUint32',
  int64: 'writeInt64',
  float64: 'writeFloat64',
  uuid: 'writeUuid',
}

export function emitEncoder(plan: StructPlan): string {
  const isRoot = plan.struct === plan.message.root
  const lines = [
    ...plan.untagged.map((field) => writeUntagged(plan, field)),
    ...writeTaggedSection(plan),
  ]
  return `${isRoot ? 'export ' : ''}function encode${plan.typeName}(writer: ByteWriter, message: ${plan.typeName}, version: number): void {
  const flexible = ${plan.flexibleSource}
  ${lines.join('\n  ')}
}`
}

export function emitArrayEncoder(plan: StructPlan): string {
  return `function encode${plan.typeName}Array(writer: ByteWriter, elements: ${plan.typeName}[], version: number): void {
  writeCount(writer, ${plan.flexibleSource}, elements.length)
  for (const element of elements) encode${plan.typeName}(writer, element, version)
}`
}

export function emitDefault(plan: StructPlan): string {
  const properties = plan.fields.map((field) => `${plan.property(field)}: ${plan.defaultOf(field)}`)
  return `function default${plan.typeName}(): ${plan.typeName} {
  return { ${properties.join(', ')} }
}`
}

export function emitIsDefault(plan: StructPlan): string {
  const differs = plan.fields.map((field) =>
    plan.differsSource(field, `message.${plan.property(field)}`),
  )
  return `function isDefault${plan.typeName}(message: ${plan.typeName}): boolean {
  return !(${differs.join(' || ')})
}`
}

function writeUntagged(plan: StructPlan, field: FieldDefinition): string {
  const value = `message.${plan.property(field)}`
  const present = plan.condition(plan.versionsOf(field))
  const write = writeSource(plan, field, 'writer', value)
  if (present === undefined) return write
  return `if (${present}) { ${write} }${refuseAbsent(plan, field, value)}`
}

/**
 * A version that lacks the field cannot say what the message says. In a request that is refused, unless
 * the field may be lost: it would mean something else. An answer loses it: a broker says all it knows, and
 * an old client cannot ask for more.
 */
function mayBeLost(plan: StructPlan, field: FieldDefinition): boolean {
  return field.isIgnorable || plan.message.name.endsWith('Response')
}

function refuseAbsent(plan: StructPlan, field: FieldDefinition, value: string): string {
  if (mayBeLost(plan, field)) return ''
  return ` else if (${plan.differsSource(field, value)}) {
    throw new UnsupportedFieldError('${plan.typeName}', '${field.name}', version)
  }`
}

function writeSource(
  plan: StructPlan,
  field: FieldDefinition,
  writer: string,
  value: string,
): string {
  if (!plan.isNullable(field)) return writeNonNull(plan, field, writer, value)
  const present = plan.versionsOf(field)
  const nullable = intersect(present, field.nullable)
  const isAlways = nullable.min <= present.min && nullable.max >= present.max
  const refuse = `throw new UnsupportedFieldError('${plan.typeName}', '${field.name}', version)`
  const guard = isAlways ? '' : `if (!(${plan.condition(nullable) as string})) ${refuse}; `
  return `if (${value} === null) { ${guard}${writeNull(field, writer)} } else { ${writePresent(plan, field, writer, value)} }`
}

function writeNull(field: FieldDefinition, writer: string): string {
  if (field.isArray) return `writeCount(${writer}, flexible, -1)`
  if (field.typeName === 'string') return `writeNullString(${writer}, ${flexibleFor(field)})`
  return isPrimitive(field.typeName)
    ? `writeCount(${writer}, flexible, -1)`
    : `${writer}.writeInt8(-1)`
}

function writePresent(
  plan: StructPlan,
  field: FieldDefinition,
  writer: string,
  value: string,
): string {
  const isStruct = !field.isArray && !isPrimitive(field.typeName)
  const mark = isStruct ? `${writer}.writeInt8(1); ` : ''
  return mark + writeNonNull(plan, field, writer, value)
}

function writeNonNull(
  plan: StructPlan,
  field: FieldDefinition,
  writer: string,
  value: string,
): string {
  if (field.isArray) {
    return isPrimitive(field.typeName)
      ? `write${arrayName(field.typeName)}Array(${writer}, flexible, ${value})`
      : `encode${plan.planOf(field).typeName}Array(${writer}, ${value}, version)`
  }
  switch (field.typeName) {
    case 'string':
      return `writeString(${writer}, ${flexibleFor(field)}, ${value})`
    case 'bytes':
    case 'records':
      return `writeBytes(${writer}, flexible, ${value})`
  }
  const fixed = WRITE_FIXED[field.typeName]
  return fixed !== undefined
    ? `${writer}.${fixed}(${value})`
    : `encode${plan.planOf(field).typeName}(${writer}, ${value}, version)`
}

function flexibleFor(field: FieldDefinition): string {
  return field.isInflexible ? 'false' : 'flexible'
}

/** Tagged fields are written only when they say something, in the order of their tags (KIP-482). */
function writeTaggedSection(plan: StructPlan): string[] {
  const absent = plan.tagged.flatMap((field) => {
    const present = plan.condition(intersect(plan.versions, field.tagVersions))
    if (present === undefined || mayBeLost(plan, field)) return []
    const differs = plan.differsSource(field, `message.${plan.property(field)}`)
    return [
      `if (!(${present}) && ${differs}) throw new UnsupportedFieldError('${plan.typeName}', '${field.name}', version)`,
    ]
  })
  if (plan.flexibleSource === 'false') return absent
  if (plan.tagged.length === 0) return ['if (flexible) writer.writeUint8(0)']
  const conditions = plan.tagged.map((field) => {
    const present = plan.condition(intersect(plan.versions, field.tagVersions))
    const differs = plan.differsSource(field, `message.${plan.property(field)}`)
    return present === undefined ? differs : `${present} && ${differs}`
  })
  const count = conditions.map((condition) => `(${condition} ? 1 : 0)`).join(' + ')
  const writes = plan.tagged.map((field, index) => {
    const write = writeSource(plan, field, 'field', `message.${plan.property(field)}`)
    return `if (${conditions[index] as string}) {
      const field = new ByteWriter(TAGGED_FIELD_BYTES)
      ${write}
      writeTaggedField(writer, ${field.tag}, field)
    }`
  })
  return [
    ...absent,
    `if (flexible) {
    writer.writeUnsignedVarint(${count})
    ${writes.join('\n    ')}
  }`,
  ]
}
