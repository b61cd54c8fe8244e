/**
 * Files that are opened when they are needed and closed when too many are open.
 *
 * A broker has several files per segment and thousands of segments; the system allows some thousand
 * open files. The least recently used are closed first. A pinned file (a read under way, or writes that
 * are not synced yet) stays open: closing it would lose the error that its sync is to report.
 */
import { invariant } from '@ottla/base'
import type { Disk, DiskFile } from '../disk.ts'

/** Where the files of one log live; a log that is deleted moves as a whole. */
export interface LogDirectory {
  path: string
}

export class OpenFiles {
  readonly disk: Disk
  readonly #openMax: number
  /** In the order of use, oldest first. */
  readonly #open = new Set<SegmentFile>()

  constructor(disk: Disk, openMax: number) {
    invariant(openMax > 0, 'at least one file must be able to be open')
    this.disk = disk
    this.#openMax = openMax
  }

  get openCount(): number {
    return this.#open.size
  }

  used(file: SegmentFile): void {
    this.#open.delete(file)
    this.#open.add(file)
    if (this.#open.size > this.#openMax) this.#closeOldest(file)
  }

  closed(file: SegmentFile): void {
    this.#open.delete(file)
  }

  #closeOldest(except: SegmentFile): void {
    for (const file of this.#open) {
      if (file === except || file.isPinned) continue
      file.close()
      if (this.#open.size <= this.#openMax) return
    }
  }
}

export class SegmentFile {
  readonly files: OpenFiles
  readonly #directory: LogDirectory
  name: string
  #file: DiskFile | undefined
  #pinCount = 0
  #closesWhenUnpinned = false

  constructor(files: OpenFiles, directory: LogDirectory, name: string) {
    this.files = files
    this.#directory = directory
    this.name = name
  }

  get path(): string {
    return `${this.#directory.path}/${this.name}`
  }

  get isPinned(): boolean {
    return this.#pinCount > 0
  }

  /** The open file; only valid until the next `use` of another one, unless pinned. */
  use(options: { create?: boolean } = {}): DiskFile {
    this.#file ??= this.files.disk.open(this.path, options)
    this.files.used(this)
    return this.#file
  }

  pin(): void {
    this.#pinCount++
  }

  unpin(): void {
    invariant(this.#pinCount > 0, 'a file is unpinned once for each pin')
    this.#pinCount--
    if (this.#pinCount === 0 && this.#closesWhenUnpinned) this.close()
  }

  /** A read under way finishes first: its descriptor must not be given to another file meanwhile. */
  close(): void {
    this.#closesWhenUnpinned = this.isPinned
    if (this.isPinned) return
    const file = this.#file
    this.#file = undefined
    this.files.closed(this)
    file?.close()
  }
}
