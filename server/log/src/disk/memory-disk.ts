/**
 * A disk in memory that can die in every way a real one does: for tests and for simulation.
 *
 * - `crash('process')`: the page cache survives; open files, locks and callbacks are gone.
 * - `crash('power')`: of what was not synced, a random part of the pages and of the directory changes
 *   is left, and the boot id changes.
 * - `onOperation` is asked before every call and may answer with a fault: an error code, or a short
 *   write. It may also throw, to stop the program at exactly that call.
 * - `capacityBytes` makes it run full (ENOSPC).
 *
 * Callbacks run from the clock, so a test decides when a sync is done.
 */
import { seededRandom, type Clock, type Random } from '@ottla/base'
import type { Disk, DiskFile, DiskLock, DoneCallback, ReadCallback } from '../disk.ts'
import { StorageError, systemCodeOf } from '../storage-error.ts'
import { MemoryDirectory, type MemoryNode } from './memory-directory.ts'
import { MemoryFile } from './memory-file.ts'

export type DiskOperation =
  | 'open'
  | 'write'
  | 'read'
  | 'truncate'
  | 'sync'
  | 'syncDirectory'
  | 'makeDirectory'
  | 'removeDirectory'
  | 'rename'
  | 'unlink'

export interface Fault {
  readonly code?: string
  /** Only for writes: take this many bytes and report them. */
  readonly shortBytes?: number
}

export interface MemoryDiskOptions {
  readonly clock: Clock
  readonly random?: Random
  readonly capacityBytes?: number
  /**
   * Nothing survives `crash('power')`, synced or not, and nothing is remembered for it: half the memory,
   * for a broker that never syncs.
   */
  readonly isVolatile?: boolean
}

export class MemoryDisk implements Disk {
  readonly #clock: Clock
  readonly #random: Random
  readonly #isVolatile: boolean
  #root: MemoryDirectory
  readonly #locks = new Set<string>()
  #life = 0
  #boot = 0
  capacityBytes: number
  onOperation: ((operation: DiskOperation, path: string) => Fault | undefined) | undefined
  readonly operationCounts = new Map<DiskOperation, number>()

  constructor(options: MemoryDiskOptions) {
    this.#clock = options.clock
    this.#random = options.random ?? seededRandom(1)
    this.#isVolatile = options.isVolatile ?? false
    this.#root = new MemoryDirectory(this.#isVolatile)
    this.capacityBytes = options.capacityBytes ?? Number.MAX_SAFE_INTEGER
  }

  crash(kind: 'process' | 'power'): void {
    this.#life++
    this.#locks.clear()
    this.onOperation = undefined
    if (kind === 'process') return
    this.#boot++
    this.#root = this.#root.afterPowerLoss(this.#random, this.#clock.wallMs())
  }

  bootId(): string {
    return `boot-${this.#boot}`
  }

