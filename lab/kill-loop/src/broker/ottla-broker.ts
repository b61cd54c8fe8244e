/**
 * Ottla from this repository as a child process: it says on one line of JSON when it is ready.
 *
 * A child does not outlive this process: what is left is killed at exit.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { BrokerEnd, BrokerLife, BrokerUnderTest } from './broker-life.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..', '..')
const MAIN = join(ROOT, 'server', 'broker', 'src', 'main.mjs')
const WORDS_KEPT_CHARS = 20_000

export interface OttlaBrokerOptions {
  readonly port: number
  /** log.dirs */
  readonly directory: string
  /** server.properties beside listeners and log.dirs. */
  readonly properties: Readonly<Record<string, string | number>>
  /** What it says on standard error, as it comes. */
  readonly onWords?: (text: string) => void
}

export function ottlaBroker(options: OttlaBrokerOptions): BrokerUnderTest {
  const { port, directory, properties, onWords } = options
  const settings = {
    listeners: `PLAINTEXT://127.0.0.1:${port}`,
    'log.dirs': directory,
    ...properties,
  }
  const args = [
    MAIN,
    '--json',
    ...Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
  ]
  return { name: 'ottla', port, directory, start: () => new OttlaLife(args, onWords) }
}

class OttlaLife implements BrokerLife {
  readonly #child: ChildProcess
  readonly ready: Promise<number>
  readonly ended: Promise<BrokerEnd>
  #lastWords = ''

  constructor(args: readonly string[], onWords: ((text: string) => void) | undefined) {
    const startedMs = performance.now()
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    const killAtExit = (): void => void child.kill('SIGKILL')
    process.once('exit', killAtExit)
    child.stderr.on('data', (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk.toString()).slice(-WORDS_KEPT_CHARS)
      onWords?.(chunk.toString())
    })
    this.ended = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null): void => {
        process.off('exit', killAtExit)
        resolve({ code, signal })
      }
      child.on('error', (error) => {
        this.#lastWords += error.message
        end(null, null)
      })
      child.on('close', end)
    })
    this.ready = new Promise((resolve, reject) => {
      let line = ''
      child.stdout.on('data', (chunk: Buffer) => {
        line += chunk.toString()
        if (line.includes('\n')) resolve(performance.now() - startedMs)
      })
      void this.ended.then(() => reject(new Error('The broker ended before it was ready')))
    })
    // A life that is cut off during its start has nobody who waits for readiness.
    this.ready.catch(() => {})
  }

  get pid(): number {
    return this.#child.pid ?? -1
  }

  get lastWords(): string {
    return this.#lastWords
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  terminate(): void {
    this.#child.kill('SIGTERM')
  }
}
