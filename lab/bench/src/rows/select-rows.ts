/** The rows by name. */
import { consumeRows } from './consume-rows.ts'
import { latencyRows } from './latency-rows.ts'
import { produceRows } from './produce-rows.ts'
import type { Row } from './row.ts'
import { startUpRow } from './start-up-row.ts'

/** The start-up row comes first: it has the machine to itself, before the shared brokers run. */
export const allRows: readonly Row[] = [startUpRow, ...produceRows, ...consumeRows, ...latencyRows]

/** Those that a prefix names; all when none is given. */
export function selectRows(prefixes: readonly string[]): readonly Row[] {
  for (const prefix of prefixes)
    if (!allRows.some((row) => row.name.startsWith(prefix)))
      throw new Error(
        `No row is called "${prefix}"; there are ${allRows.map((row) => row.name).join(', ')}`,
      )
  if (prefixes.length === 0) return allRows
  return allRows.filter((row) => prefixes.some((prefix) => row.name.startsWith(prefix)))
}
