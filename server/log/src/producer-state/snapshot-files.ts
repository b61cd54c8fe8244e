/**
 * The producer snapshots of one log directory, each with the file of our own that goes with it:
 *
 *   00000000000000000042.snapshot        Kafka's: the last batch of each producer
 *   00000000000000000042.ottla-batches   the up to four before it; only when there are some
 */
import { readWholeFile, writeFile } from '../checkpoint/replace-file.ts'
import type { Disk } from '../disk.ts'
import type { LogDirectory } from '../disk/open-files.ts'
import { fileName, offsetOfFile, SNAPSHOT_SUFFIX } from '../segment/segment-name.ts'
import { isLostContent } from '../storage-error.ts'
import type { ProducerEntry } from './producer-entry.ts'
import { decodeProducerSnapshot, encodeProducerSnapshot } from './producer-snapshot.ts'
import { encodeRecentBatches, restoreRecentBatches } from './recent-batches.ts'

export const RECENT_BATCHES_SUFFIX = '.ottla-batches'

export class SnapshotFiles {
  readonly #disk: Disk
  readonly #directory: LogDirectory

  constructor(disk: Disk, directory: LogDirectory) {
    this.#disk = disk
    this.#directory = directory
  }

  #path(offset: number, suffix: string): string {
    return `${this.#directory.path}/${fileName(offset, suffix)}`
  }

  /** Newest first. */
  offsets(): number[] {
    const offsets: number[] = []
    for (const name of this.#disk.list(this.#directory.path)) {
      const offset = offsetOfFile(name, SNAPSHOT_SUFFIX)
      if (offset !== undefined) offsets.push(offset)
    }
    return offsets.sort((a, b) => b - a)
  }

  /** Not synced: one that a crash harms is noticed by its checksum, and an older one takes its place. */
  write(offset: number, entries: Iterable<ProducerEntry>): void {
    const all = [...entries]
    const recent = encodeRecentBatches(all)
    if (recent !== undefined) {
      writeFile(this.#disk, this.#path(offset, RECENT_BATCHES_SUFFIX), recent)
    }
    writeFile(this.#disk, this.#path(offset, SNAPSHOT_SUFFIX), encodeProducerSnapshot(all))
  }

  /** Undefined when it does not read back well, or the disk does not give a part of it. */
  read(offset: number): ProducerEntry[] | undefined {
    try {
      const bytes = readWholeFile(this.#disk, this.#path(offset, SNAPSHOT_SUFFIX))
      const entries = bytes === undefined ? undefined : decodeProducerSnapshot(bytes)
      const recent = readWholeFile(this.#disk, this.#path(offset, RECENT_BATCHES_SUFFIX))
      if (entries !== undefined && recent !== undefined) restoreRecentBatches(recent, entries)
      return entries
    } catch (error) {
      if (!isLostContent(error)) throw error
      return undefined
    }
  }

  remove(offset: number): void {
    this.#disk.unlink(this.#path(offset, SNAPSHOT_SUFFIX))
    const recentPath = this.#path(offset, RECENT_BATCHES_SUFFIX)
    if (this.#disk.exists(recentPath)) this.#disk.unlink(recentPath)
  }
}
