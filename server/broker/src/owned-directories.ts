/**
 * Whose data directories are: asked before a new broker makes anything in them.
 *
 * A directory that says it belongs to a cluster, without the metadata of that cluster beside it, is one of
 * Apache Kafka, of another broker, or one that lost its metadata.db. A new metadata store would name
 * another cluster, and the directory could never be opened with it.
 */
import { StorageError, type Disk } from '@ottla/log'
import { parseProperties } from './config/properties-file.ts'

const META_PROPERTIES_FILE = 'meta.properties'

export function refuseOwnedDirectories(disk: Disk, directories: readonly string[]): void {
  for (const directory of directories) {
    const clusterId = clusterIdOf(disk, `${directory}/${META_PROPERTIES_FILE}`)
    if (clusterId === undefined) continue
    throw new StorageError(
      `Cannot open "${directory}": its ${META_PROPERTIES_FILE} says cluster.id "${clusterId}", but the metadata of that cluster is not in "${String(directories[0])}/metadata.db". A data directory of Apache Kafka cannot be used: name another one (log.dirs). If metadata.db was lost, restore it from a backup`,
    )
  }
}

function clusterIdOf(disk: Disk, path: string): string | undefined {
  try {
    if (!disk.exists(path)) return undefined
    const file = disk.open(path)
    try {
      const bytes = Buffer.alloc(file.sizeInBytes())
      file.read(bytes, 0)
      return parseProperties(bytes.toString('utf8')).get('cluster.id')
    } finally {
      file.close()
    }
  } catch (cause) {
    throw new StorageError(
      `Cannot read "${path}": ${(cause as Error).message}; check the disk, and that the file may be read and written`,
      { cause },
    )
  }
}
