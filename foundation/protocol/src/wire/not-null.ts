import { MalformedError, type ByteReader } from '@ottla/base'

/** For fields whose versions do not allow null. */
export function notNull<T>(reader: ByteReader, value: T | null, fieldName: string): T {
  if (value !== null) return value
  throw new MalformedError(`Cannot read ${fieldName}: null is not allowed`, reader.position)
}
