/** One message of a definition as the text of one TypeScript file, before formatting. */
import {
  intersect,
  isEmpty,
  isPrimitive,
  type Definition,
  type FieldDefinition,
  type MessageDefinition,
} from './definition.ts'
import { emitArrayDecoder, emitDecoder } from './emit-decoder.ts'
import { emitArrayEncoder, emitDefault, emitEncoder, emitIsDefault } from './emit-encoder.ts'
import { StructPlan } from './struct-plan.ts'

const BASE_VALUES = ['ByteWriter', 'ZERO_UUID'] as const
const WIRE_MODULES: Record<string, readonly string[]> = {
  'arrays.ts': [
    'readCount',
    'writeCount',
    ...['Int8', 'Int16', 'Int32', 'Int64', 'String'].flatMap((name) => [
      `read${name}Array`,
      `write${name}Array`,
    ]),
  ],
  'strings.ts': ['readString', 'writeString', 'writeNullString'],
  'byte-fields.ts': ['readBytes', 'writeBytes'],
  'not-null.ts': ['notNull'],
  'tagged-fields.ts': [
    'TAGGED_FIELD_BYTES',
    'endTaggedField',
    'readTaggedSize',
    'skipTaggedFields',
    'writeTaggedField',
  ],
  'unsupported-field-error.ts': ['UnsupportedFieldError'],
}

export function emitMessage(definition: Definition, message: MessageDefinition): string {
  const plans = reachable(new StructPlan(definition, message, message.root))
  const parts = plans.map(emitInterface)
  for (const plan of plans) parts.push(emitDecoder(plan), emitEncoder(plan))
  for (const plan of arrayElements(plans))
    parts.push(emitArrayDecoder(plan), emitArrayEncoder(plan))
  const defaulted = structFields(plans)
  for (const plan of defaulted) parts.push(emitDefault(plan), emitIsDefault(plan))
  const body = keepUsed(parts).join('\n\n')
  return `${header(definition)}${imports(body)}\n\n${body}\n`
}

function header(definition: Definition): string {
  const what =
    definition.apiKey === undefined
      ? definition.name
      : `${definition.name} (API key ${definition.apiKey})`
  return `/**
 * ${what}, versions ${definition.versions.min} to ${definition.versions.max}.
 *
 * Generated from definitions/${definition.fileName}; do not edit.
 */
`
}

function emitInterface(plan: StructPlan): string {
  const lines = plan.fields.map((field) => {
    const type = plan.typeOf(field) + (plan.isNullable(field) ? ' | null' : '')
    return `${comment(plan, field)}  ${plan.property(field)}: ${type}`
  })
  return `export interface ${plan.typeName} {\n${lines.join('\n')}\n}`
}

function comment(plan: StructPlan, field: FieldDefinition): string {
  const range = plan.condition(plan.versionsOf(field))
  if (range === undefined) return ''
  return `  /** Where ${range}. */\n`
}

function reachable(root: StructPlan): StructPlan[] {
  const plans = new Map<string, StructPlan>()
  const visit = (plan: StructPlan): void => {
    if (plans.has(plan.struct.name)) return
    plans.set(plan.struct.name, plan)
    for (const field of plan.fields) if (!isPrimitive(field.typeName)) visit(plan.planOf(field))
  }
  visit(root)
  return [...plans.values()]
}

function arrayElements(plans: readonly StructPlan[]): StructPlan[] {
  return structsWhere(plans, (_plan, field) => field.isArray)
}

/** Structs that are a field's value, so that their default may be needed. */
function structFields(plans: readonly StructPlan[]): StructPlan[] {
  return structsWhere(
    plans,
    (plan, field) => !field.isArray && !isEmpty(intersect(plan.versions, field.versions)),
  )
}

function structsWhere(
  plans: readonly StructPlan[],
  accept: (plan: StructPlan, field: FieldDefinition) => boolean,
): StructPlan[] {
  const found = new Map<string, StructPlan>()
  for (const plan of plans) {
    for (const field of plan.fields) {
      if (isPrimitive(field.typeName) || !accept(plan, field)) continue
      const element = plan.planOf(field)
      found.set(element.typeName, element)
    }
  }
  return [...found.values()]
}

/** Drops functions that nothing calls: defaults, mostly. */
function keepUsed(parts: readonly string[]): string[] {
  let kept = [...parts]
  for (;;) {
    const text = kept.join('\n')
    const next = kept.filter((part) => {
      const name = /^function (\w+)\(/.exec(part)?.[1]
      return name === undefined || text.split(new RegExp(`\\b${name}\\(`)).length > 2
    })
    if (next.length === kept.length) return dropUnusedFlexible(next)
    kept = next
  }
}

function dropUnusedFlexible(parts: readonly string[]): string[] {
  return parts.map((part) => {
    const uses = part.split(/\bflexible\b/).length - 1
    const trimmed = uses > 1 ? part : part.replace(/ {2}const flexible = .*\n/, '')
    // A struct that is the same in every version does not look at it.
    const versionUses = trimmed.split(/\bversion\b/).length - 1
    return versionUses > 1 ? trimmed : trimmed.replace('version: number', '_version: number')
  })
}

function imports(body: string): string {
  const uses = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(body)
  const base: string[] = ['type ByteReader']
  if (!/new ByteWriter\(/.test(body)) base.push('type ByteWriter')
  for (const name of BASE_VALUES) {
    if (name === 'ByteWriter' ? /new ByteWriter\(/.test(body) : uses(name)) base.push(name)
  }
  if (uses('Uuid')) base.push('type Uuid')
  const lines = [`import { ${base.join(', ')} } from '@ottla/base'`]
  for (const [module, names] of Object.entries(WIRE_MODULES)) {
    const used = names.filter(uses)
    if (used.length > 0) lines.push(`import { ${used.join(', ')} } from '../wire/${module}'`)
  }
  return lines.join('\n')
}
