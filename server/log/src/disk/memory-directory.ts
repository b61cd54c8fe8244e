/**
 * The entries of one directory of the MemoryDisk: as the kernel shows them, and as the device has them.
 *
 * Until the directory is synced, a crash may keep any first part of the changes made to it. What
 * belongs together (a rename inside the directory) is kept or lost as one.
 */
import type { Random } from '@ottla/base'
import type { MemoryFile } from './memory-file.ts'

export type MemoryNode = MemoryFile | MemoryDirectory
type EntryChange = ReadonlyArray<readonly [name: string, node: MemoryNode | undefined]>

export class MemoryDirectory {
  readonly entries = new Map<string, MemoryNode>()
  readonly #durable = new Map<string, MemoryNode>()
  #changes: EntryChange[] = []
  readonly #isVolatile: boolean

  /** A volatile one keeps no changes, and with them no files that were deleted. */
  constructor(isVolatile = false) {
    this.#isVolatile = isVolatile
  }

  apply(change: EntryChange): void {
    applyTo(this.entries, change)
    if (!this.#isVolatile) this.#changes.push(change)
  }

  get changeCount(): number {
    return this.#changes.length
  }

  sync(count: number): void {
    for (const change of this.#changes.splice(0, count)) applyTo(this.#durable, change)
  }

  afterPowerLoss(random: Random, nowMs: number): MemoryDirectory {
    const survivor = new MemoryDirectory()
    const kept = new Map(this.#durable)
    const keptCount = Math.floor(random.fraction() * (this.#changes.length + 1))
    for (const change of this.#changes.slice(0, keptCount)) applyTo(kept, change)
    for (const [name, node] of kept) {
      const left = node.afterPowerLoss(random, nowMs)
      survivor.entries.set(name, left)
      survivor.#durable.set(name, left)
    }
    return survivor
  }
}

function applyTo(entries: Map<string, MemoryNode>, change: EntryChange): void {
  for (const [name, node] of change) {
    if (node === undefined) entries.delete(name)
    else entries.set(name, node)
  }
}
