/** A member of a group in a process of its own, ours or Java's: what it owns, what it has read, its end. */
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const PROGRAM = join(import.meta.dirname, 'join.ts')
const POLL_MS = 50
const SETTLE_TIMEOUT_MS = 60_000

export class MemberProcess {
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  /** Partitions, as the member itself was told. */
  readonly owned = new Set<number>()
  /** `partition/offset` of everything that it has read, with how often. */
  readonly read = new Map<string, number>()
  #complaints = ''

  constructor(child: ChildProcess) {
    this.#child = child
    const killAtExit = (): void => {
      child.kill('SIGKILL')
    }
    process.once('exit', killAtExit)
    this.#ended = new Promise((resolve) => {
      child.on('close', () => {
        process.off('exit', killAtExit)
        resolve()
      })
    })
    if (child.stdout === null) throw new Error('The member was started without a pipe')
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#hear(line)
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#complaints = (this.#complaints + chunk.toString()).slice(-4000)
    })
  }

  #hear(line: string): void {
    if (!line.startsWith('= ')) return
    const [what, first = '', second = ''] = line.slice(2).split('\t')
    if (what === 'record') {
      const at = `${first}/${second}`
      this.read.set(at, (this.read.get(at) ?? 0) + 1)
      return
    }
    for (const partition of first.split(',').filter((text) => text !== '')) {
      if (what === 'assigned') this.owned.add(Number(partition))
      else this.owned.delete(Number(partition))
    }
  }

  get complaints(): string {
    return this.#complaints
  }

  /** SIGKILL: the group hears nothing of it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }
}

/** By our own client. */
export function joinByOttla(
  brokers: string,
  topic: string,
  group: string,
  protocol: string,
): ChildProcess {
  return spawn(process.execPath, [PROGRAM, brokers, topic, group, protocol], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Polls, since no single event says that a group has settled. */
export async function until(what: () => string | undefined): Promise<void> {
  const endMs = performance.now() + SETTLE_TIMEOUT_MS
  for (;;) {
    const missing = what()
    if (missing === undefined) return
    if (performance.now() > endMs) throw new Error(missing)
    await new Promise((resolve) => {
      setTimeout(resolve, POLL_MS)
    })
  }
}

/** Every partition has one owner, and every member has something. */
export function untilSettled(members: readonly MemberProcess[], count: number): Promise<void> {
  return until(() => {
    const owned = members.flatMap((member) => [...member.owned])
    const isWhole = owned.length === count && new Set(owned).size === count
    if (isWhole && members.every((member) => member.owned.size > 0)) return undefined
    const parts = members.map((member) => `[${[...member.owned].join(' ')}] ${member.complaints}`)
    return `The group has not settled: ${parts.join(', ')}`
  })
}
