/**
 * Writes the tombstones of offsets and, as each batch is committed, forgets them. All batches are
 * appended before this returns, so a commit that comes later is later in the log too.
 */
import { ErrorCode } from '@ottla/protocol'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import { offsetCommitTombstone } from './offset-commit-record.ts'
import type { OffsetKey } from './offset-store.ts'

/** A large group is split, so that no batch outgrows the log's limit. */
export const TOMBSTONES_PER_BATCH_MAX = 1000

/** `onRemoved` gets the first error of any batch, once all are through. */
export function removeOffsets(
  shard: CoordinatorShard,
  keys: readonly OffsetKey[],
  onRemoved: (errorCode: number) => void,
): void {
  let missing = Math.ceil(keys.length / TOMBSTONES_PER_BATCH_MAX)
  let firstError: number = ErrorCode.NONE
  if (missing === 0) {
    onRemoved(ErrorCode.NONE)
    return
  }
  for (let from = 0; from < keys.length; from += TOMBSTONES_PER_BATCH_MAX) {
    const batch = keys.slice(from, from + TOMBSTONES_PER_BATCH_MAX)
    shard.appends.append(batch.map(offsetCommitTombstone), (errorCode) => {
      if (errorCode === ErrorCode.NONE) for (const key of batch) shard.applyOffset(key, null)
      else if (firstError === ErrorCode.NONE) firstError = errorCode
      missing--
      if (missing === 0) onRemoved(firstError)
    })
  }
}
