/**
 * Partitions that a checkpoint says were on the device, and whose directory was not found: somebody
 * removed it, or a disk is not mounted.
 *
 * Whether such a log is wanted is for the cluster to say. When it is made again, empty, the operator is
 * told that records are gone, once.
 */
import type { Logger } from '@ottla/base'
import type { LogDir } from './log-dir.ts'
import type { LogTable } from './log-table.ts'

export class MissingLogs {
  readonly #logger: Logger
  /** The recovery point by the name of the directory. */
  readonly #recoveryPoints = new Map<string, number>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /**
   * After the logs of `dir` were opened. `listed` is what lay in it before: a log that was deleted or
   * set aside has left its name behind, and is not missing.
   */
  note(dir: LogDir, listed: readonly string[], table: LogTable): void {
    for (const [name, recoveryPoint] of dir.recoveryPoints) {
      const isAside = listed.some((other) => other.startsWith(`${name}.`))
      if (recoveryPoint > 0 && !isAside) this.#recoveryPoints.set(name, recoveryPoint)
    }
    for (const name of this.#recoveryPoints.keys()) {
      if (table.named(name) !== undefined) this.#recoveryPoints.delete(name)
    }
  }

  /** A log of that name is about to be made at `path`. */
  warnIfBegunAnew(name: string, path: string): void {
    const recoveryPoint = this.#recoveryPoints.get(name)
    if (recoveryPoint === undefined) return
    this.#recoveryPoints.delete(name)
    this.#logger.warn(
      'Began a log anew: its directory is missing, though records were written to it. If they are wanted, stop the broker and restore the directory',
      { path, recoveryPoint },
    )
  }
}
