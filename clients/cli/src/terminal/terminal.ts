/**
 * What a command sees of the terminal: streams, environment, and a signal that says "stop". Commands
 * touch no `process`; a test runs them on captured streams.
 */
export interface Output {
  /** Whether a person reads it. */
  readonly isTty: boolean
  readonly columns: number
  /** A promise only when the reader is slower than we are; awaiting it is the back-pressure. */
  write(chunk: string | Uint8Array): Promise<void> | undefined
}

export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTty: boolean
}

export interface Terminal {
  readonly stdin: Input
  /** Data only. */
  readonly stdout: Output
  /** Notes, progress, warnings, questions. */
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Aborts with an Interrupted (Ctrl-C, SIGTERM), a ReaderGone (EPIPE), or why stdout cannot be written. */
  readonly signal: AbortSignal
  readonly wallMs: () => number
  readonly monotonicMs: () => number
  readonly every: (periodMs: number, run: () => void) => { cancel: () => void }
}

/** The reason of `signal`: exit code 130. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** The reason of `signal`: `| head` has seen enough, which is no failure. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone'
}

/** A line for the person in front of it; never data. */
export function note(terminal: Pick<Terminal, 'stderr'>, text: string): void {
  terminal.stderr.write(`${text}\n`)?.catch(() => undefined)
}
