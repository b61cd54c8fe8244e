/**
 * The port behind which the cluster's metadata is kept, with etcd's semantics.
 *
 * One key space with one revision counter. A transaction that changes anything moves the revision by one,
 * and all its changes carry that revision; one that changes nothing leaves it alone. An empty store is at
 * revision 1. Every decision about the cluster is one compare-and-swap transaction here; watches only make
 * it known, and nothing relies on their being timely.
 *
 * What is not promised: that a watch has delivered a revision when the transaction that made it returns.
 *
 * Adapters: embedded/ (one file, one process) and memory/ (tests, simulation). All are held to
 * metadata-store.contract.ts.
 */

/** The largest of the number of compares, of success operations and of failure operations; as in etcd. */
export const TXN_OPS_MAX = 128
/** Keys and values of one transaction together; etcd refuses requests above 1.5 MiB. */
export const TXN_BYTES_MAX = 1_500_000
export const LEASE_TTL_MS_MIN = 1_000
export const LEASE_TTL_MS_MAX = 24 * 60 * 60 * 1_000

export interface KeyValue {
  readonly key: string
  readonly value: string
  /** Revision of the transaction that brought the key into being; a key put again after deletion is new. */
  readonly createRevision: number
  /** Revision of the last change. */
  readonly modRevision: number
  /** Number of puts since creation, from 1. */
  readonly version: number
  /** The lease that the key goes away with; 0 for none. */
  readonly lease: number
}

export interface RangeResult {
  /** In order of their keys. */
  readonly kvs: readonly KeyValue[]
  /** The store's revision at which these were read. */
  readonly revision: number
}

/** A key that is not there has 0 in all three targets. */
export type CompareTarget = 'modRevision' | 'version' | 'createRevision'

export interface Compare {
  readonly key: string
  readonly target: CompareTarget
  readonly op: '=' | '>' | '<'
  readonly value: number
}

export type StoreOp =
  | { readonly kind: 'put'; readonly key: string; readonly value: string; readonly lease?: number }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'deletePrefix'; readonly prefix: string }
  | { readonly kind: 'get'; readonly key: string }

export type OpResponse =
  | { readonly kind: 'put' }
  | { readonly kind: 'delete'; readonly deletedCount: number }
  | { readonly kind: 'get'; readonly kv: KeyValue | undefined }

export interface Txn {
  readonly compare?: readonly Compare[]
  /** Run when all compares hold. A key may be changed only once in one transaction. */
  readonly success: readonly StoreOp[]
  readonly failure?: readonly StoreOp[]
}

export interface TxnResult {
  readonly succeeded: boolean
  /** The store's revision after the transaction. */
  readonly revision: number
  /** One for each operation of the branch that ran; reads see the changes before them. */
  readonly responses: readonly OpResponse[]
}

export interface Lease {
  readonly leaseId: number
  /** What was granted, which may differ from what was asked. */
  readonly ttlMs: number
}

export type StoreEvent =
  | { readonly kind: 'put'; readonly kv: KeyValue }
  | { readonly kind: 'delete'; readonly key: string }

/** All events of one revision are one unit: half of a transaction is never delivered. */
export interface RevisionEvents {
  readonly revision: number
  readonly events: readonly StoreEvent[]
}

export interface WatchObserver {
  /** In order of revisions, each once. Must not throw. */
  onEvents(batch: RevisionEvents): void
  /** The watch has ended: events that it still had to deliver are gone. Read the range and watch again. */
  onCompacted(error: CompactedError): void
}

export interface Watch {
  /** Nothing is delivered after this returns. */
  close(): void
}

export interface MetadataStore {
  get(key: string): Promise<KeyValue | undefined>
  range(prefix: string): Promise<RangeResult>
  /** Durable when the promise resolves. */
  txn(txn: Txn): Promise<TxnResult>
  grantLease(ttlMs: number): Promise<Lease>
  /** Renews to the full time to live. Throws {@link LeaseNotFoundError} when the lease has ended. */
  keepAlive(leaseId: number): Promise<Lease>
  /** Ends the lease and deletes its keys, in one revision. */
  revokeLease(leaseId: number): Promise<void>
  /** Every event under `prefix` from `fromRevision` on, which may lie in the future. */
  watch(prefix: string, fromRevision: number, observer: WatchObserver): Watch
  close(): Promise<void>
}

/** The store can not do what was asked: disk, file format, limits of a request. */
export class MetadataStoreError extends Error {
  override readonly name: string = 'MetadataStoreError'
}

/**
 * The disk did not take a change; nothing of it happened. The text says what to do: `message` to the
 * operator, `publicMessage` the same to a client, without paths of this machine.
 */
export class MetadataDiskError extends MetadataStoreError {
  override readonly name = 'MetadataDiskError'
  readonly publicMessage: string

  constructor(
    message: string,
    { cause, publicMessage = PUBLIC_TEXT }: MetadataDiskErrorOptions = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.publicMessage = publicMessage
  }
}

export interface MetadataDiskErrorOptions {
  readonly cause?: unknown
  readonly publicMessage?: string
}

const PUBLIC_TEXT = 'The metadata store of the broker cannot be written; its log says more'

export class StoreClosedError extends MetadataStoreError {
  override readonly name = 'StoreClosedError'
  constructor() {
    super('Cannot use the metadata store: it is closed')
  }
}

export class LeaseNotFoundError extends MetadataStoreError {
  override readonly name = 'LeaseNotFoundError'
  constructor(leaseId: number) {
    super(`Cannot use lease ${leaseId}: it has expired, was revoked or never existed`)
  }
}

export class CompactedError extends MetadataStoreError {
  override readonly name = 'CompactedError'
  /** The first revision that can still be watched from. */
  readonly compactRevision: number
  constructor(fromRevision: number, compactRevision: number) {
    super(
      `Cannot watch from revision ${fromRevision}: events before revision ${compactRevision} are gone`,
    )
    this.compactRevision = compactRevision
  }
}
