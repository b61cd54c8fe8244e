/** What is in a directory, so that two moments can be compared: every entry with its size and a hash. */
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** One line for each entry, by path. */
export function directoryListing(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const name = relative(directory, path)
      const { mode, size } = lstatSync(path)
      const modeText = (mode & 0o7777).toString(8)
      if (!entry.isFile()) return `${name} ${modeText} not a file`
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex')
      return `${name} ${modeText} ${size} bytes ${hash}`
    })
    .sort()
}
