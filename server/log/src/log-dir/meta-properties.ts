/**
 * `meta.properties`: whose log directory this is; Kafka's file.
 *
 *   version=1
 *   directory.id=<22 characters of base64>
 *   cluster.id=...   node.id=...             (when the broker says which)
 *
 * A directory that says it belongs to another cluster or broker is refused: its partitions would be
 * taken for our own.
 */
import { randomUuid, type Random } from '@ottla/base'
import { readWholeFile, replaceFile } from '../checkpoint/replace-file.ts'
import type { Disk } from '../disk.ts'
import { StorageError } from '../storage-error.ts'

export interface DirectoryOwner {
  readonly clusterId: string
  readonly nodeId: number
}

export const META_PROPERTIES_FILE = 'meta.properties'
const VERSION = '1'
/** 0 is that of the time before KRaft: the same lines but for the name of the broker's id. */
const READABLE_VERSIONS: ReadonlySet<string> = new Set(['0', VERSION])

export function claimDirectory(
  disk: Disk,
  path: string,
  options: { owner: DirectoryOwner | undefined; random: Random },
): void {
  const filePath = `${path}/${META_PROPERTIES_FILE}`
  const found = parseProperties(readWholeFile(disk, filePath)?.toString('utf8') ?? '')
  checkVersion(found, path)
  const wanted = new Map(found)
  if (!wanted.has('version')) wanted.set('version', VERSION)
  if (!wanted.has('directory.id')) wanted.set('directory.id', randomUuid(options.random))
  if (options.owner !== undefined) {
    checkOwner(found, options.owner, path)
    wanted.set('cluster.id', options.owner.clusterId)
    wanted.set('node.id', String(options.owner.nodeId))
  }
  if (wanted.size === found.size) return
  const lines = [...wanted].map(([key, value]) => `${key}=${value}\n`)
  replaceFile(disk, filePath, Buffer.from(lines.join('')))
}

function checkVersion(found: ReadonlyMap<string, string>, path: string): void {
  const version = found.get('version') ?? VERSION
  if (READABLE_VERSIONS.has(version)) return
  throw new StorageError(
    `Cannot open "${path}": its ${META_PROPERTIES_FILE} is of version "${version}", this broker reads up to ${VERSION}. Use the newer version that wrote it, or name another directory`,
  )
}

function checkOwner(found: ReadonlyMap<string, string>, owner: DirectoryOwner, path: string): void {
  const check = (key: string, wanted: string): void => {
    const is = found.get(key)
    if (is === undefined || is === wanted) return
    throw new StorageError(
      `Cannot open "${path}": its ${META_PROPERTIES_FILE} says ${key} "${is}", this broker's is "${wanted}". Name another directory, or remove the file if the data is to be taken over`,
    )
  }
  check('cluster.id', owner.clusterId)
  check('node.id', String(owner.nodeId))
}

function parseProperties(text: string): Map<string, string> {
  const properties = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) continue
    const at = line.indexOf('=')
    if (at > 0) properties.set(line.slice(0, at).trim(), line.slice(at + 1).trim())
  }
  return properties
}
