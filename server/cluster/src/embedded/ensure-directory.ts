/**
 * Makes a directory that survives a power loss: the entry in its parent is fsynced too, otherwise a file
 * that was fsynced inside may vanish together with the directory.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { MetadataStoreError } from '../metadata-store.ts'

export function ensureDirectory(directory: string): void {
  const found = statSync(directory, { throwIfNoEntry: false })
  if (found !== undefined && !found.isDirectory()) {
    throw new MetadataStoreError(
      `Cannot open "${directory}": it is a file, not a directory; choose another directory or move the file away`,
    )
  }
  if (found !== undefined) return
  const firstMade = mkdirSync(directory, { recursive: true })
  if (firstMade === undefined) return
  const topmost = resolve(firstMade)
  for (let made = resolve(directory); ; made = dirname(made)) {
    syncDirectory(dirname(made))
    if (made === topmost || made === dirname(made)) return
  }
}

function syncDirectory(path: string): void {
  // Windows can not open a directory; its file system journals the entry itself.
  if (process.platform === 'win32') return
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
