/**
 * Writes changes that belong together each, but not to each other, in as few transactions as the store's
 * limits allow: one fsync for a request of many topics.
 *
 * A transaction that fails its compares has changed nothing; all its units come back as conflicts, though
 * only one of them may be stale, and the caller decides anew on a newer image. One that the disk does not
 * take has changed nothing either; the others are tried all the same, since a deletion may fit.
 */
import { opBytes } from '../check-txn.ts'
import { MetadataDiskError, TXN_BYTES_MAX, TXN_OPS_MAX } from '../metadata-store.ts'
import type { Compare, MetadataStore, StoreOp, TxnResult } from '../metadata-store.ts'

/** All or nothing. */
export interface CommitUnit {
  readonly compare: readonly Compare[]
  readonly ops: readonly StoreOp[]
}

export interface CommitResult<U> {
  readonly conflicts: readonly U[]
  /** What the disk did not take. */
  readonly failures: readonly CommitFailure<U>[]
  /** Of the last transaction that was written; 0 for none. */
  readonly revision: number
  /** The store's revision when a compare failed last. */
  readonly conflictRevision: number
}

export interface CommitFailure<U> {
  readonly unit: U
  readonly error: MetadataDiskError
}

export async function commitUnits<U extends CommitUnit>(
  store: MetadataStore,
  units: readonly U[],
): Promise<CommitResult<U>> {
  const conflicts: U[] = []
  const failures: CommitFailure<U>[] = []
  let revision = 0
  let conflictRevision = 0
  for (const group of pack(units)) {
    const result = await commitGroup(store, group)
    if (result instanceof MetadataDiskError) {
      failures.push(...group.map((unit) => ({ unit, error: result })))
    } else if (result.succeeded) {
      revision = result.revision
    } else {
      conflicts.push(...group)
      conflictRevision = result.revision
    }
  }
  return { conflicts, failures, revision, conflictRevision }
}

async function commitGroup(
  store: MetadataStore,
  group: readonly CommitUnit[],
): Promise<TxnResult | MetadataDiskError> {
  try {
    return await store.txn({
      compare: group.flatMap((unit) => unit.compare),
      success: group.flatMap((unit) => unit.ops),
    })
  } catch (error) {
    if (error instanceof MetadataDiskError) return error
    throw error
  }
}

/** In their order; a unit that is too large alone is left for the store to refuse. */
function pack<U extends CommitUnit>(units: readonly U[]): U[][] {
  const groups: U[][] = []
  let opsCount = Infinity
  let byteCount = 0
  for (const unit of units) {
    const unitOps = Math.max(unit.ops.length, unit.compare.length)
    const unitBytes = unitSize(unit)
    if (opsCount + unitOps > TXN_OPS_MAX || byteCount + unitBytes > TXN_BYTES_MAX) {
      groups.push([])
      opsCount = 0
      byteCount = 0
    }
    groups.at(-1)?.push(unit)
    // Compares and operations are counted apart by the store; the larger of both each time is safe.
    opsCount += unitOps
    byteCount += unitBytes
  }
  return groups
}

function unitSize({ compare, ops }: CommitUnit): number {
  const compareBytes = compare.reduce((sum, one) => sum + Buffer.byteLength(one.key), 0)
  return ops.reduce((sum, op) => sum + opBytes(op), compareBytes)
}
