/**
 * The metadata store of a single node: one file, nothing to install, durable when a transaction returns.
 *
 * Deviation from etcd, on purpose: leases do not outlive the process. The file admits one process only, so
 * whoever held a lease in it is gone when it is opened again, and its keys are deleted at once: a broker
 * that was killed does not wait for its own session to time out. History does not outlive it either; a
 * watch can not begin before the revision at which the file was opened.
 */
import type { Clock, Logger } from '@ottla/base'
import type { KeyValue, MetadataStore } from '../metadata-store.ts'
import { KeySpace } from '../local/key-space.ts'
import { LocalStore } from '../local/local-store.ts'
import { openKeeper, type SqliteKeeper } from './sqlite-keeper.ts'

export interface EmbeddedStoreOptions {
  /** Holds the file `metadata.db`; made when it is not there. */
  readonly directory: string
  readonly clock: Clock
  readonly logger: Logger
  readonly fileBytesMax?: number
  readonly historyEventsMax?: number
}

/** Throws a MetadataStoreError that says what is wrong with the file and what to do. */
export function openEmbeddedStore(options: EmbeddedStoreOptions): MetadataStore {
  const { directory, clock, logger, fileBytesMax, historyEventsMax } = options
  const { keeper, kvs, revision } = openKeeper(directory, fileBytesMax)
  const keySpace = new KeySpace(kvs, revision)
  try {
    deleteLeasedKeys(keySpace, kvs, keeper)
  } catch (error) {
    keeper.close()
    throw error
  }
  return new LocalStore({
    clock,
    logger,
    keeper,
    keySpace,
    ...(historyEventsMax === undefined ? {} : { historyEventsMax }),
  })
}

function deleteLeasedKeys(
  keySpace: KeySpace,
  kvs: readonly KeyValue[],
  keeper: SqliteKeeper,
): void {
  const leased = kvs.filter((kv) => kv.lease !== 0)
  const prepared = keySpace.prepare({
    success: leased.map(({ key }) => ({ kind: 'delete', key })),
  })
  if (prepared.events.length === 0) return
  keeper.save({ revision: prepared.result.revision, events: prepared.events })
  keySpace.apply(prepared)
}
