/** The refusal of a whole request: thrown by whoever finds it, answered at one boundary. */
import { errorName, isRetriable, type ErrorCode } from './error-code.ts'

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(`${errorName(code)}: ${message}`, options)
    this.code = code
  }

  get isRetriable(): boolean {
    return isRetriable(this.code)
  }
}
