/**
 * An operation on the disk that did not succeed, or a log that must not be used because of one.
 *
 * `code` is the system's (ENOSPC, EIO, ...) where there is one. There are two texts: `message` says what
 * happened, where, and what to do, for the operator; `publicMessage` says the same to a client, without
 * the paths of this machine. Whoever makes an error and writes no public text gets one that tells nothing.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: string | undefined
  readonly publicMessage: string

  constructor(message: string, options: StorageErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = options.code ?? systemCodeOf(options.cause)
    this.publicMessage = options.publicMessage ?? publicTextOf(this)
  }
}

export interface StorageErrorOptions {
  readonly cause?: unknown
  readonly code?: string
  readonly publicMessage?: string
}

const FULL_DISK_TEXT = 'the disk is full; free some space'
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
  return isFullDisk(error) ? FULL_DISK_TEXT : `${reasonOf(error)}; ${advice}`
}

function publicReasonAndAdvice(error: unknown, advice: string): string {
  return isFullDisk(error) ? FULL_DISK_TEXT : `${publicReasonOf(error)}; ${advice}`
}

/** Describes an unknown error in one line, for messages that carry it as their cause as well. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The same without the path that the system puts into its text. */
export function publicReasonOf(error: unknown): string {
  if (error instanceof StorageError) return error.publicMessage
  return systemCodeOf(error) ?? 'an unexpected error'
}

export interface FailedStep {
  readonly cause: unknown
  /** What to do about it, unless the disk is just full. */
  readonly advice: string
}

/** `verb` is what could not be done to the log: open, roll, append to. */
export function logFailure(
  verb: string,
  path: string,
  { cause, advice }: FailedStep,
): StorageError {
  return new StorageError(`Cannot ${verb} log "${path}": ${reasonAndAdvice(cause, advice)}`, {
    cause,
    publicMessage: `Cannot ${verb} the log: ${publicReasonAndAdvice(cause, advice)}`,
  })
}

function publicTextOf(error: StorageError): string {
  if (isFullDisk(error)) return 'The disk is full; free some space'
  const code = error.code === undefined ? '' : ` (${error.code})`
  return `The storage of the broker failed${code}; its log says more`
}

/** Codes for content that the disk holds and does not give; UNKNOWN is a code without a name in libuv. */
const LOST_CONTENT_CODES: ReadonlySet<string> = new Set(['EIO', 'ENODATA', 'EREMOTEIO', 'UNKNOWN'])

/**
 * A file, or a part of one, that will not be read again, as opposed to a process that has too many files
 * open or lacks a permission: what can be made again should be.
 */
export function isLostContent(error: unknown): boolean {
  return LOST_CONTENT_CODES.has(systemCodeOf(error) ?? '')
}
