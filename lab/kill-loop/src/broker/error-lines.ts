/**
 * Picks the errors out of what a broker writes on standard error, one JSON object a line; what is no JSON
 * comes from the runtime and is handed on as it is. "Warning: " begins what is said of the configuration.
 */
export interface LoggedError {
  readonly name: string
  readonly message: string
  readonly stack?: string
}

export interface ErrorLine {
  readonly message: string
  readonly api?: string
  readonly error?: LoggedError
}

export interface ErrorLinesOptions {
  readonly onError: (line: ErrorLine) => void
  readonly onOther: (line: string) => void
}

export class ErrorLines {
  readonly #options: ErrorLinesOptions
  #rest = ''

  constructor(options: ErrorLinesOptions) {
    this.#options = options
  }

  onWords(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#onLine(line)
  }

  #onLine(line: string): void {
    let entry: ErrorLine & { readonly level?: string }
    try {
      entry = JSON.parse(line) as ErrorLine & { readonly level?: string }
    } catch {
      if (line !== '' && !line.startsWith('Warning: ')) this.#options.onOther(line)
      return
    }
    if (entry.level === 'error') this.#options.onError(entry)
  }

  /** A line that a kill has cut off is not one. */
  restart(): void {
    this.#rest = ''
  }
}
