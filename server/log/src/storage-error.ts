/**
 * An operation on the disk that did not succeed, or a log that must not be used because of one.
 *
 * `code` is the system's (ENOSPC, EIO, ...) where there is one; the text says what happened, where, and
 * what to do.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: string | undefined

  constructor(message: string, options: { cause?: unknown; code?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code ?? systemCodeOf(options.cause)
  }
}

const FULL_DISK_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
/** EDQUOT of Linux and of macOS: libuv has no name for it and reports UNKNOWN. */
const QUOTA_ERRNOS: ReadonlySet<unknown> = new Set([-122, -69])

/** The system's error code, when the error carries one. */
export function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  if (error.code === 'UNKNOWN' && 'errno' in error && QUOTA_ERRNOS.has(error.errno)) return 'EDQUOT'
  return typeof error.code === 'string' ? error.code : undefined
}

/** No room on the device, for this user, or in this file: freeing some space mends it. */
export function isFullDisk(error: unknown): boolean {
  return FULL_DISK_CODES.has(systemCodeOf(error) ?? '')
}

/** The disk said no, as opposed to a bug of ours (Node's own errors have codes like ERR_…). */
export function isDiskError(error: unknown): boolean {
  if (error instanceof StorageError) return true
  return /^(?:E[A-Z0-9]+|UNKNOWN)$/.test(systemCodeOf(error) ?? '')
}

/** The reason and what to do about it: `advice`, unless the disk is just full. */
export function reasonAndAdvice(error: unknown, advice: string): string {
  return isFullDisk(error) ? 'the disk is full; free some space' : `${reasonOf(error)}; ${advice}`
}

/** Describes an unknown error in one line, for messages that carry it as their cause as well. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
