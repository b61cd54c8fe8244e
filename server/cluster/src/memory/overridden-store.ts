/** A store with some of its calls replaced, for tests that need it slow, broken or contended. */
import type { MetadataStore, TxnResult } from '../metadata-store.ts'

export function overriddenStore(
  store: MetadataStore,
  calls: Partial<MetadataStore>,
): MetadataStore {
  return {
    get: (key) => store.get(key),
    range: (prefix) => store.range(prefix),
    txn: (txn) => store.txn(txn),
    grantLease: (ttlMs) => store.grantLease(ttlMs),
    keepAlive: (leaseId) => store.keepAlive(leaseId),
    revokeLease: (leaseId) => store.revokeLease(leaseId),
    watch: (prefix, fromRevision, observer) => store.watch(prefix, fromRevision, observer),
    close: () => store.close(),
    ...calls,
  }
}

/** Runs `interrupt` right before the transaction that comes as number `at` after `arm()`, once. */
export function interruptedStore(store: MetadataStore, interrupt: () => Promise<unknown>) {
  let txnsLeft = Infinity
  const interrupted = overriddenStore(store, {
    txn: async (txn): Promise<TxnResult> => {
      if (--txnsLeft === 0) await interrupt()
      return store.txn(txn)
    },
  })
  const arm = (at = 1): void => {
    txnsLeft = at
  }
  return { store: interrupted, arm }
}
