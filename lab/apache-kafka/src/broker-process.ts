/**
 * A broker as a child process, whoever wrote it: its start, its last words and its end.
 *
 * A child outlives neither end() nor this process: what is left is killed at exit. Its output is
 * read all the time, since a full pipe would stop the broker, and only the last part is kept.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { waitUntilAnswering } from './wait-until-answering.ts'

export interface BrokerProcessOptions {
  /** For people: `Apache Kafka`. */
  readonly name: string
  /** The program and its arguments. */
  readonly command: readonly string[]
  readonly directory: string
  readonly onOutput?: (text: string) => void
}

const OUTPUT_KEPT_CHARS = 20_000
const END_TIMEOUT_MS = 60_000

export class BrokerProcess {
  readonly #name: string
  readonly #child: ChildProcess
  readonly #begin = performance.now()
  readonly #ended: Promise<void>
  #output = ''
  #failure: string | undefined

  constructor(options: BrokerProcessOptions) {
    this.#name = options.name
    const [program = '', ...args] = options.command
    const child = spawn(program, args, {
      cwd: options.directory,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const hear = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-OUTPUT_KEPT_CHARS)
      options.onOutput?.(chunk.toString())
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    const killAtExit = (): void => void child.kill('SIGKILL')
    process.once('exit', killAtExit)
    this.#ended = new Promise((resolve) => {
      const end = (failure: string): void => {
        this.#failure = failure
        process.off('exit', killAtExit)
        resolve()
      }
      child.on('error', (error) => end(`${this.#name} could not be run: ${error.message}`))
      child.on('close', (code, signal) => end(`${this.#name} ended with ${signal ?? code}`))
    })
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  /** Resolves with the milliseconds from the start of the process to its first answer. */
  async untilAnswering(port: number, timeoutMs: number): Promise<number> {
    try {
      await waitUntilAnswering(port, { timeoutMs, whyNot: () => this.#failure })
      // The port may have been answered by a stranger while our own child failed to bind it.
      if (this.#failure !== undefined) throw new Error(this.#failure)
    } catch (error) {
      await this.end('SIGKILL')
      throw new Error(`Cannot start ${this.#name} on port ${port}\n${this.#output}`, {
        cause: error,
      })
    }
    return performance.now() - this.#begin
  }

  signal(signal: 'SIGCONT' | 'SIGSTOP'): void {
    this.#child.kill(signal)
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.#child.kill(signal)
    const impatience = setTimeout(() => this.#child.kill('SIGKILL'), END_TIMEOUT_MS)
    await this.#ended
    clearTimeout(impatience)
  }
}
