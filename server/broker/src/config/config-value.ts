/** Reads the text of a configuration value by the type of its key; says what is wrong in words. */
import type { ConfigKey } from './config-key.ts'

const INTEGER_BOUND: Partial<Record<ConfigKey['type'], number>> = {
  short: 2 ** 15,
  int: 2 ** 31,
  long: 2 ** 63,
}

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
      const unknown = listOf(text).find((item) => key.values?.includes(item) === false)
      return unknown === undefined
        ? undefined
        : `"${unknown}" is not one of ${key.values?.join(', ')}`
    }
    case 'string':
      return key.values === undefined || key.values.includes(text)
        ? undefined
        : `one of ${key.values.join(', ')} is expected`
    case 'password':
    case 'class':
      return undefined
  }
}

function numberProblem(key: ConfigKey, text: string): string | undefined {
  const value = Number(text)
  const bound = INTEGER_BOUND[key.type]
  if (text.trim() === '' || !Number.isFinite(value)) return `a number (${key.type}) is expected`
  if (bound !== undefined && (!Number.isInteger(value) || value < -bound || value > bound)) {
    return `a whole number (${key.type}) is expected`
  }
  // -1 stands for "default" or "none" in keys that allow it beside their range.
  if (key.name === 'compression.gzip.level' && value === -1) return undefined
  if (key.min !== undefined && value < key.min) return `at least ${key.min} is expected`
  if (key.max !== undefined && value > key.max) return `at most ${key.max} is expected`
  return undefined
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