  open(path: string, options: { create?: boolean } = {}): DiskFile {
    this.#begin('open', path)
    const existing = this.#find(path)
    if (existing instanceof MemoryDirectory) throw diskError('EISDIR', path)
    if (existing !== undefined) return this.#handle(path, existing)
    if (options.create !== true) throw diskError('ENOENT', path)
    const file = new MemoryFile(this.#clock.wallMs(), this.#isVolatile)
    this.#parent(path).apply([[baseName(path), file]])
    return this.#handle(path, file)
  }

  #handle(path: string, file: MemoryFile): DiskFile {
    const life = this.#life
    let isOpen = true
    const check = (operation: DiskOperation): Fault | undefined => {
      // A program that was stopped by a crash must not reach the disk of the next life.
      if (!isOpen || life !== this.#life) throw diskError('EBADF', path)
      return this.#begin(operation, path)
    }
    return {
      path,
      sizeInBytes: () => file.sizeInBytes,
      write: (buffers, position) => this.#write(file, buffers, position, check('write')),
      read: (target, position) => {
        check('read')
        return file.read(target, position)
      },
      readLater: (target, position, callback) => {
        this.#later(life, callback, () => {
          check('read')
          return file.read(target, position)
        })
      },
      truncate: (sizeBytes) => {
        check('truncate')
        file.truncate(sizeBytes)
      },
      sync: () => {
        this.#sync(file, check)
      },
      syncLater: (callback) => {
        const count = file.changeCount
        this.#doneLater(life, callback, () => {
          this.#sync(file, check, count)
        })
      },
      close: () => {
        isOpen = false
      },
    }
  }

  #write(
    file: MemoryFile,
    buffers: readonly Buffer[],
    position: number,
    fault: Fault | undefined,
  ): number {
    const all = Buffer.concat(buffers)
    const grownBytes = Math.max(0, position + all.length - file.sizeInBytes)
    const freeBytes = this.capacityBytes - this.#usedBytes(this.#root)
    let takenBytes = Math.min(all.length, fault?.shortBytes ?? all.length)
    if (grownBytes > freeBytes)
      takenBytes = Math.min(takenBytes, all.length - grownBytes + freeBytes)
    if (takenBytes <= 0 && all.length > 0) throw diskError('ENOSPC', 'write')
    file.write(all.subarray(0, takenBytes), position)
    file.modifiedMs = this.#clock.wallMs()
    return takenBytes
  }

  #usedBytes(directory: MemoryDirectory): number {
    if (this.capacityBytes === Number.MAX_SAFE_INTEGER) return 0
    let usedBytes = 0
    for (const node of directory.entries.values()) {
      usedBytes += node instanceof MemoryFile ? node.sizeInBytes : this.#usedBytes(node)
    }
    return usedBytes
  }

  #sync(
    file: MemoryFile,
    check: (operation: DiskOperation) => unknown,
    count = file.changeCount,
  ): void {
    try {
      check('sync')
    } catch (error) {
      // As Linux does it: the pages count as clean afterwards, and the next sync reports success. A
      // program that is stopped in the middle of a sync leaves them as they were.
      if (systemCodeOf(error) === 'EIO') file.dropChanges(count)
      throw error
    }
    file.sync(count)
  }

  #later(life: number, callback: ReadCallback, run: () => number): void {
    this.#clock.setImmediate(() => {
      if (life !== this.#life) return
      let byteCount: number
      try {
        byteCount = run()
      } catch (error) {
        callback(error as Error, 0)
        return
      }
      callback(undefined, byteCount)
    })
  }

  #doneLater(life: number, callback: DoneCallback, run: () => void): void {
    this.#later(
      life,
      (error) => {
        callback(error)
      },
      () => {
        run()
        return 0
      },
    )
  }

  exists(path: string): boolean {
    return this.#find(path) !== undefined
  }

  isDirectory(path: string): boolean {
    return this.#must(path) instanceof MemoryDirectory
  }

  modifiedMs(path: string): number {
    const node = this.#must(path)
    return node instanceof MemoryFile ? node.modifiedMs : 0
  }

  sizeInBytes(path: string): number {
    const node = this.#must(path)
    return node instanceof MemoryFile ? node.sizeInBytes : 0
  }

  freeBytes(path: string): number {
    this.#must(path)
    return Math.max(0, this.capacityBytes - this.#usedBytes(this.#root))
  }

  list(path: string): string[] {
    return [...this.#directory(path).entries.keys()]
  }

  makeDirectory(path: string): void {
    this.#begin('makeDirectory', path)
    let directory = this.#root
    for (const name of namesOf(path)) {
      const next = directory.entries.get(name)
      if (next instanceof MemoryFile) throw diskError('ENOTDIR', path)
      if (next === undefined) directory.apply([[name, new MemoryDirectory(this.#isVolatile)]])
      directory = directory.entries.get(name) as MemoryDirectory
    }
  }

  removeDirectory(path: string): void {
    this.#begin('removeDirectory', path)
    if (this.#directory(path).entries.size > 0) throw diskError('ENOTEMPTY', path)
    this.#parent(path).apply([[baseName(path), undefined]])
  }

  rename(from: string, to: string): void {
    this.#begin('rename', from)
    const node = this.#must(from)
    const source = this.#parent(from)
    const target = this.#parent(to)
    if (source === target) {
      source.apply([
        [baseName(from), undefined],
        [baseName(to), node],
      ])
      return
    }
    target.apply([[baseName(to), node]])
    source.apply([[baseName(from), undefined]])
  }

  unlink(path: string): void {
    this.#begin('unlink', path)
    if (!(this.#must(path) instanceof MemoryFile)) throw diskError('EISDIR', path)
    this.#parent(path).apply([[baseName(path), undefined]])
  }

  unlinkLater(path: string, callback: DoneCallback): void {
    this.#doneLater(this.#life, callback, () => {
      this.unlink(path)
    })
  }

  syncDirectory(path: string): void {
    this.#begin('syncDirectory', path)
    const directory = this.#directory(path)
    directory.sync(directory.changeCount)
  }

  syncDirectoryLater(path: string, callback: DoneCallback): void {
    const directory = this.#directory(path)
    const count = directory.changeCount
    this.#doneLater(this.#life, callback, () => {
      this.#begin('syncDirectory', path)
      directory.sync(count)
    })
  }

  lock(path: string): DiskLock {
    if (this.#locks.has(path)) {
      throw new StorageError(`Cannot open "${parentPath(path)}": it is in use by process 0`)
    }
    this.#locks.add(path)
    return { release: () => void this.#locks.delete(path) }
  }

  #begin(operation: DiskOperation, path: string): Fault | undefined {
    this.operationCounts.set(operation, (this.operationCounts.get(operation) ?? 0) + 1)
    const fault = this.onOperation?.(operation, path)
    if (fault?.code !== undefined) throw diskError(fault.code, path)
    return fault
  }

  #find(path: string): MemoryNode | undefined {
    let node: MemoryNode | undefined = this.#root
    for (const name of namesOf(path)) {
      if (!(node instanceof MemoryDirectory)) return undefined
      node = node.entries.get(name)
    }
    return node
  }

  #must(path: string): MemoryNode {
    const node = this.#find(path)
    if (node === undefined) throw diskError('ENOENT', path)
    return node
  }

  #directory(path: string): MemoryDirectory {
    const node = this.#must(path)
    if (!(node instanceof MemoryDirectory)) throw diskError('ENOTDIR', path)
    return node
  }

  #parent(path: string): MemoryDirectory {
    return this.#directory(parentPath(path))
  }
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '')
}

function baseName(path: string): string {
  return namesOf(path).at(-1) ?? ''
}

function parentPath(path: string): string {
  return `/${namesOf(path).slice(0, -1).join('/')}`
}

function diskError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: "${path}"`), { code })
}
