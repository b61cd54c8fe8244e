/**
 * The terminal of the real process.
 *
 * Signals: the first asks the command to stop and lets it (a consumer commits and leaves its group), the
 * second leaves at once. Whoever reads our output may go away (`| head`): that ends the command quietly.
 */
import { isatty } from 'node:tty'
import { CommandFailure } from '../failure/command-failure.ts'
import { EXIT } from '../failure/exit-code.ts'
import { Interrupted, ReaderGone, type Input, type Output, type Terminal } from './terminal.ts'

const EXIT_INTERRUPTED = 130
const COLUMNS_DEFAULT = 80
/** npm passes a Ctrl-C on to us that the terminal has already sent: two signals that are one wish. */
const ONE_SIGNAL_MS = 500

export interface ProcessTerminal extends Terminal {
  /** Gives the process its signals back, for a command that deals with them itself. */
  release(): void
  /** Everything was given to the system, or could not be: a full disk is heard of late. */
  flushed(): Promise<void>
}

export function processTerminal(): ProcessTerminal {
  const stopping = new AbortController()
  const { signal } = stopping
  const release = abortOnSignals(stopping)
  const onFailure = (error: NodeJS.ErrnoException): void => {
    stopping.abort(isReaderGone(error) ? new ReaderGone('The reader is gone') : unwritable(error))
  }
  return {
    stdin: inputOf(process.stdin, isatty(0), signal),
    stdout: outputOf(process.stdout, isatty(1), onFailure),
    // When nobody can be told anything the command goes on; but not when nobody is there to be told.
    stderr: outputOf(process.stderr, isatty(2), (error) => {
      if (isReaderGone(error)) onFailure(error)
    }),
    env: process.env,
    signal,
    wallMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    every: (periodMs, run) => {
      const timer = setInterval(run, periodMs)
      return {
        cancel: () => {
          clearInterval(timer)
        },
      }
    },
    release,
    flushed: () =>
      new Promise((resolve) => {
        process.stdout.write('', () => {
          resolve()
        })
      }),
  }
}

function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE'
}

function unwritable(cause: NodeJS.ErrnoException): CommandFailure {
  return new CommandFailure(`Cannot write the output: ${cause.message}`, {
    exitCode: EXIT.failed,
    hint: 'what was written before is incomplete: make room, and run it again',
  })
}

function abortOnSignals(stopping: AbortController): () => void {
  let firstMs: number | undefined
  const onSignal = (): void => {
    const nowMs = performance.now()
    if (firstMs === undefined) {
      firstMs = nowMs
      stopping.abort(new Interrupted('Interrupted'))
    } else if (nowMs - firstMs > ONE_SIGNAL_MS) {
      process.exit(EXIT_INTERRUPTED)
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
}

/** Ends at the end of the input, or when the command is asked to stop. */
function inputOf(stream: NodeJS.ReadStream, isTty: boolean, signal: AbortSignal): Input {
  return {
    isTty,
    async *[Symbol.asyncIterator]() {
      const onAbort = (): void => {
        stream.destroy()
      }
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        for await (const chunk of stream) yield chunk as Uint8Array
      } catch (error) {
        if (!signal.aborted) throw error
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },
  }
}

function outputOf(
  stream: NodeJS.WriteStream,
  isTty: boolean,
  onFailure: (error: NodeJS.ErrnoException) => void,
): Output {
  stream.on('error', onFailure)
  return {
    isTty,
    get columns() {
      return stream.columns ?? COLUMNS_DEFAULT
    },
    write: (chunk) => (stream.write(chunk) ? undefined : drained(stream)),
  }
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done)
      stream.off('close', done)
      stream.off('error', done)
      resolve()
    }
    stream.once('drain', done)
    stream.once('close', done)
    stream.once('error', done)
  })
}
