/** Makes a directory, with the parents that are missing, so that it is there after a loss of power. */
import type { Disk } from '../disk.ts'

export function makeDurableDirectory(disk: Disk, path: string): void {
  const missing: string[] = []
  for (let at = path; !disk.exists(at); at = parentOf(at)) missing.unshift(at)
  if (missing.length === 0) return
  disk.makeDirectory(path)
  for (const made of missing) disk.syncDirectory(parentOf(made))
}

function parentOf(path: string): string {
  const at = path.lastIndexOf('/')
  if (at < 0) return '.'
  return at === 0 ? '/' : path.slice(0, at)
}
