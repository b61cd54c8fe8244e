/** Text as UTF-8. */
import type { Serde } from './serde.ts'

const STRING: Serde<string> = {
  serialize: (value) => Buffer.from(value, 'utf8'),
  deserialize: (bytes) => bytes.toString('utf8'),
}

/**
 * Text as UTF-8, as Java's StringSerializer writes it.
 *
 * ```ts
 * const Names = kafka.topic('names', { key: string(), value: string() })
 * ```
 */
export function string(): Serde<string> {
  return STRING
}
