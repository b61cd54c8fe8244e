/**
 * Opens every partition of a log directory, one after the other, and says how far it is when that takes
 * long. Between two partitions the event loop gets its turn.
 */
import { ZERO_UUID } from '@ottla/base'
import {
  decodePartitionMetadata,
  PARTITION_METADATA_FILE,
} from '../checkpoint/partition-metadata.ts'
import { readWholeFile } from '../checkpoint/replace-file.ts'
import { DEFAULT_LOG_CONFIG, type LogConfig } from '../log-config.ts'
import type { LogResources, LogState } from '../log-state.ts'
import { openLog } from '../recovery/open-log.ts'
import { reasonOf, StorageError } from '../storage-error.ts'
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
    if (!disk.isDirectory(path)) continue
    const partition = parseDirectoryName(name)
    if (partition !== undefined) partitions.push({ ...partition, path })
    else if (name.endsWith(DELETE_SUFFIX)) removeDirectory(disk, path)
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
  const metadata = readWholeFile(resources.disk, `${path}/${PARTITION_METADATA_FILE}`)
  const topicId = metadata === undefined ? undefined : decodePartitionMetadata(metadata)
  try {
    return openLog({
      resources,
      topic,
      partition,
      topicId: topicId ?? ZERO_UUID,
      path,
      config: one.configFor(topic) ?? DEFAULT_LOG_CONFIG,
      wasStoppedCleanly: dir.wasStoppedCleanly,
      isSameBoot: dir.isSameBoot,
      recoveryPoint: dir.recoveryPoints.get(name) ?? 0,
      logStartOffset: dir.logStartOffsets.get(name) ?? 0,
      onBytes,
    })
  } catch (error) {
    throw new StorageError(`Cannot open log "${path}": ${reasonOf(error)}`, { cause: error })
  }
}
