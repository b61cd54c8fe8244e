/**
 * Does to a log what a broken broker would do, so that a run shows that it notices: the newest segment of
 * one partition of the workload loses its last bytes.
 */
import { existsSync, readdirSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { TOPICS } from './workload/producers.ts'

/** More than can be under way without an answer: four producers with five batches of some kilobytes. */
const CUT_BYTES = 100_000

/** Returns what was done; undefined while there is nothing worth cutting. */
export function cutAcknowledgedBytes(logDirectory: string): string | undefined {
  const partition = join(logDirectory, `${TOPICS[0]}-0`)
  if (!existsSync(partition)) return undefined
  const segment = readdirSync(partition)
    .filter((name) => name.endsWith('.log'))
    .toSorted()
    .at(-1)
  if (segment === undefined) return undefined
  const path = join(partition, segment)
  const { size } = statSync(path)
  if (size < 2 * CUT_BYTES) return undefined
  truncateSync(path, size - CUT_BYTES)
  return `cut ${CUT_BYTES} bytes off ${segment} of ${TOPICS[0]}-0`
}
