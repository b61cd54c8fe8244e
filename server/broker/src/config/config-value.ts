/** Reads the text of a configuration value by the type of its key; says what is wrong in words. */
import type { ConfigKey } from './config-key.ts'

/** Java's bounds: the largest value of each type; the smallest is one further from zero. */
const INTEGER_MAX: Partial<Record<ConfigKey['type'], bigint>> = {
  short: 2n ** 15n - 1n,
  int: 2n ** 31n - 1n,
  long: 2n ** 63n - 1n,
}
/** As Integer.parseInt reads: no 0x10, no 1e3. */
const INTEGER = /^[+-]?\d+$/
const REPLICA_LIST = /^(?:\*|\d+:\d+(?:\s*,\s*\d+:\d+)*)?$/

/** Undefined when the value is fine, else what is expected. */
export function valueProblem(key: ConfigKey, text: string): string | undefined {
  switch (key.type) {
    case 'boolean':
      return /^(?:true|false)$/i.test(text.trim()) ? undefined : 'true or false is expected'
    case 'short':
    case 'int':
    case 'long':
    case 'double':
      return numberProblem(key, text)
    case 'list': {
      if (key.isNonEmpty && listOf(text).length === 0) return 'at least one entry is expected'
      if (key.isReplicaList && !REPLICA_LIST.test(text.trim())) {
        return '* or a list of partition:broker is expected, e.g. 0:1,1:2'
      }
      const unknown = listOf(text).find((item) => key.values?.includes(item) === false)
      return unknown === undefined
        ? undefined
        : `"${unknown}" is not one of ${key.values?.join(', ')}`
    }
    case 'string': {
      const value = text.trim()
      if (key.isNonEmpty && value === '') return 'a text that is not empty is expected'
      const isAllowed =
        key.values === undefined ||
        key.values.includes(value) ||
        (key.isAnyCase && key.values.includes(value.toUpperCase()))
      return isAllowed ? undefined : `one of ${key.values.join(', ')} is expected`
    }
    case 'password':
    case 'class':
      return undefined
  }
}

function numberProblem(key: ConfigKey, text: string): string | undefined {
  const value = Number(text)
  const max = INTEGER_MAX[key.type]
  if (text.trim() === '' || !Number.isFinite(value)) return `a number (${key.type}) is expected`
  if (max !== undefined && !isInteger(text.trim(), max)) {
    return `a whole number (${key.type}) is expected`
  }
  if (key.isNeverZero && value === 0) return 'at least 1 is expected, or -1 for no limit'
  // -1 stands for "default" or "none" in keys that allow it beside their range.
  if (key.name === 'compression.gzip.level' && value === -1) return undefined
  if (key.min !== undefined && value < key.min) return `at least ${key.min} is expected`
  if (key.max !== undefined && value > key.max) return `at most ${key.max} is expected`
  return undefined
}

function isInteger(text: string, max: bigint): boolean {
  if (!INTEGER.test(text)) return false
  const value = BigInt(text.replace('+', ''))
  return value <= max && value >= -max - 1n
}

export function booleanOf(text: string): boolean {
  return text.trim().toLowerCase() === 'true'
}

/** Long.MAX_VALUE and its like mean "never": they become the safe bound. */
export function numberOf(text: string): number {
  const value = Number(text)
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value))
}

export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}
