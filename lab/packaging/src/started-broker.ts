/** A command that starts a broker, in a process group of its own, until it says where it listens. */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Project } from './project.ts'

/** In the words of `dev --json`, of `broker start --json` and of the broker for people. */
const LISTENING = /"brokers":"([^"]+)"|PLAINTEXT:\/\/([^"\s,]+)/
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 10_000

export class StartedBroker implements AsyncDisposable {
  readonly brokers: string
  readonly #child: ChildProcess

  private constructor(brokers: string, child: ChildProcess) {
    this.brokers = brokers
    this.#child = child
  }

  static async start(
    project: Project,
    command: string,
    args: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<StartedBroker> {
    // npx starts a shell that starts Node; only the group reaches them all.
    const child = spawn(command, args, {
      cwd: project.directory,
      env: { ...project.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    try {
      return new StartedBroker(await listening(child), child)
    } catch (error) {
      signalGroup(child, 'SIGKILL')
      throw error
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#child.on('close', () => {
        resolve()
      })
    })
    const timer = setTimeout(() => {
      signalGroup(this.#child, 'SIGKILL')
    }, STOP_TIMEOUT_MS)
    signalGroup(this.#child, 'SIGTERM')
    await closed
    clearTimeout(timer)
  }
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string): void => {
      reject(new Error(`The broker ${why}:\n${said}`))
    }
    const timer = setTimeout(() => {
      fail('does not say where it listens')
    }, START_TIMEOUT_MS)
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const [, dev, broker] = LISTENING.exec(said) ?? []
      const brokers = dev ?? broker
      if (brokers !== undefined) resolve(brokers)
    })
    child.on('error', reject)
    child.on('close', () => {
      clearTimeout(timer)
      fail('ended')
    })
  })
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone already.
  }
}
