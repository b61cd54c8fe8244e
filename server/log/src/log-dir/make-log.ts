/**
 * The directory of a new log with what has to be in it: the topic's id and an empty segment.
 *
 * Nothing waits for the device here. The first flush of the log syncs its directory and the one above,
 * and a crash before that leaves a log without records, or none, which says the same.
 */
import {
  encodePartitionMetadata,
  PARTITION_METADATA_FILE,
} from '../checkpoint/partition-metadata.ts'
import { writeFile } from '../checkpoint/replace-file.ts'
import type { LogResources, LogState } from '../log-state.ts'
import type { NewLog } from '../log-manager-options.ts'
import { createFirstSegment, newLogState } from '../recovery/new-log-state.ts'
import { logFailure } from '../storage-error.ts'
import type { LogDir } from './log-dir.ts'
import type { LogTable } from './log-table.ts'
import { directoryName } from './partition-directory.ts'
import { removeDirectory } from './remove-directory.ts'

export interface MakeLogParts {
  readonly resources: LogResources
  readonly table: LogTable
  readonly dir: LogDir
}

/** Throws a StorageError, and leaves nothing half made then. */
export function makeLog({ resources, table, dir }: MakeLogParts, newLog: NewLog): LogState {
  const { disk } = resources
  const name = directoryName(newLog)
  const path = `${dir.path}/${name}`
  const isNew = !disk.exists(path)
  try {
    if (dir.hasRecoveryPoint(name)) dir.writeCheckpoints(table.checkpointsOf(dir))
    disk.makeDirectory(path)
    writeFile(disk, `${path}/${PARTITION_METADATA_FILE}`, encodePartitionMetadata(newLog.topicId))
    const state = newLogState({ ...newLog, resources, path, space: dir.ballast })
    createFirstSegment(state, 0)
    state.isParentUnsynced = true
    return state
  } catch (error) {
    if (isNew) removeHalfMade(resources, path)
    throw logFailure('create', path, { cause: error, advice: 'check the disk' })
  }
}

function removeHalfMade({ disk, logger }: LogResources, path: string): void {
  try {
    if (disk.exists(path)) removeDirectory(disk, path)
  } catch (error) {
    logger.warn('Cannot remove a log that was made in part', { path, error })
  }
}
