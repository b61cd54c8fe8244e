/**
 * Makes a directory that survives a power loss: the entry in its parent is fsynced too, otherwise a file
 * that was fsynced inside may vanish together with the directory.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
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
  makeWithParents(resolve(directory))
}

/**
 * Level by level: mkdir's own `recursive` never returns where a file system has the parent and refuses the
 * entry as not found (/proc).
 */
function makeWithParents(path: string): void {
  const parent = dirname(path)
  if (!existsSync(parent)) makeWithParents(parent)
  try {
    mkdirSync(path)
  } catch (error) {
    // Somebody else made it in the meantime.
    if (!existsSync(path) || !statSync(path).isDirectory()) throw error
  }
  syncDirectory(parent)
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
