/**
 * What a log tells its manager: that it has something to flush, that it is about to be cut, that it is
 * about to refuse appends. The last two reach the device before the log goes on.
 */
import type { Logger } from '@ottla/base'
import type { LogListener } from '../log-manager-options.ts'
import type { PartitionLog } from '../partition-log.ts'
import type { BackgroundWork } from './background-work.ts'
import type { LogTable } from './log-table.ts'
import { directoryName } from './partition-directory.ts'

export interface LogListenerParts {
  readonly table: LogTable
  readonly work: BackgroundWork
  readonly logger: Logger
}

/** A log that is being opened is not in the table yet, and one that was deleted is of no concern. */
export function logListener({ table, work, logger }: LogListenerParts): LogListener {
  return {
    onChanged(state) {
      const log = table.ofState(state)
      if (log !== undefined && !state.isClosed) work.noteChanged(log)
    },
    onTruncate(state) {
      const log = table.ofState(state)
      if (log === undefined) return
      const dir = table.directoryOf(log)
      dir.writeCheckpoints(table.checkpointsOf(dir))
    },
    onFence(state) {
      const log = table.ofState(state)
      if (log !== undefined) markIoError(log, table, logger)
    },
  }
}

/** The failure is reported in any case; without the mark the next start believes the page cache. */
function markIoError(log: PartitionLog, table: LogTable, logger: Logger): void {
  const dir = table.directoryOf(log)
  try {
    dir.withRoom(() => {
      dir.ioErrors.add(directoryName(log))
    })
  } catch (error) {
    logger.error(
      'Cannot note down that a log failed; restart the machine rather than the broker alone',
      { path: dir.path, error },
    )
  }
}
