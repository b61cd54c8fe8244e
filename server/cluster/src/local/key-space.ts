/**
 * Keys, values and revisions of a store that lives in this process: the pure part of the embedded and the
 * in-memory adapter.
 *
 * A transaction is prepared first (`prepare`), which changes nothing, then saved by whoever needs it on a
 * disk, then applied (`apply`). What could not be saved was never visible to anyone.
 *
 * Invariants: a key's modRevision is at most the revision of the space and at least its createRevision;
 * the sorted keys and the map hold the same keys.
 */
import { invariant } from '@ottla/base'
import type {
  Compare,
  KeyValue,
  OpResponse,
  StoreEvent,
  StoreOp,
  Txn,
  TxnResult,
} from '../metadata-store.ts'
import { SortedKeys } from './sorted-keys.ts'

/** What a transaction will change; empty events mean that the revision stays. */
export interface PreparedTxn {
  readonly result: TxnResult
  readonly events: readonly StoreEvent[]
}

export class KeySpace {
  readonly #kvs: Map<string, KeyValue>
  readonly #keys: SortedKeys
  #revision: number

  constructor(kvs: readonly KeyValue[] = [], revision = 1) {
    this.#kvs = new Map(kvs.map((kv) => [kv.key, kv]))
    this.#keys = new SortedKeys(this.#kvs.keys())
    this.#revision = revision
  }

  get revision(): number {
    return this.#revision
  }

  get(key: string): KeyValue | undefined {
    return this.#kvs.get(key)
  }

  range(prefix: string): KeyValue[] {
    return this.#keys.withPrefix(prefix).map((key) => this.#kvs.get(key) as KeyValue)
  }

  prepare({ compare = [], success, failure = [] }: Txn): PreparedTxn {
    const succeeded = compare.every((one) => this.#holds(one))
    const draft = new Draft(this, this.#revision + 1)
    const responses = (succeeded ? success : failure).map((op) => draft.run(op))
    const events = draft.events()
    const revision = events.length > 0 ? this.#revision + 1 : this.#revision
    return { result: { succeeded, revision, responses }, events }
  }

  apply(prepared: PreparedTxn): void {
    if (prepared.events.length === 0) return
    invariant(prepared.result.revision === this.#revision + 1, 'transactions overlap', {
      prepared: prepared.result.revision,
      revision: this.#revision,
    })
    this.#revision = prepared.result.revision
    for (const event of prepared.events) {
      if (event.kind === 'put') {
        this.#kvs.set(event.kv.key, event.kv)
        this.#keys.add(event.kv.key)
      } else {
        this.#kvs.delete(event.key)
        this.#keys.delete(event.key)
      }
    }
  }

  #holds({ key, target, op, value }: Compare): boolean {
    const actual = this.#kvs.get(key)?.[target] ?? 0
    switch (op) {
      case '=':
        return actual === value
      case '>':
        return actual > value
      case '<':
        return actual < value
    }
  }
}

/** The changes of one transaction, seen by its own later reads and by nobody else. */
class Draft {
  readonly #base: KeySpace
  readonly #revision: number
  readonly #changes = new Map<string, KeyValue | undefined>()

  constructor(base: KeySpace, revision: number) {
    this.#base = base
    this.#revision = revision
  }

  run(op: StoreOp): OpResponse {
    switch (op.kind) {
      case 'put':
        this.#put(op.key, op.value, op.lease ?? 0)
        return { kind: 'put' }
      case 'delete':
        return { kind: 'delete', deletedCount: this.#delete(op.key) }
      case 'deletePrefix': {
        const keys = this.#base.range(op.prefix).map((kv) => kv.key)
        const deletedCount = keys.reduce((count, key) => count + this.#delete(key), 0)
        return { kind: 'delete', deletedCount }
      }
      case 'get':
        return { kind: 'get', kv: this.#read(op.key) }
    }
  }

  events(): StoreEvent[] {
    return [...this.#changes].map(([key, kv]) =>
      kv === undefined ? { kind: 'delete', key } : { kind: 'put', kv },
    )
  }

  #read(key: string): KeyValue | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#base.get(key)
  }

  #put(key: string, value: string, lease: number): void {
    const before = this.#read(key)
    this.#changes.set(key, {
      key,
      value,
      createRevision: before?.createRevision ?? this.#revision,
      modRevision: this.#revision,
      version: (before?.version ?? 0) + 1,
      lease,
    })
  }

  #delete(key: string): number {
    if (this.#read(key) === undefined) return 0
    this.#changes.set(key, undefined)
    return 1
  }
}
