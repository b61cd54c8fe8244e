/** A message in the JSON form of Apache's converters: only the fields that the version has. */
import { contains, isPrimitive, type FieldDefinition } from '@ottla/protocol/generator'
import type { AnyMessage, StructPlan } from '@ottla/protocol/generator'

/** `-` for messages with records, which have no JSON form. */
export function jsonOf(plan: StructPlan, message: AnyMessage, version: number): string {
  if (hasRecords(plan)) return '-'
  // Long.MAX_VALUE is read as the safe bound here, and is the default of a field or two.
  return JSON.stringify(valueOf(plan, message, version)).replaceAll(
    String(Number.MAX_SAFE_INTEGER),
    '9223372036854775807',
  )
}

function hasRecords(plan: StructPlan): boolean {
  return plan.fields.some(
    (field) =>
      field.typeName === 'records' ||
      (!isPrimitive(field.typeName) && hasRecords(plan.planOf(field))),
  )
}

function valueOf(plan: StructPlan, message: AnyMessage, version: number): Record<string, unknown> {
  const json: Record<string, unknown> = {}
  for (const field of plan.fields) {
    const versions = field.tag === undefined ? field.versions : field.tagVersions
    if (!contains(versions, version)) continue
    const value = message[plan.property(field)]
    json[plan.property(field)] = Array.isArray(value)
      ? value.map((element) => elementOf(plan, field, element, version))
      : elementOf(plan, field, value, version)
  }
  return json
}

function elementOf(
  plan: StructPlan,
  field: FieldDefinition,
  value: unknown,
  version: number,
): unknown {
  if (value === null) return null
  if (Buffer.isBuffer(value)) return value.toString('base64')
  return isPrimitive(field.typeName)
    ? value
    : valueOf(plan.planOf(field), value as AnyMessage, version)
}
