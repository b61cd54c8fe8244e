/** Watches the members of one group, and waits until their assignment and their reading are complete. */
import type { Member } from '../clients/client.ts'

const TIMEOUT_MS = 45_000

export class GroupWatch {
  readonly #partitions: number
  readonly #members = new Set<Member>()
  /** Members that ended have read too. */
  readonly #all: Member[] = []
  readonly #expected = new Set<string>()
  #waiting: (() => void) | undefined

  constructor(partitions: number) {
    this.#partitions = partitions
  }

  add(member: Member): void {
    this.#members.add(member)
    this.#all.push(member)
  }

  expect(values: readonly string[]): void {
    for (const value of values) this.#expected.add(value)
  }

  /** Called after everything that a member says. */
  look(): void {
    this.#waiting?.()
  }

  async end(member: Member, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await member.end(signal)
    this.#members.delete(member)
  }

  async endAll(): Promise<void> {
    await Promise.all([...this.#members].map((member) => member.end('SIGKILL')))
    this.#members.clear()
  }

  /** Every partition is held once, and nobody is idle. */
  untilAssigned(when: string): Promise<void> {
    return this.#until(
      () => {
        const held = [...this.#members].map(({ assigned }) => assigned)
        const distinct = new Set(held.flat())
        const isComplete = distinct.size === this.#partitions
        const isOnce = held.flat().length === this.#partitions
        return isComplete && isOnce && held.every(({ length }) => length > 0)
      },
      () =>
        `${when}: the members hold ${[...this.#members].map(({ assigned }) => `[${assigned.toSorted((a, b) => a - b).join(' ')}]`).join(' ')}`,
    )
  }

  untilAllRead(when: string): Promise<void> {
    const missing = (): readonly string[] => {
      const read = new Set(this.#all.flatMap(({ values }) => values))
      return [...this.#expected].filter((value) => !read.has(value))
    }
    return this.#until(
      () => missing().length === 0,
      () =>
        `${when}: ${missing().length} records were not read: ${missing().slice(0, 5).join(' ')}`,
    )
  }

  async #until(isSo: () => boolean, describe: () => string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(impatience)
        this.#waiting = undefined
        finish()
      }
      const impatience = setTimeout(
        () => settle(() => reject(this.#failure(describe()))),
        TIMEOUT_MS,
      )
      this.#waiting = () => {
        if (isSo()) settle(resolve)
      }
      this.look()
    })
  }

  #failure(what: string): Error {
    const dead = [...this.#members].filter(({ isRunning }) => !isRunning)
    const words = dead.map(({ lastWords }) => ` (a member ended: ${lastWords.trim()})`)
    return new Error(`${what} after ${TIMEOUT_MS / 1000} s${words.join('')}`)
  }
}
