/**
 * Where an embedded broker keeps what it has: in memory until the last stop, or in a directory.
 *
 * Memory outlives a restart, as a disk does: the disk and the metadata store are made once, and a broker
 * that stops closes neither.
 */
import { silentLogger, systemClock, systemRandom, type Logger } from '@ottla/base'
import { memoryStore, openEmbeddedStore, type MetadataStore } from '@ottla/cluster'
import { MemoryDisk, nodeDisk, type Disk } from '@ottla/log'
import type { Runtime } from '@ottla/broker'

export type Storage = 'memory' | { readonly directory: string }

export interface OpenStorage extends Pick<Runtime, 'disk' | 'openStore'> {
  readonly directory: string
  /** After the last broker has stopped. */
  close(): Promise<void>
}

const MEMORY_DIRECTORY = '/memory'

export function openStorage(storage: Storage, logger: Logger = silentLogger): OpenStorage {
  return storage === 'memory' ? inMemory() : inDirectory(nodeDisk, storage.directory, logger)
}

function inMemory(): OpenStorage {
  const clock = systemClock
  const store = memoryStore({ clock })
  return {
    directory: MEMORY_DIRECTORY,
    disk: new MemoryDisk({ clock, isVolatile: true }),
    openStore: () => lasting(store),
    close: () => store.close(),
  }
}

function inDirectory(disk: Disk, directory: string, logger: Logger): OpenStorage {
  const world = { clock: systemClock, random: systemRandom, logger }
  return {
    directory,
    disk,
    openStore: (opened, beforeCreation) =>
      openEmbeddedStore({ ...world, directory: opened, beforeCreation }),
    close: () => Promise.resolve(),
  }
}

/** Its user closes it without effect. */
function lasting(store: MetadataStore): MetadataStore {
  return {
    get: (key) => store.get(key),
    range: (prefix) => store.range(prefix),
    txn: (txn) => store.txn(txn),
    grantLease: (ttlMs) => store.grantLease(ttlMs),
    keepAlive: (leaseId) => store.keepAlive(leaseId),
    revokeLease: (leaseId) => store.revokeLease(leaseId),
    watch: (prefix, fromRevision, observer) => store.watch(prefix, fromRevision, observer),
    close: () => Promise.resolve(),
  }
}
