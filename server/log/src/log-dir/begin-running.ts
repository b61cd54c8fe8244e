/**
 * The end of a start, for one directory: its logs are open, and from here on a stop that is not a clean
 * one is a crash.
 */
import type { Logger } from '@ottla/base'
import { isDiskError } from '../storage-error.ts'
import { cannotOpen, type LogDir } from './log-dir.ts'
import type { LogTable } from './log-table.ts'

/** Throws a StorageError where the disk has no room for the mark even without the ballast. */
export function beginRunning(dir: LogDir, table: LogTable, logger: Logger): void {
  const { path, ballast, ioErrors } = dir
  try {
    dir.markRunning()
    dir.withRoom(() => {
      ioErrors.keepOnly((name) => table.named(name)?.failure !== undefined)
    })
  } catch (error) {
    throw isDiskError(error) ? cannotOpen(path, error) : error
  }
  ballast.make()
  if (!ballast.isShort) return
  logger.warn('The disk is full: records are refused until there is some room', { path })
}
