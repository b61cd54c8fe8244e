/** A terminal whose streams are kept, for tests that run a command in their own process. */
import { runCli } from '../run-cli.ts'
import { Interrupted, ReaderGone, type Output, type Terminal } from '../terminal/terminal.ts'

export interface CapturedOptions {
  readonly stdin?: string | Uint8Array | AsyncIterable<Uint8Array>
  readonly env?: Readonly<Record<string, string>>
  readonly isTty?: boolean
  readonly nowMs?: number
  /** Called with every write to stdout, with all that was written so far. */
  readonly onStdout?: (text: string, terminal: CapturedTerminal) => void
  /** The same of stderr. */
  readonly onStderr?: (text: string, terminal: CapturedTerminal) => void
}

export class CapturedTerminal implements Terminal {
  readonly stdin: Terminal['stdin']
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  readonly wallMs: () => number
  readonly monotonicMs = (): number => performance.now()
  readonly #stopping = new AbortController()
  readonly #out: Buffer[] = []
  readonly #err: Buffer[] = []

  constructor(options: CapturedOptions = {}) {
    const { stdin = '', env = {}, isTty = false, nowMs, onStdout, onStderr } = options
    this.env = env
    this.signal = this.#stopping.signal
    this.wallMs = () => nowMs ?? Date.now()
    this.stdin = {
      isTty,
      async *[Symbol.asyncIterator]() {
        if (typeof stdin === 'string' || stdin instanceof Uint8Array) yield Buffer.from(stdin)
        else yield* stdin
      },
    }
    this.stdout = captured(this.#out, isTty, () => onStdout?.(this.out, this))
    this.stderr = captured(this.#err, isTty, () => onStderr?.(this.err, this))
  }

  get out(): string {
    return Buffer.concat(this.#out).toString('utf8')
  }

  get outBytes(): Buffer {
    return Buffer.concat(this.#out)
  }

  get err(): string {
    return Buffer.concat(this.#err).toString('utf8')
  }

  every(periodMs: number, run: () => void): { cancel: () => void } {
    const timer = setInterval(run, periodMs)
    return {
      cancel: () => {
        clearInterval(timer)
      },
    }
  }

  interrupt(): void {
    this.#stopping.abort(new Interrupted('Interrupted'))
  }

  closeReader(): void {
    this.#stopping.abort(new ReaderGone('The reader is gone'))
  }
}

function captured(into: Buffer[], isTty: boolean, onWrite?: () => void): Output {
  return {
    isTty,
    columns: 120,
    write(chunk) {
      into.push(Buffer.from(chunk))
      onWrite?.()
      return undefined
    },
  }
}

export interface Ran {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

export async function run(
  line: string | readonly string[],
  options: CapturedOptions = {},
): Promise<Ran> {
  const terminal = new CapturedTerminal(options)
  const words = typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line
  const exitCode = await runCli(words, terminal)
  return { exitCode, out: terminal.out, err: terminal.err }
}
