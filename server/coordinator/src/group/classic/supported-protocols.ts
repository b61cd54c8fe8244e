/** How many members support each protocol, so that a join need not walk the whole group. */
import type { JoinProtocol } from './classic-group-member.ts'

export class SupportedProtocols {
  readonly #memberCounts = new Map<string, number>()

  add(protocols: readonly JoinProtocol[]): void {
    for (const { name } of protocols) {
      this.#memberCounts.set(name, (this.#memberCounts.get(name) ?? 0) + 1)
    }
  }

  remove(protocols: readonly JoinProtocol[]): void {
    for (const { name } of protocols) {
      const memberCount = (this.#memberCounts.get(name) ?? 0) - 1
      if (memberCount > 0) this.#memberCounts.set(name, memberCount)
      else this.#memberCounts.delete(name)
    }
  }

  /** True for a group without members, which supports everything. */
  isSupportedByAll(name: string, memberCount: number): boolean {
    return (this.#memberCounts.get(name) ?? 0) === memberCount
  }

  /** The names that all of `memberCount` members support. */
  commonTo(memberCount: number): ReadonlySet<string> {
    const names = new Set<string>()
    for (const [name, count] of this.#memberCounts) if (count === memberCount) names.add(name)
    return names
  }
}
