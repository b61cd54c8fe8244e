/**
 * The leader epochs of a log that is opened: from their checkpoint, or, where that is missing, bad or
 * unreadable, from the batches, each of which says which it is of.
 */
import { decodeEpochCheckpoint } from '../checkpoint/checkpoint-text.ts'
import { readWholeFile } from '../checkpoint/replace-file.ts'
import { LEADER_EPOCH_CHECKPOINT_FILE } from '../leader-epoch/epoch-file.ts'
import { LeaderEpochCache } from '../leader-epoch/leader-epoch-cache.ts'
import type { LogState } from '../log-state.ts'
import { BatchScanner } from '../read/batch-scanner.ts'
import { isLostContent } from '../storage-error.ts'

/** What the file says, which stays as it is while recovery adds to the epochs of the log. */
export function loadEpochs(state: LogState): LeaderEpochCache | undefined {
  const bytes = readEpochFile(state)
  const entries = bytes === undefined ? undefined : decodeEpochCheckpoint(bytes)
  state.epochs.restore(entries ?? [])
  if (entries === undefined) return undefined
  const checkpointed = new LeaderEpochCache()
  checkpointed.restore(entries)
  return checkpointed
}

function readEpochFile({ resources, directory }: LogState): Buffer | undefined {
  const path = `${directory.path}/${LEADER_EPOCH_CHECKPOINT_FILE}`
  try {
    return readWholeFile(resources.disk, path)
  } catch (error) {
    if (!isLostContent(error)) throw error
    resources.logger.warn('Leader epochs are found in the batches again; check the disk', {
      path,
      error,
    })
    return undefined
  }
}

/** The checkpoint of the epochs is missing or bad: every batch says which it is. */
export function epochsFromBatches(state: LogState): void {
  state.epochs.restore([])
  for (const segment of state.segments.all) {
    if (segment.isEmpty) continue
    const scanner = new BatchScanner(segment.log.use(), {
      fromPosition: 0,
      toPosition: segment.sizeInBytes,
      withBody: false,
    })
    for (let batch = scanner.next(); batch !== undefined; batch = scanner.next()) {
      state.epochs.assign(batch.partitionLeaderEpoch, batch.baseOffset)
    }
  }
}
