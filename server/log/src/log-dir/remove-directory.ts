/** Unlinks the files of a partition directory, then the directory. Partitions have no directories inside. */
import type { Disk } from '../disk.ts'

export function removeDirectory(disk: Disk, path: string): void {
  for (const name of disk.list(path)) disk.unlink(`${path}/${name}`)
  disk.removeDirectory(path)
}
