/** A logger that keeps what it is told, for tests of this package only. */
import { silentLogger, type Logger } from '@ottla/base'

export interface ListeningLogger {
  readonly logger: Logger
  readonly warnings: string[]
  readonly errors: string[]
}

export function listeningLogger(): ListeningLogger {
  const warnings: string[] = []
  const errors: string[] = []
  const noteIn =
    (lines: string[]) =>
    (message: string, fields: object = {}): void => {
      lines.push(`${message} ${JSON.stringify(fields, textOfErrors)}`)
    }
  const logger: Logger = { ...silentLogger, warn: noteIn(warnings), error: noteIn(errors) }
  return { logger, warnings, errors }
}

function textOfErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value
}
