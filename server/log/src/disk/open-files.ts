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
  #openCount = 0
  /** Open and not pinned, in the order of use, oldest first. */
  readonly #closable = new Set<SegmentFile>()

  constructor(disk: Disk, openMax: number) {
    invariant(openMax > 0, 'at least one file must be able to be open')
    this.disk = disk
    this.#openMax = openMax
  }

  get openCount(): number {
    return this.#openCount
  }

  opened(file: SegmentFile): void {
    this.#openCount++
    this.used(file)
    while (this.#openCount > this.#openMax) {
      const oldest = this.#oldestBut(file)
      // All the others are pinned: more files than the bound are open for a while.
      if (oldest === undefined) return
      oldest.close()
    }
  }

  #oldestBut(file: SegmentFile): SegmentFile | undefined {
    for (const oldest of this.#closable) if (oldest !== file) return oldest
    return undefined
  }

  used(file: SegmentFile): void {
    if (file.isPinned) return
    this.#closable.delete(file)
    this.#closable.add(file)
  }

  pinned(file: SegmentFile): void {
    this.#closable.delete(file)
  }

  closed(file: SegmentFile): void {
    this.#openCount--
    this.#closable.delete(file)
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
    if (this.#file === undefined) {
      this.#file = this.files.disk.open(this.path, options)
      this.files.opened(this)
    } else {
      this.files.used(this)
    }
    return this.#file
  }

  /** Only while it is open: what is pinned is the handle. */
  pin(): void {
    invariant(this.#file !== undefined, 'an open file is pinned')
    this.#pinCount++
    this.files.pinned(this)
  }

  unpin(): void {
    invariant(this.#pinCount > 0, 'a file is unpinned once for each pin')
    this.#pinCount--
    if (this.#pinCount > 0) return
    if (this.#closesWhenUnpinned) this.close()
    else this.files.used(this)
  }

  /** A read under way finishes first: its descriptor must not be given to another file meanwhile. */
  close(): void {
    this.#closesWhenUnpinned = this.isPinned
    const file = this.#file
    if (this.isPinned || file === undefined) return
    this.#file = undefined
    this.files.closed(this)
    file.close()
  }
}
