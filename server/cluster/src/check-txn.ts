/**
 * Refuses what etcd would refuse, so that code written against a local store also runs against a cluster:
 * too many operations, too many bytes, a key changed twice in one transaction.
 */
import { MetadataStoreError, TXN_BYTES_MAX, TXN_OPS_MAX } from './metadata-store.ts'
import type { StoreOp, Txn } from './metadata-store.ts'

export function checkTxn({ compare = [], success, failure = [] }: Txn): void {
  const opsCount = Math.max(compare.length, success.length, failure.length)
  if (opsCount > TXN_OPS_MAX) {
    throw new MetadataStoreError(
      `Cannot run a transaction of ${opsCount} operations: at most ${TXN_OPS_MAX} are allowed`,
    )
  }
  let byteCount = 0
  for (const one of compare) byteCount += Buffer.byteLength(one.key)
  for (const op of [...success, ...failure]) byteCount += opBytes(op)
  if (byteCount > TXN_BYTES_MAX) {
    throw new MetadataStoreError(
      `Cannot run a transaction of ${byteCount} bytes: at most ${TXN_BYTES_MAX} are allowed`,
    )
  }
  checkChangedOnce(success)
  checkChangedOnce(failure)
}

export function opBytes(op: StoreOp): number {
  switch (op.kind) {
    case 'put':
      return Buffer.byteLength(op.key) + Buffer.byteLength(op.value)
    case 'deletePrefix':
      return Buffer.byteLength(op.prefix)
    case 'delete':
    case 'get':
      return Buffer.byteLength(op.key)
  }
}

/** etcd: "duplicate key given in txn request", for puts among themselves and against deletes. */
function checkChangedOnce(ops: readonly StoreOp[]): void {
  const puts = new Set<string>()
  for (const op of ops) {
    if (op.kind !== 'put') continue
    if (puts.has(op.key)) throw changedTwice(op.key)
    puts.add(op.key)
  }
  for (const op of ops) {
    if (op.kind === 'delete' && puts.has(op.key)) throw changedTwice(op.key)
    if (op.kind !== 'deletePrefix') continue
    for (const key of puts) if (key.startsWith(op.prefix)) throw changedTwice(key)
  }
}

function changedTwice(key: string): MetadataStoreError {
  return new MetadataStoreError(`Cannot change key "${key}" twice in one transaction`)
}
