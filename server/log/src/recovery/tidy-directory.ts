/**
 * Ends what a crash may have left half done in a log directory, before anything is read:
 *
 *   .deleted  was on its way out           -> unlinked
 *   .cleaned  compaction had not finished  -> unlinked
 *   .swap     compaction had finished      -> takes its place; what it replaces goes
 *   .tmp      a checkpoint being replaced  -> unlinked
 *   an index without its segment           -> unlinked
 *
 * Returns the names that are left.
 */
import type { Disk } from '../disk.ts'
import { TEMPORARY_SUFFIX } from '../checkpoint/replace-file.ts'
import {
  CLEANED_SUFFIX,
  DELETED_SUFFIX,
  fileName,
  LOG_SUFFIX,
  offsetOfFile,
  SEGMENT_SUFFIXES,
  SWAP_SUFFIX,
} from '../segment/segment-name.ts'

const LEFTOVER_SUFFIXES = [DELETED_SUFFIX, CLEANED_SUFFIX, TEMPORARY_SUFFIX]

export function tidyDirectory(disk: Disk, path: string): Set<string> {
  const listed = disk.list(path)
  const names = new Set(listed)
  const remove = (name: string): void => {
    disk.unlink(`${path}/${name}`)
    names.delete(name)
  }
  for (const name of listed) {
    if (LEFTOVER_SUFFIXES.some((suffix) => name.endsWith(suffix))) remove(name)
  }
  for (const name of listed) {
    if (!names.has(name) || !name.endsWith(SWAP_SUFFIX)) continue
    const finalName = name.slice(0, -SWAP_SUFFIX.length)
    disk.rename(`${path}/${name}`, `${path}/${finalName}`)
    names.delete(name)
    names.add(finalName)
  }
  for (const name of Array.from(names)) {
    if (isOrphan(name, names)) remove(name)
  }
  return names
}

function isOrphan(name: string, names: ReadonlySet<string>): boolean {
  for (const suffix of SEGMENT_SUFFIXES) {
    if (suffix === LOG_SUFFIX) continue
    const offset = offsetOfFile(name, suffix)
    if (offset !== undefined) return !names.has(fileName(offset, LOG_SUFFIX))
  }
  return false
}

/** Base offsets of the segments among `names`, in order. */
export function segmentOffsets(names: ReadonlySet<string>): number[] {
  const offsets: number[] = []
  for (const name of names) {
    const offset = offsetOfFile(name, LOG_SUFFIX)
    if (offset !== undefined) offsets.push(offset)
  }
  return offsets.sort((a, b) => a - b)
}
