/**
 * The port to the file system: everything this package asks of a disk.
 *
 * Two kinds of calls. Synchronous ones end in the page cache and take microseconds; those that may wait
 * for the device (`...Later`) take a callback and never hold the event loop. Nothing returns a promise:
 * appends and reads run per request.
 *
 * Every call throws (or calls back with) an Error whose `code` is the system's name of it: ENOENT,
 * ENOSPC, EIO, ... A write may be short; the caller loops.
 *
 * Implementations: `disk/node-disk.ts` (real), `disk/memory-disk.ts` (crashes on request); both pass
 * `disk/disk.contract.ts`.
 */
export interface DiskFile {
  readonly path: string
  sizeInBytes(): number
  /** Writes from the front of `buffers` at `position`; returns how many bytes were taken. */
  write(buffers: readonly Buffer[], position: number): number
  /** Fills `target` from `position`; returns less than asked at the end of the file only. */
  read(target: Buffer, position: number): number
  readLater(target: Buffer, position: number, callback: ReadCallback): void
  truncate(sizeBytes: number): void
  /** Data (and the size) reach the device; says nothing of the directory entry. */
  sync(): void
  syncLater(callback: DoneCallback): void
  close(): void
}

export type ReadCallback = (error: Error | undefined, byteCount: number) => void
export type DoneCallback = (error: Error | undefined) => void

export interface DiskLock {
  release(): void
}

export interface Disk {
  /** Opens for reading and writing. Without `create` a missing file is ENOENT. */
  open(path: string, options?: { create?: boolean }): DiskFile
  exists(path: string): boolean
  /** Milliseconds since 1970 of the last change of the file's content. */
  modifiedMs(path: string): number
  sizeInBytes(path: string): number
  /** What this process may still write on the disk that holds `path`, as far as the system can tell. */
  freeBytes(path: string): number
  /** Names of the entries, files and directories alike, in no order. */
  list(path: string): string[]
  isDirectory(path: string): boolean
  /** Makes missing parents too; fine when it is there already. */
  makeDirectory(path: string): void
  /** Only an empty one. */
  removeDirectory(path: string): void
  /** Replaces `to` if it is there. */
  rename(from: string, to: string): void
  unlink(path: string): void
  /** For large files: to free their blocks takes the system long. */
  unlinkLater(path: string, callback: DoneCallback): void
  /** Creations, renames and removals inside the directory reach the device. */
  syncDirectory(path: string): void
  syncDirectoryLater(path: string, callback: DoneCallback): void
  /**
   * Takes the lock file, or throws a StorageError that names the process that holds it. A lock whose
   * process is gone is taken over.
   */
  lock(path: string): DiskLock
  /** Changes with every boot of the machine: the page cache of another boot is gone. */
  bootId(): string
}
