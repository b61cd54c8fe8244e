/** A metadata store that forgets: for tests and for simulation. */
import { silentLogger, type Clock } from '@ottla/base'
import type { MetadataStore } from '../metadata-store.ts'
import { KeySpace } from '../local/key-space.ts'
import { LocalStore } from '../local/local-store.ts'

export interface MemoryStoreOptions {
  readonly clock: Clock
  /** How many events a watch can look back. */
  readonly historyEventsMax?: number
}

export function memoryStore({ clock, historyEventsMax }: MemoryStoreOptions): MetadataStore {
  return new LocalStore({
    clock,
    logger: silentLogger,
    keeper: { save: () => {}, close: () => {} },
    keySpace: new KeySpace(),
    ...(historyEventsMax === undefined ? {} : { historyEventsMax }),
  })
}
