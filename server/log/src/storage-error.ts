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

/** The system's error code, when the error carries one. */
export function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** Describes an unknown error in one line, for messages that carry it as their cause as well. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
