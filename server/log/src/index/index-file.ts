/**
 * What the offset index and the time index share: a file of entries of one size, kept in memory as the
 * bytes it has on disk.
 *
 * Entries are added in memory and reach the file in `persist`, which runs before a recovery point that
 * covers them is written down. An index is a cache of what the log says: a missing or bad one is
 * built again from the batches (`recovery/`), never trusted.
 */
import { invariant } from '@ottla/base'
import type { SegmentFile } from '../disk/open-files.ts'
import { isLostContent, systemCodeOf } from '../storage-error.ts'

const FIRST_ENTRIES = 32
const NO_BYTES = Buffer.alloc(0)

export class IndexFile {
  readonly file: SegmentFile
  readonly #entryBytes: number
  #bytes: Buffer = NO_BYTES
  #count = 0
  /** Entries [0, #persistedCount) are in the file. */
  #persistedCount = 0
  /** The file may hold more than the entries: it must be cut before it is used again. */
  #isFileLonger = false
  #exists: boolean
  #isLoaded = true
  /** The disk does not give what is in the file: the entries have to be made again. */
  #isUnreadable = false

  /** `exists`: there is a file whose entries are loaded when first asked for. */
  constructor(options: { file: SegmentFile; entryBytes: number; exists: boolean }) {
    this.file = options.file
    this.#entryBytes = options.entryBytes
    this.#exists = options.exists
    this.#isLoaded = !options.exists
  }

  get count(): number {
    return this.#count
  }

  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** Whether there is a file on the disk. */
  get exists(): boolean {
    return this.#exists
  }

  get isUnreadable(): boolean {
    return this.#isUnreadable
  }

  get isPersisted(): boolean {
    return !this.#isLoaded || (this.#persistedCount === this.#count && !this.#isFileLonger)
  }

  get memoryBytes(): number {
    return this.#bytes.length
  }

  get bytes(): Buffer {
    return this.#bytes
  }

  /** Makes room for one more entry and returns where its bytes begin. */
  add(): number {
    invariant(this.#isLoaded, 'entries are added to a loaded index')
    const position = this.#count * this.#entryBytes
    if (position + this.#entryBytes > this.#bytes.length) this.#grow()
    this.#count++
    return position
  }

  #grow(): void {
    const bytes = Math.max(this.#bytes.length * 2, FIRST_ENTRIES * this.#entryBytes)
    const grown = Buffer.allocUnsafeSlow(bytes)
    this.#bytes.copy(grown)
    this.#bytes = grown
  }

  keepFirst(count: number): void {
    invariant(this.#isLoaded, 'entries are removed from a loaded index')
    if (count >= this.#count) return
    this.#count = count
    if (this.#persistedCount > count) {
      this.#persistedCount = count
      this.#isFileLonger = true
    }
  }

  /**
   * Reads the file; a piece of an entry at its end is left out. Missing counts as empty, and so does what
   * cannot be read, until `reset` begins it anew.
   */
  load(): void {
    let size = 0
    try {
      const file = this.file.use()
      size = file.sizeInBytes()
      this.#count = Math.floor(size / this.#entryBytes)
      this.#bytes = Buffer.allocUnsafeSlow(this.#count * this.#entryBytes)
      const got = file.read(this.#bytes, 0)
      this.#count = Math.floor(got / this.#entryBytes)
    } catch (error) {
      this.#count = 0
      if (isLostContent(error)) this.#isUnreadable = true
      else if (systemCodeOf(error) === 'ENOENT') this.#exists = false
      else throw error
    }
    this.#persistedCount = this.#count
    this.#isFileLonger = size > this.#count * this.#entryBytes
    this.#isLoaded = true
  }

  /** The bytes of the last entry in the file; undefined also when it turns out to be unreadable. */
  readLast(): Buffer | undefined {
    try {
      const file = this.file.use()
      const count = Math.floor(file.sizeInBytes() / this.#entryBytes)
      if (count === 0) return undefined
      const bytes = Buffer.allocUnsafeSlow(this.#entryBytes)
      const got = file.read(bytes, (count - 1) * this.#entryBytes)
      return got === bytes.length ? bytes : undefined
    } catch (error) {
      if (!isLostContent(error)) throw error
      this.#isUnreadable = true
      return undefined
    }
  }

  /** Gives the memory back; the next use loads again. */
  unload(): void {
    if (!this.#isLoaded || !this.isPersisted || !this.#exists) return
    this.#bytes = NO_BYTES
    this.#count = 0
    this.#isLoaded = false
  }

  /** Writes what the file does not have yet; with `create` an empty index gets its file too. */
  persist(options: { create?: boolean } = {}): void {
    if (this.isPersisted && (this.#exists || options.create !== true)) return
    const file = this.file.use({ create: true })
    this.#exists = true
    if (this.#isFileLonger) {
      file.truncate(this.#persistedCount * this.#entryBytes)
      this.#isFileLonger = false
    }
    let position = this.#persistedCount * this.#entryBytes
    const end = this.#count * this.#entryBytes
    while (position < end) position += file.write([this.#bytes.subarray(position, end)], position)
    this.#persistedCount = this.#count
  }

  /** The entries stay in memory; the next `persist` writes all of them. */
  removeFile(): void {
    invariant(this.#isLoaded, 'what is in the file alone is not removed')
    this.#isFileLonger = false
    this.#persistedCount = 0
    if (!this.#exists) return
    this.#exists = false
    this.file.close()
    if (this.file.files.disk.exists(this.file.path)) this.file.files.disk.unlink(this.file.path)
  }

  /** Forgets everything; the file is rewritten by the next `persist`. */
  reset(): void {
    this.#isLoaded = true
    this.#isUnreadable = false
    this.#count = 0
    this.#persistedCount = 0
    this.#isFileLonger = this.#exists
  }

  /** Takes back what `persist` may have written of the entries, which stay in memory. */
  emptyFile(): void {
    this.#persistedCount = 0
    this.#isFileLonger = false
    this.#exists = true
    this.file.use({ create: true }).truncate(0)
  }

  /** What was persisted is on the device. */
  sync(): void {
    this.file.use().sync()
  }
}
