/**
 * Opens every partition of a log directory, one after the other, and says how far it is when that takes
 * long. Between two partitions the event loop gets its turn.
 *
 * One partition that the disk does not give must not keep the others from being served: its log is there,
 * and refuses. A bug of ours, or two directories with one partition, ends the start.
 */
import { ZERO_UUID, type Uuid } from '@ottla/base'
import {
  decodePartitionMetadata,
  PARTITION_METADATA_FILE,
} from '../checkpoint/partition-metadata.ts'
import { readWholeFile } from '../checkpoint/replace-file.ts'
import { DEFAULT_LOG_CONFIG, type LogConfig } from '../log-config.ts'
import type { LogResources, LogState } from '../log-state.ts'
import { openLog, type OpenLogOptions } from '../recovery/open-log.ts'
import { unreadableLog } from '../recovery/unreadable-log.ts'
import { isDiskError, logFailure, reasonOf, StorageError } from '../storage-error.ts'
import type { LogDir } from './log-dir.ts'
import { DELETE_SUFFIX, directoryName, parseDirectoryName } from './partition-directory.ts'
import { removeDirectory } from './remove-directory.ts'

const PROGRESS_INTERVAL_MS = 3000
const HOLD_MS_MAX = 50

export interface OpenPartitionsOptions {
  readonly configFor: (topic: string) => LogConfig | undefined
  /** Where a partition is that was opened before, in another directory. */
  readonly pathOf: (name: string) => string | undefined
}

export async function* openPartitions(
  dir: LogDir,
  resources: LogResources,
  { configFor, pathOf }: OpenPartitionsOptions,
): AsyncGenerator<LogState> {
  const { disk, clock, logger } = resources
  const partitions = []
  for (const name of disk.list(dir.path)) {
    const path = `${dir.path}/${name}`
    const partition = parseDirectoryName(name)
    if (!isDirectory(path, partition !== undefined)) continue
    if (partition !== undefined) partitions.push({ ...partition, path })
    else if (name.endsWith(DELETE_SUFFIX)) removeDeleted(path)
    else logger.warn('Cannot tell what a directory is for; it is left alone', { path })
  }
  const progress = { startedMs: clock.monotonicMs(), shownMs: clock.monotonicMs(), bytes: 0 }
  let heldSinceMs = progress.startedMs
  let count = 0
  for (const { topic, partition, path } of partitions) {
    const name = directoryName({ topic, partition })
    const otherPath = pathOf(name)
    if (otherPath !== undefined) {
      throw new StorageError(
        `Cannot open "${path}": partition ${name} is in "${otherPath}" too. Move one of them away`,
      )
    }
    yield openOne({ dir, resources, topic, partition, path, configFor }, (byteCount) => {
      progress.bytes += byteCount
      showProgress(count, partitions.length)
    })
    count++
    showProgress(count, partitions.length)
    if (clock.monotonicMs() - heldSinceMs < HOLD_MS_MAX) continue
    await new Promise<void>((resolve) => {
      clock.setImmediate(resolve)
    })
    heldSinceMs = clock.monotonicMs()
  }

  /** Of a partition that cannot be looked at: yes, for without its log a new one would be begun. */
  function isDirectory(path: string, isPartition: boolean): boolean {
    try {
      return disk.isDirectory(path)
    } catch (error) {
      if (!isDiskError(error)) throw error
      if (!isPartition) logger.warn('Cannot look at an entry of a log directory', { path, error })
      return isPartition
    }
  }

  function removeDeleted(path: string): void {
    try {
      removeDirectory(disk, path)
    } catch (error) {
      if (!isDiskError(error)) throw error
      logger.warn('Cannot remove the directory of a deleted log; remove it by hand', {
        path,
        error,
      })
    }
  }

  function showProgress(done: number, total: number): void {
    const nowMs = clock.monotonicMs()
    if (nowMs - progress.shownMs < PROGRESS_INTERVAL_MS) return
    progress.shownMs = nowMs
    logger.info('Opening the logs', {
      path: dir.path,
      done,
      total,
      checkedBytes: progress.bytes,
      seconds: Math.round((nowMs - progress.startedMs) / 1000),
    })
  }
}

interface OneLog {
  readonly dir: LogDir
  readonly resources: LogResources
  readonly topic: string
  readonly partition: number
  readonly path: string
  readonly configFor: (topic: string) => LogConfig | undefined
}

function openOne(one: OneLog, onBytes: (byteCount: number) => void): LogState {
  const { dir, resources, topic, partition, path } = one
  const name = directoryName({ topic, partition })
  const options: OpenLogOptions = {
    resources,
    topic,
    partition,
    topicId: ZERO_UUID,
    path,
    space: dir.ballast,
    config: one.configFor(topic) ?? DEFAULT_LOG_CONFIG,
    wasStoppedCleanly: dir.wasStoppedCleanly,
    isSameBoot: dir.isSameBoot,
    hadIoError: dir.ioErrors.has(name),
    recoveryPoint: dir.recoveryPoints.get(name) ?? 0,
    logStartOffset: dir.logStartOffsets.get(name) ?? 0,
    onBytes,
  }
  try {
    const topicId = readTopicId(one)
    // A second time with the room of the ballast: what was half done by the first is found again.
    return dir.withRoom(() => openLog({ ...options, topicId }))
  } catch (error) {
    if (!isDiskError(error)) {
      throw new StorageError(`Cannot open log "${path}": ${reasonOf(error)}`, { cause: error })
    }
    const advice = 'check the disk and restart the broker'
    return unreadableLog(options, logFailure('open', path, { cause: error, advice }))
  }
}

function readTopicId({ resources, path }: OneLog): Uuid {
  const metadata = readWholeFile(resources.disk, `${path}/${PARTITION_METADATA_FILE}`)
  return (metadata === undefined ? undefined : decodePartitionMetadata(metadata)) ?? ZERO_UUID
}
