/**
 * A small file that is replaced as a whole: after a crash it is the old one or the new one.
 *
 * Written beside its name, synced, renamed over it, the directory synced. In this order: a rename that
 * reaches the device before the bytes would leave an empty file under a good name.
 *
 * What fails half way is removed: on a full disk the piece would only make it fuller.
 */
import type { Disk, DoneCallback } from '../disk.ts'
import { writeFully } from '../segment/write-fully.ts'
import { systemCodeOf } from '../storage-error.ts'

export const TEMPORARY_SUFFIX = '.tmp'
const LATER_SUFFIX = '.later.tmp'

export function replaceFile(disk: Disk, path: string, bytes: Buffer): void {
  const temporaryPath = path + TEMPORARY_SUFFIX
  const file = disk.open(temporaryPath, { create: true })
  try {
    try {
      file.truncate(0)
      writeFully(file, [bytes], 0)
      file.sync()
    } finally {
      file.close()
    }
    disk.rename(temporaryPath, path)
  } catch (error) {
    removeQuietly(disk, temporaryPath)
    throw error
  }
  disk.syncDirectory(parentOf(path))
}

/** The error that is on its way says more than one of tidying up. */
function removeQuietly(disk: Disk, path: string): void {
  try {
    disk.unlink(path)
  } catch {
    // Left for the next start, which removes it.
  }
}

/**
 * The same without holding the event loop while the device works. `isWanted` is asked again before the
 * file takes its place: a newer one may have been put there meanwhile.
 */
export function replaceFileLater(
  disk: Disk,
  path: string,
  bytes: Buffer,
  callback: DoneCallback,
  isWanted: () => boolean = () => true,
): void {
  // Not the name that `replaceFile` uses, which may run while the device works on this one.
  const temporaryPath = path + LATER_SUFFIX
  const file = disk.open(temporaryPath, { create: true })
  try {
    file.truncate(0)
    writeFully(file, [bytes], 0)
  } catch (error) {
    file.close()
    removeQuietly(disk, temporaryPath)
    throw error
  }
  file.syncLater((syncError) => {
    try {
      file.close()
      if (syncError !== undefined) throw syncError
      if (isWanted()) disk.rename(temporaryPath, path)
    } catch (error) {
      removeQuietly(disk, temporaryPath)
      callback(error as Error)
      return
    }
    disk.syncDirectoryLater(parentOf(path), callback)
  })
}

/** For a file that may be lost in a crash because it can be made again; not synced. */
export function writeFile(disk: Disk, path: string, bytes: Buffer): void {
  const file = disk.open(path, { create: true })
  try {
    file.truncate(0)
    writeFully(file, [bytes], 0)
  } catch (error) {
    removeQuietly(disk, path)
    throw error
  } finally {
    file.close()
  }
}

/** The content; undefined when there is no such file. */
export function readWholeFile(disk: Disk, path: string): Buffer | undefined {
  try {
    const file = disk.open(path)
    try {
      const bytes = Buffer.allocUnsafeSlow(file.sizeInBytes())
      return bytes.subarray(0, file.read(bytes, 0))
    } finally {
      file.close()
    }
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}
