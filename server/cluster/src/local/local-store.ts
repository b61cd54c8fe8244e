/**
 * A metadata store inside this process: the key space, its watches and its leases put together.
 *
 * Both local adapters are this class; they differ in the keeper, which saves a transaction before anyone
 * can see it. Everything is held in memory (a partition is about 300 bytes), so reads never touch a disk.
 *
 * A transaction runs without an await between its compares and its effect, so transactions are serial.
 */
import type { Clock, Logger } from '@ottla/base'
import { LeaseNotFoundError, StoreClosedError } from '../metadata-store.ts'
import type {
  KeyValue,
  Lease,
  MetadataStore,
  RangeResult,
  RevisionEvents,
  Txn,
  TxnResult,
  Watch,
  WatchObserver,
} from '../metadata-store.ts'
import { checkTxn } from '../check-txn.ts'
import { EventHistory } from './event-history.ts'
import type { KeySpace } from './key-space.ts'
import { LeaseTable } from './lease-table.ts'

/** Where transactions are saved. Throws when it could not; then nothing of the transaction happened. */
export interface Keeper {
  save(batch: RevisionEvents): void
  close(): void
}

export interface LocalStoreOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly keeper: Keeper
  readonly keySpace: KeySpace
  readonly historyEventsMax?: number
}

export class LocalStore implements MetadataStore {
  readonly #keySpace: KeySpace
  readonly #keeper: Keeper
  readonly #history: EventHistory
  readonly #leases: LeaseTable
  readonly #logger: Logger
  readonly #keysByLease = new Map<number, Set<string>>()
  #isClosed = false

  constructor({ clock, logger, keeper, keySpace, historyEventsMax }: LocalStoreOptions) {
    this.#keySpace = keySpace
    this.#keeper = keeper
    this.#logger = logger
    this.#history = new EventHistory(keySpace.revision + 1, historyEventsMax)
    this.#leases = new LeaseTable(clock, (leaseId) => this.#expire(leaseId))
  }

  async get(key: string): Promise<KeyValue | undefined> {
    this.#checkOpen()
    return this.#keySpace.get(key)
  }

  async range(prefix: string): Promise<RangeResult> {
    this.#checkOpen()
    return { kvs: this.#keySpace.range(prefix), revision: this.#keySpace.revision }
  }

  async txn(txn: Txn): Promise<TxnResult> {
    this.#checkOpen()
    checkTxn(txn)
    return this.#run(txn)
  }

  async grantLease(ttlMs: number): Promise<Lease> {
    this.#checkOpen()
    return this.#leases.grant(ttlMs)
  }

  async keepAlive(leaseId: number): Promise<Lease> {
    this.#checkOpen()
    return this.#leases.keepAlive(leaseId)
  }

  async revokeLease(leaseId: number): Promise<void> {
    this.#checkOpen()
    this.#leases.end(leaseId)
    this.#deleteKeysOf(leaseId)
  }

  watch(prefix: string, fromRevision: number, observer: WatchObserver): Watch {
    this.#checkOpen()
    return this.#history.watch(prefix, fromRevision, observer)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#leases.close()
    this.#history.close()
    this.#keeper.close()
  }

  #run(txn: Txn): TxnResult {
    const prepared = this.#keySpace.prepare(txn)
    const batch = { revision: prepared.result.revision, events: prepared.events }
    if (batch.events.length === 0) return prepared.result
    this.#checkLeases(batch)
    this.#keeper.save(batch)
    this.#trackLeases(batch)
    this.#keySpace.apply(prepared)
    this.#history.append(batch)
    return prepared.result
  }

  #checkLeases({ events }: RevisionEvents): void {
    for (const event of events) {
      if (event.kind !== 'put' || event.kv.lease === 0) continue
      if (!this.#leases.has(event.kv.lease)) throw new LeaseNotFoundError(event.kv.lease)
    }
  }

  /** Called before the key space changes: the lease that a key had is read from there. */
  #trackLeases({ events }: RevisionEvents): void {
    for (const event of events) {
      const key = event.kind === 'put' ? event.kv.key : event.key
      const leaseBefore = this.#keySpace.get(key)?.lease ?? 0
      if (leaseBefore !== 0) this.#keysByLease.get(leaseBefore)?.delete(key)
      if (event.kind === 'put' && event.kv.lease !== 0) {
        const keys = this.#keysByLease.get(event.kv.lease) ?? new Set()
        this.#keysByLease.set(event.kv.lease, keys.add(key))
      }
    }
  }

  #deleteKeysOf(leaseId: number): void {
    const keys = this.#keysByLease.get(leaseId)
    if (keys === undefined) return
    this.#keysByLease.delete(leaseId)
    // Not checked against the limit of a request: a lease ends in one revision whatever it holds.
    this.#run({ success: [...keys].map((key) => ({ kind: 'delete', key })) })
  }

  /** Nobody waits for an expiry, so a failure to save it can only be told to the log. */
  #expire(leaseId: number): void {
    try {
      this.#deleteKeysOf(leaseId)
    } catch (error) {
      this.#logger.error('Cannot delete the keys of an expired lease', { leaseId, error })
    }
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new StoreClosedError()
  }
}
