/**
 * `ottla-io-error`: the partitions of a log directory whose disk failed while they were written, one
 * directory name a line.
 *
 * After a sync that failed the kernel takes the pages for clean: the page cache shows records that are
 * not on the device, and the next sync reports a success that is none. A restart of the broker alone
 * would find them in the cache, believe them, and acknowledge what comes after. So the mark is written
 * before anybody hears of the failure; the next start writes the tails of these partitions anew, and
 * removes the mark when they are synced.
 */
import { readWholeFile, replaceFile } from '../checkpoint/replace-file.ts'
import type { Disk } from '../disk.ts'

export const IO_ERROR_FILE = 'ottla-io-error'

export class IoErrorMark {
  readonly #disk: Disk
  readonly #directory: string
  #names: Set<string>

  constructor(disk: Disk, directory: string) {
    this.#disk = disk
    this.#directory = directory
    const text = readWholeFile(disk, this.#path)?.toString('utf8') ?? ''
    this.#names = new Set(text.split('\n').filter((name) => name !== ''))
  }

  get #path(): string {
    return `${this.#directory}/${IO_ERROR_FILE}`
  }

  has(name: string): boolean {
    return this.#names.has(name)
  }

  add(name: string): void {
    if (this.#names.has(name)) return
    this.#names.add(name)
    this.#write()
  }

  /** The start is over: those that it could not mend stay. */
  keepOnly(isKept: (name: string) => boolean): void {
    const count = this.#names.size
    if (count === 0) return
    this.#names = new Set([...this.#names].filter(isKept))
    if (this.#names.size > 0) {
      if (this.#names.size < count) this.#write()
      return
    }
    this.#disk.unlink(this.#path)
    this.#disk.syncDirectory(this.#directory)
  }

  #write(): void {
    const lines = [...this.#names].map((name) => `${name}\n`)
    replaceFile(this.#disk, this.#path, Buffer.from(lines.join('')))
  }
}
