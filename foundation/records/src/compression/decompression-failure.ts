/**
 * How a codec says that the bytes are bad.
 *
 * Of what `node:zlib` throws, only codes that speak of the input become a MalformedError; out of
 * memory or a wrong parameter is our own trouble and is given back as it is.
 */
import { MalformedError } from '@ottla/base'

const ZLIB_INPUT_CODES = new Set(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'Z_NEED_DICT'])

export function contentTooLarge(codecName: string, maxBytes: number): MalformedError {
  return new MalformedError(
    `Cannot decompress ${codecName}: the content is larger than the limit of ${maxBytes} bytes`,
    0,
  )
}

export function contentMalformed(
  codecName: string,
  what: string,
  where: { position?: number; cause?: unknown } = {},
): MalformedError {
  const error = new MalformedError(`Cannot decompress ${codecName}: ${what}`, where.position ?? 0)
  if (where.cause !== undefined) error.cause = where.cause
  return error
}

export function zlibFailure(error: unknown, codecName: string, maxBytes: number): unknown {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return error
  if (code === 'ERR_BUFFER_TOO_LARGE') return contentTooLarge(codecName, maxBytes)
  const isInput =
    ZLIB_INPUT_CODES.has(code) ||
    (code.startsWith('ZSTD_error_') && code !== 'ZSTD_error_memory_allocation')
  return isInput ? contentMalformed(codecName, code, { cause: error }) : error
}
