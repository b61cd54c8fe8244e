/** One program of examples/ while it runs: what it has printed, and waiting for more. */
import { spawn } from 'node:child_process'
import { LineProcess } from '../processes/line-process.ts'

const TIMEOUT_MS = 45_000
const WORDS = /^(?:sent|received): (Hello, Kafka! \d+)(?: \(partition (\d+), offset (\d+)\))?$/

export interface Heard {
  readonly message: string
  /** Undefined for what a producer sent. */
  readonly partition: number | undefined
}

export class RunningExample {
  readonly heard: Heard[] = []
  readonly #process: LineProcess
  #look = (): void => {}

  constructor(command: readonly string[], broker: string) {
    const [program = '', ...args] = command
    const env = { ...process.env, BROKER: broker }
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], env })
    this.#process = new LineProcess(child, (line) => {
      const [, message, partition] = WORDS.exec(line) ?? []
      if (message === undefined) return
      this.heard.push({
        message,
        partition: partition === undefined ? undefined : Number(partition),
      })
      this.#look()
    })
  }

  get messages(): readonly string[] {
    return this.heard.map(({ message }) => message)
  }

  /** Waits until what it has printed satisfies `isEnough`. */
  until(what: string, isEnough: (messages: readonly string[]) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const impatience = setTimeout(() => {
        const said = `it printed ${this.heard.length} messages; ${this.#process.lastWords}`
        reject(new Error(`${what} has not happened within ${TIMEOUT_MS} ms: ${said}`))
      }, TIMEOUT_MS)
      this.#look = () => {
        if (!isEnough(this.messages)) return
        clearTimeout(impatience)
        this.#look = () => {}
        resolve()
      }
      this.#look()
    })
  }

  untilCount(count: number): Promise<void> {
    return this.until(`printing ${count} messages`, ({ length }) => length >= count)
  }

  untilAllOf(other: RunningExample): Promise<void> {
    return this.until('printing everything that was sent', (messages) =>
      other.messages.every((message) => messages.includes(message)),
    )
  }

  /** As Ctrl-C does, but for programs without a terminal. */
  stop(): Promise<void> {
    return this.#process.end('SIGTERM')
  }
}
