/** A random message of one version, for round trips: fields the version lacks keep their default. */
import { ZERO_UUID, type Random, type Uuid } from '@ottla/base'
import { contains, isPrimitive, type FieldDefinition } from './definition.ts'
import type { StructPlan } from './struct-plan.ts'

export type AnyMessage = Record<string, unknown>

const ELEMENTS_MAX = 3
const TEXTS = ['', 'a', 'orders', 'grüße-日本', 'x'.repeat(200)]
const INTEGER_BITS: Record<string, number> = { int8: 8, int16: 16, int32: 32 }

export class MessageMaker {
  readonly #random: Random

  constructor(random: Random) {
    this.#random = random
  }

  make(plan: StructPlan, version: number): AnyMessage {
    const message: AnyMessage = {}
    for (const field of plan.fields) {
      const isPresent =
        field.tag === undefined
          ? contains(field.versions, version)
          : contains(field.tagVersions, version) && contains(plan.definition.flexible, version)
      message[plan.property(field)] =
        isPresent && (field.tag === undefined || this.#random.fraction() < 0.5)
          ? this.#value(plan, field, version)
          : this.#default(plan, field)
    }
    return message
  }

  #value(plan: StructPlan, field: FieldDefinition, version: number): unknown {
    if (contains(field.nullable, version) && this.#random.fraction() < 0.2) return null
    if (!field.isArray) return this.#single(plan, field, version)
    const count = this.#below(ELEMENTS_MAX + 1)
    return Array.from({ length: count }, () => this.#single(plan, field, version))
  }

  #single(plan: StructPlan, field: FieldDefinition, version: number): unknown {
    const bits = INTEGER_BITS[field.typeName]
    if (bits !== undefined) return this.#below(2 ** bits) - 2 ** (bits - 1)
    switch (field.typeName) {
      case 'bool':
        return this.#random.fraction() < 0.5
      case 'uint16':
        return this.#below(65536)
      case 'uint32':
        return this.#below(2 ** 32)
      case 'int64':
        return (this.#random.fraction() < 0.5 ? -1 : 1) * (this.#below(2 ** 52) + 1)
      case 'float64':
        return this.#random.fraction()
      case 'uuid':
        return this.#random.bytes(16).toString('base64url') as Uuid
      case 'string':
        return TEXTS[this.#below(TEXTS.length)]
      case 'bytes':
      case 'records':
        return this.#random.bytes(this.#below(40))
    }
    return this.make(plan.planOf(field), version)
  }

  #default(plan: StructPlan, field: FieldDefinition): unknown {
    const text = field.defaultText
    if (text === 'null') return null
    if (field.isArray) return []
    switch (field.typeName) {
      case 'bool':
        return text === 'true'
      case 'uuid':
        return ZERO_UUID
      case 'string':
        return text ?? ''
      case 'bytes':
      case 'records':
        return Buffer.alloc(0)
    }
    if (isPrimitive(field.typeName)) {
      const value = Number(text ?? '0')
      return Number.isSafeInteger(value) ? value : Number.MAX_SAFE_INTEGER
    }
    const struct = plan.planOf(field)
    return Object.fromEntries(
      struct.fields.map((inner) => [struct.property(inner), this.#default(struct, inner)]),
    )
  }

  #below(limit: number): number {
    return Math.floor(this.#random.fraction() * limit)
  }
}
