/**
 * Structured logs: one JSON object a line, quiet by default. Fields are named, never pasted into the
 * text, so that a value from a client can not forge a line.
 */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

const ORDER: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
}

export interface JsonLoggerOptions {
  readonly level: LogLevel
  readonly writeLine: (line: string) => void
  readonly wallMs: () => number
}

export function jsonLogger({ level, writeLine, wallMs }: JsonLoggerOptions): Logger {
  const at =
    (own: LogLevel) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      if (ORDER[own] < ORDER[level]) return
      const time = new Date(wallMs()).toISOString()
      writeLine(toLine({ time, level: own, message, ...fields }))
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** A log call stands where something already went wrong: it never throws. */
function toLine(entry: Record<string, unknown>): string {
  try {
    return JSON.stringify(entry, describeValue)
  } catch (error) {
    const { time, level, message } = entry
    return JSON.stringify({ time, level, message, unloggable: String(error) })
  }
}

/** An Error has no own enumerable fields, so JSON would show it as `{}`. */
function describeValue(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (!(value instanceof Error)) return value
  const { name, message, stack, cause } = value
  return { name, message, code: (value as NodeJS.ErrnoException).code, stack, cause }
}
