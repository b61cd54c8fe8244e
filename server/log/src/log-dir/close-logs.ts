/**
 * A clean stop: what was appended is written and flushed, the checkpoints say how far, and the directory
 * gets the mark that lets the next start believe all of it.
 *
 * A directory with a log that failed gets no mark: the next start looks at it as after a crash. Whatever
 * fails here is told and costs that start some time; the stop goes on.
 */
import type { Logger } from '@ottla/base'
import type { PartitionLog } from '../partition-log.ts'
import type { StorageError } from '../storage-error.ts'
import type { LogDir } from './log-dir.ts'
import type { LogTable } from './log-table.ts'

export async function closeLogs(table: LogTable, logger: Logger): Promise<void> {
  for (const log of table.all()) writeLast(log, logger)
  await flushLogs(table.all()).catch((error: unknown) => {
    logger.error('Cannot flush every log; the next start recovers', { error })
  })
  for (const dir of table.dirs) closeDirectory(dir, table, logger)
}

/** Everything written so far is on the device; throws the first StorageError. */
export async function flushLogs(logs: Iterable<PartitionLog>): Promise<void> {
  const flushes = Array.from(
    logs,
    (log) =>
      new Promise<StorageError | undefined>((resolve) => {
        if (log.failure !== undefined) resolve(log.failure)
        else log.flush(resolve)
      }),
  )
  for (const error of await Promise.all(flushes)) if (error !== undefined) throw error
}

function writeLast(log: PartitionLog, logger: Logger): void {
  try {
    log.write()
  } catch (error) {
    logger.error('Cannot write to a log while stopping', {
      topic: log.topic,
      partition: log.partition,
      error,
    })
  }
}

function closeDirectory(dir: LogDir, table: LogTable, logger: Logger): void {
  const logs = table.in(dir)
  try {
    for (const log of logs) {
      dir.withRoom(() => {
        log.close()
      })
    }
    dir.writeCheckpoints(table.checkpointsOf(dir))
    if (logs.every((log) => log.failure === undefined)) dir.markCleanShutdown()
  } catch (error) {
    logger.error('Cannot close a log directory; the next start recovers', {
      path: dir.path,
      error,
    })
  } finally {
    for (const log of logs) log.release()
    // Whoever starts next finds the room that this stop needed, as far as there is some.
    dir.ballast.makeOfWhatIsLeft()
    dir.release()
  }
}
