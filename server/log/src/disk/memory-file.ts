/**
 * The bytes of one file of the MemoryDisk: what the page cache holds, and what the device holds.
 *
 * Everything written since the last sync is kept as a list of changes, so that a crash can keep any
 * subset of their pages, as a kernel that writes back in its own order does.
 */
import type { Random } from '@ottla/base'

const PAGE_BYTES = 4096

interface Change {
  /** Undefined for a truncation to `position`. */
  readonly bytes: Buffer | undefined
  readonly position: number
}

class GrowingBytes {
  #bytes = Buffer.alloc(0)
  length = 0

  write(bytes: Buffer, position: number): void {
    const end = position + bytes.length
    if (end > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(end, this.#bytes.length * 2, 256))
      this.#bytes.copy(grown, 0, 0, this.length)
      this.#bytes = grown
    }
    bytes.copy(this.#bytes, position)
    this.length = Math.max(this.length, end)
  }

  truncate(sizeBytes: number): void {
    if (sizeBytes > this.length) {
      if (sizeBytes > this.#bytes.length) this.write(Buffer.alloc(1), sizeBytes - 1)
    } else {
      this.#bytes.fill(0, sizeBytes, this.length)
    }
    this.length = sizeBytes
  }

  view(): Buffer {
    return this.#bytes.subarray(0, this.length)
  }
}

export class MemoryFile {
  readonly #cached = new GrowingBytes()
  readonly #durable = new GrowingBytes()
  #changes: Change[] = []
  readonly #isVolatile: boolean
  modifiedMs: number

  /** A volatile one keeps no changes: it has nothing to lose but all. */
  constructor(nowMs: number, isVolatile = false) {
    this.modifiedMs = nowMs
    this.#isVolatile = isVolatile
  }

  get sizeInBytes(): number {
    return this.#cached.length
  }

  get isSynced(): boolean {
    return this.#changes.length === 0
  }

  get changeCount(): number {
    return this.#changes.length
  }

  write(bytes: Buffer, position: number): void {
    this.#cached.write(bytes, position)
    if (!this.#isVolatile) this.#changes.push({ bytes: Buffer.from(bytes), position })
  }

  read(target: Buffer, position: number): number {
    return this.#cached.view().copy(target, 0, Math.min(position, this.#cached.length))
  }

  truncate(sizeBytes: number): void {
    this.#cached.truncate(sizeBytes)
    if (!this.#isVolatile) this.#changes.push({ bytes: undefined, position: sizeBytes })
  }

  /** The first `count` changes reach the device: those made before the sync began. */
  sync(count: number): void {
    for (const change of this.#changes.splice(0, count)) applyTo(this.#durable, change)
  }

  /** Changes can not reach the device any more, though the cache shows them: a failed fsync. */
  dropChanges(count: number): void {
    this.#changes.splice(0, count)
  }

  /** What is left of the file when the machine dies: each page written since the sync may be lost. */
  afterPowerLoss(random: Random, nowMs: number): MemoryFile {
    const survivor = new MemoryFile(nowMs)
    survivor.#durable.write(this.#durable.view(), 0)
    for (const change of this.#changes) applyPagesTo(survivor.#durable, change, random)
    survivor.#cached.write(survivor.#durable.view(), 0)
    return survivor
  }
}

function applyTo(bytes: GrowingBytes, change: Change): void {
  if (change.bytes === undefined) bytes.truncate(change.position)
  else bytes.write(change.bytes, change.position)
}

function applyPagesTo(bytes: GrowingBytes, change: Change, random: Random): void {
  if (change.bytes === undefined) {
    if (random.fraction() < 0.5) bytes.truncate(Math.min(change.position, bytes.length))
    return
  }
  let position = change.position
  while (position < change.position + change.bytes.length) {
    const pageEnd = position - (position % PAGE_BYTES) + PAGE_BYTES
    const end = Math.min(pageEnd, change.position + change.bytes.length)
    if (random.fraction() < 0.5) {
      const from = position - change.position
      bytes.write(change.bytes.subarray(from, end - change.position), position)
    }
    position = end
  }
}
