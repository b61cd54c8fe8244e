/**
 * Progress of long work, on stderr: one line that rewrites itself on a terminal, else a line every five
 * seconds, so that a log of CI stays short.
 */
import type { Terminal } from '../terminal/terminal.ts'

const TERMINAL_PERIOD_MS = 250
const LOG_PERIOD_MS = 5000
const CLEAR_LINE = '\r\x1b[2K'

export class Progress {
  readonly #terminal: Terminal
  readonly #timer: { cancel: () => void }
  readonly #render: () => string
  #isShown = false

  constructor(terminal: Terminal, render: () => string) {
    this.#terminal = terminal
    this.#render = render
    const periodMs = terminal.stderr.isTty ? TERMINAL_PERIOD_MS : LOG_PERIOD_MS
    this.#timer = terminal.every(periodMs, () => {
      this.#show()
    })
  }

  #show(): void {
    const { stderr } = this.#terminal
    const text = this.#render()
    this.#isShown = true
    // Progress that cannot be shown is not worth waiting for.
    stderr
      .write(stderr.isTty ? CLEAR_LINE + text.slice(0, stderr.columns - 1) : `${text}\n`)
      ?.catch(() => undefined)
  }

  /** Leaves the terminal clean for the result. */
  stop(): void {
    this.#timer.cancel()
    const { stderr } = this.#terminal
    if (this.#isShown && stderr.isTty) stderr.write(CLEAR_LINE)?.catch(() => undefined)
  }
}
