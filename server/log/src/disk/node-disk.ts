/**
 * The real disk: the one room of this package that names `node:fs`.
 *
 * Positions are always given (pread, pwrite), so no call depends on where another left the file.
 */
import fs from 'node:fs'
import path from 'node:path'
import type { Disk, DiskFile, DiskLock, DoneCallback, ReadCallback } from '../disk.ts'
import { lockFile } from './lock-file.ts'

/** writev takes at most IOV_MAX pieces; what is left over makes a short write. */
const PIECES_MAX = 1024
const BOOT_ID_PATH = '/proc/sys/kernel/random/boot_id'

/**
 * Level by level: mkdir's own `recursive` never returns where a file system has the parent and refuses the
 * entry as not found (/proc).
 */
function makeWithParents(directory: string): void {
  const parent = path.dirname(directory)
  if (!fs.existsSync(parent)) makeWithParents(parent)
  try {
    fs.mkdirSync(directory)
  } catch (error) {
    // It may be there.
    if (!fs.existsSync(directory) || !fs.statSync(directory).isDirectory()) throw error
  }
}

class NodeDiskFile implements DiskFile {
  readonly path: string
  readonly #descriptor: number

  constructor(filePath: string, descriptor: number) {
    this.path = filePath
    this.#descriptor = descriptor
  }

  sizeInBytes(): number {
    return fs.fstatSync(this.#descriptor).size
  }

  write(buffers: readonly Buffer[], position: number): number {
    const first = buffers[0]
    if (first === undefined) return 0
    if (buffers.length === 1) {
      return fs.writeSync(this.#descriptor, first, 0, first.length, position)
    }
    const pieces = buffers.length > PIECES_MAX ? buffers.slice(0, PIECES_MAX) : buffers
    return fs.writevSync(this.#descriptor, pieces as Buffer[], position)
  }

  read(target: Buffer, position: number): number {
    let filled = 0
    while (filled < target.length) {
      const taken = fs.readSync(
        this.#descriptor,
        target,
        filled,
        target.length - filled,
        position + filled,
      )
      if (taken === 0) break
      filled += taken
    }
    return filled
  }

  readLater(target: Buffer, position: number, callback: ReadCallback): void {
    let filled = 0
    const more = (): void => {
      const left = target.length - filled
      fs.read(this.#descriptor, target, filled, left, position + filled, (error, taken) => {
        if (error !== null) {
          callback(error, filled)
          return
        }
        filled += taken
        if (taken === 0 || filled === target.length) callback(undefined, filled)
        else more()
      })
    }
    more()
  }

  truncate(sizeBytes: number): void {
    fs.ftruncateSync(this.#descriptor, sizeBytes)
  }

  sync(): void {
    fs.fdatasyncSync(this.#descriptor)
  }

  syncLater(callback: DoneCallback): void {
    fs.fdatasync(this.#descriptor, (error) => {
      callback(error ?? undefined)
    })
  }

  close(): void {
    fs.closeSync(this.#descriptor)
  }
}

function syncDirectoryLater(directory: string, callback: DoneCallback): void {
  fs.open(directory, 'r', (openError, descriptor) => {
    if (openError !== null) {
      callback(openError)
      return
    }
    fs.fsync(descriptor, (error) => {
      fs.closeSync(descriptor)
      callback(error ?? undefined)
    })
  })
}

function syncDirectory(directory: string): void {
  const descriptor = fs.openSync(directory, 'r')
  try {
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}

/** Where the kernel gives no boot id every start counts as a new boot: the careful reading. */
function bootId(): string {
  try {
    return fs.readFileSync(BOOT_ID_PATH, 'utf8').trim()
  } catch {
    return 'unknown'
  }
}

export const nodeDisk: Disk = {
  open(filePath, options = {}) {
    const { O_RDWR, O_CREAT } = fs.constants
    const flags = options.create === true ? O_RDWR | O_CREAT : O_RDWR
    return new NodeDiskFile(filePath, fs.openSync(filePath, flags, 0o644))
  },
  exists: (filePath) => fs.existsSync(filePath),
  modifiedMs: (filePath) => fs.statSync(filePath).mtimeMs,
  sizeInBytes: (filePath) => fs.statSync(filePath).size,
  freeBytes(filePath) {
    const { bavail, bsize } = fs.statfsSync(filePath)
    return bavail * bsize
  },
  list: (directory) => fs.readdirSync(directory),
  isDirectory: (filePath) => fs.statSync(filePath).isDirectory(),
  makeDirectory(directory) {
    makeWithParents(path.resolve(directory))
  },
  removeDirectory(directory) {
    fs.rmdirSync(directory)
  },
  rename(from, to) {
    fs.renameSync(from, to)
  },
  unlink(filePath) {
    fs.unlinkSync(filePath)
  },
  unlinkLater(filePath, callback) {
    fs.unlink(filePath, (error) => {
      callback(error ?? undefined)
    })
  },
  syncDirectory,
  syncDirectoryLater,
  lock: (filePath): DiskLock => lockFile(path.resolve(filePath)),
  bootId,
}
