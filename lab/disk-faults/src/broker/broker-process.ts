/**
 * The broker of this repository as a child process, told apart from every other by its pid.
 *
 * A child does not outlive this process: what is left is killed at exit.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..', '..', '..')
const MAIN = join(ROOT, 'server', 'broker', 'src', 'main.mjs')
/** A start takes a third of a second; more than this is a hang. */
const READY_MS_MAX = 20_000
const END_MS_MAX = 15_000

export interface BrokerOptions {
  readonly port: number
  /** log.dirs */
  readonly directory: string
  /** server.properties beside listeners and log.dirs. */
  readonly properties?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  /** In front of the program: a user to run it as, a limit to run it under. */
  readonly wrapper?: readonly string[]
  readonly moreArguments?: readonly string[]
}

export interface BrokerEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
  readonly errors: string
}

export class BrokerProcess {
  readonly port: number
  readonly ended: Promise<BrokerEnd>
  readonly #child: ChildProcess
  readonly #ready: Promise<undefined>
  #output = ''
  #errors = ''
  #isRunning = true

  constructor(options: BrokerOptions) {
    const [program, ...args] = commandOf(options)
    const child = spawn(program as string, args, {
      cwd: ROOT,
      env: { ...process.env, ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.port = options.port
    this.#child = child
    const killAtExit = (): void => void child.kill('SIGKILL')
    process.once('exit', killAtExit)
    child.stderr.on('data', (chunk: Buffer) => {
      this.#errors += chunk.toString()
    })
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => {
        process.off('exit', killAtExit)
        this.#isRunning = false
        resolve({ code, signal, output: this.#output, errors: this.#errors })
      })
    })
    this.#ready = new Promise<undefined>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        this.#output += chunk.toString()
        if (this.#output.includes('\n')) resolve(undefined)
      })
    })
  }

  static async start(options: BrokerOptions): Promise<BrokerProcess> {
    const broker = new BrokerProcess(options)
    const hasEnded = broker.ended.then(() => 'ended')
    const outcome = await Promise.race([
      broker.#ready.then(() => 'ready'),
      hasEnded,
      after(READY_MS_MAX),
    ])
    if (outcome === 'ready') return broker
    if (outcome !== 'ended') await broker.kill()
    throw new Error(`The broker did not start (${String(outcome)}): ${broker.errors}`)
  }

  /** What it has said on stderr so far: refusals and the log. */
  get errors(): string {
    return this.#errors
  }

  get isRunning(): boolean {
    return this.#isRunning
  }

  /** kill -9. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.ended
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** SIGTERM; one that does not stop is killed and reported. */
  async stop(): Promise<BrokerEnd> {
    this.#child.kill('SIGTERM')
    const end = await Promise.race([this.ended, after(END_MS_MAX)])
    if (end !== undefined) return end
    await this.kill()
    throw new Error(`The broker did not stop within ${END_MS_MAX} ms: ${this.errors}`)
  }

  /** Waits for the end of a broker that refuses to start. */
  async refusal(): Promise<BrokerEnd> {
    const outcome = await Promise.race([this.ended, this.#ready])
    if (outcome !== undefined) return outcome
    await this.kill()
    throw new Error('The broker started; it should have refused to')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isRunning) await this.kill()
  }
}

function commandOf(options: BrokerOptions): string[] {
  const { port, directory, properties = {}, wrapper = [], moreArguments = [] } = options
  const settings = {
    listeners: `PLAINTEXT://127.0.0.1:${port}`,
    'log.dirs': directory,
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '1',
    ...properties,
  }
  const sets = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`])
  return [...wrapper, process.execPath, MAIN, '--json', ...sets, ...moreArguments]
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, undefined).unref()
  })
}
