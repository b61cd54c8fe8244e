/**
 * The logs of a broker and the directories that they lie in.
 *
 * A log is in the table from when it was opened or made until it is renamed away, under its name and
 * under its state; its path says which directory it lies in. Nothing here touches the disk.
 */
import type { LogState } from '../log-state.ts'
import { PartitionLog } from '../partition-log.ts'
import type { Checkpoints, LogDir } from './log-dir.ts'
import { directoryName, type TopicPartition } from './partition-directory.ts'

export class LogTable {
  readonly dirs: readonly LogDir[]
  readonly #byName = new Map<string, PartitionLog>()
  /** Asked on every write, so not by name. */
  readonly #byState = new WeakMap<LogState, PartitionLog>()

  constructor(dirs: readonly LogDir[]) {
    this.dirs = dirs
  }

  add(state: LogState): PartitionLog {
    const log = new PartitionLog(state)
    this.#byName.set(directoryName(state), log)
    this.#byState.set(state, log)
    return log
  }

  get(partition: TopicPartition): PartitionLog | undefined {
    return this.#byName.get(directoryName(partition))
  }

  named(name: string): PartitionLog | undefined {
    return this.#byName.get(name)
  }

  ofState(state: LogState): PartitionLog | undefined {
    return this.#byState.get(state)
  }

  all(): IterableIterator<PartitionLog> {
    return this.#byName.values()
  }

  /** Whoever still has it finds it by its state as before. */
  remove(log: PartitionLog): void {
    this.#byName.delete(directoryName(log))
  }

  directoryOf(log: PartitionLog): LogDir {
    const parent = log.directoryPath.slice(0, log.directoryPath.lastIndexOf('/'))
    return this.dirs.find((dir) => dir.path === parent) as LogDir
  }

  in(dir: LogDir): PartitionLog[] {
    return [...this.#byName.values()].filter((log) => this.directoryOf(log) === dir)
  }

  /** The directory with the fewest logs; the first of them where several have as few. */
  leastUsedDirectory(): LogDir {
    const counts = new Map(this.dirs.map((dir) => [dir, 0]))
    if (this.dirs.length > 1) {
      for (const log of this.#byName.values()) {
        const dir = this.directoryOf(log)
        counts.set(dir, (counts.get(dir) ?? 0) + 1)
      }
    }
    let least = this.dirs[0] as LogDir
    for (const [dir, count] of counts) if (count < (counts.get(least) ?? 0)) least = dir
    return least
  }

  checkpointsOf(dir: LogDir): Checkpoints {
    const logs = this.in(dir)
    return {
      recoveryPoints: logs.map(({ topic, partition, recoveryPoint }) => ({
        topic,
        partition,
        offset: recoveryPoint,
      })),
      logStartOffsets: logs
        .filter((log) => log.startsInsideSegment)
        .map(({ topic, partition, logStartOffset }) => ({
          topic,
          partition,
          offset: logStartOffset,
        })),
    }
  }
}
