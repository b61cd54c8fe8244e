/**
 * Names of the files of a log directory, as Kafka gives them: twenty digits of the base offset, then
 * what it is.
 */
export const LOG_SUFFIX = '.log'
export const OFFSET_INDEX_SUFFIX = '.index'
export const TIME_INDEX_SUFFIX = '.timeindex'
export const TRANSACTION_INDEX_SUFFIX = '.txnindex'
export const SNAPSHOT_SUFFIX = '.snapshot'
/** To be unlinked once nobody can read it any more. */
export const DELETED_SUFFIX = '.deleted'
/** Written by compaction, not in use yet. */
export const CLEANED_SUFFIX = '.cleaned'
/** Written by compaction, about to take the place of what it was made from. */
export const SWAP_SUFFIX = '.swap'

export const SEGMENT_SUFFIXES = [
  LOG_SUFFIX,
  OFFSET_INDEX_SUFFIX,
  TIME_INDEX_SUFFIX,
  TRANSACTION_INDEX_SUFFIX,
] as const

const OFFSET_DIGITS = 20

export function fileName(offset: number, suffix: string): string {
  return String(offset).padStart(OFFSET_DIGITS, '0') + suffix
}

/** The offset in a name that ends in `suffix`; undefined for every other name. */
export function offsetOfFile(name: string, suffix: string): number | undefined {
  if (name.length !== OFFSET_DIGITS + suffix.length || !name.endsWith(suffix)) return undefined
  const digits = name.slice(0, OFFSET_DIGITS)
  if (!/^\d+$/.test(digits)) return undefined
  const offset = Number(digits)
  return Number.isSafeInteger(offset) ? offset : undefined
}
