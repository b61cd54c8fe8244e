/**
 * The metadata store of a single node: one file, nothing to install, durable when a transaction returns.
 *
 * Deviation from etcd, on purpose: leases do not outlive the process. The file admits one process only, so
 * whoever held a lease in it is gone when it is opened again, and its keys are deleted at once: a broker
 * that was killed does not wait for its own session to time out. History does not outlive it either; a
 * watch can not begin before the revision at which the file was opened.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock, Logger } from '@ottla/base'
import type { KeyValue, MetadataStore } from '../metadata-store.ts'
import { KeySpace } from '../local/key-space.ts'
import { LocalStore, type Keeper } from '../local/local-store.ts'
import { METADATA_FILE, openKeeper, type SqliteKeeper } from './sqlite-keeper.ts'

export interface EmbeddedStoreOptions {
  /** Holds the file `metadata.db`; made when it is not there. */
  readonly directory: string
  readonly clock: Clock
  readonly logger: Logger
  readonly fileBytesMax?: number
  readonly historyEventsMax?: number
  /** Called when there is no store yet, before anything is made; may refuse by throwing. */
  readonly beforeCreation?: (() => void) | undefined
}

/** How often space is looked for that is to be held back again (sqlite-keeper.ts). */
const RESERVE_CHECK_INTERVAL_MS = 30_000

/** Throws a MetadataStoreError that says what is wrong with the file and what to do. */
export function openEmbeddedStore(options: EmbeddedStoreOptions): MetadataStore {
  const { directory, clock, logger, fileBytesMax, historyEventsMax, beforeCreation } = options
  if (!existsSync(join(directory, METADATA_FILE))) beforeCreation?.()
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
    keeper: withReserveChecks(keeper, { clock, logger }),
    keySpace,
    ...(historyEventsMax === undefined ? {} : { historyEventsMax }),
  })
}

/** After each change, and now and then: nobody may change anything for long after there is room again. */
function withReserveChecks(
  keeper: SqliteKeeper,
  { clock, logger }: { clock: Clock; logger: Logger },
): Keeper {
  let isClosed = false
  const fill = (): void => {
    if (!isClosed) keeper.fillReserve()
  }
  const check = (): void => {
    fill()
    timer = clock.setTimer(RESERVE_CHECK_INTERVAL_MS, check)
  }
  let timer = clock.setTimer(RESERVE_CHECK_INTERVAL_MS, check)
  return {
    save: (batch) => {
      try {
        keeper.save(batch)
      } catch (error) {
        // Clients are told too, but it is the operator who can mend it.
        logger.error('Cannot save a change of the metadata', { error })
        throw error
      } finally {
        // Those who hear of the change do so first, and records that come later find the space taken.
        clock.setImmediate(fill)
      }
    },
    close: () => {
      isClosed = true
      timer.cancel()
      keeper.close()
    },
  }
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
