/** A program that runs until it is told to stop, heard line by line. Killed at exit if it is left. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { createInterface } from 'node:readline'

export class LineProcess {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #ended: Promise<void>
  #isRunning = true
  #lastWords = ''

  constructor(
    child: ChildProcessWithoutNullStreams,
    hear: (line: string, from: 'stdout' | 'stderr') => void,
  ) {
    this.#child = child
    createInterface({ input: child.stdout }).on('line', (line) => hear(line, 'stdout'))
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.#lastWords = `${this.#lastWords}${line}\n`.slice(-1_500)
      hear(line, 'stderr')
    })
    child.stdin.on('error', () => {})
    const killAtExit = (): void => void child.kill('SIGKILL')
    process.once('exit', killAtExit)
    this.#ended = new Promise((resolve) => {
      const end = (): void => {
        this.#isRunning = false
        process.off('exit', killAtExit)
        resolve()
      }
      child.on('error', (error) => {
        this.#lastWords = error.message
        end()
      })
      child.on('close', end)
    })
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  /** The end of what it wrote to stderr. */
  get lastWords(): string {
    return this.#lastWords
  }

  async end(signal: 'SIGTERM' | 'SIGKILL', patienceMs = 20_000): Promise<void> {
    this.#child.kill(signal)
    const impatience = setTimeout(() => this.#child.kill('SIGKILL'), patienceMs)
    await this.#ended
    clearTimeout(impatience)
  }
}

export function startProgram(
  command: readonly string[],
  hear: (line: string, from: 'stdout' | 'stderr') => void,
): LineProcess {
  const [program = '', ...args] = command
  return new LineProcess(spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] }), hear)
}
