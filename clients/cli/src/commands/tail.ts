import type { Invocation } from '../parse/invocation.ts'
import { readRecords } from './read-records.ts'

const LINES_DEFAULT = 10

export async function tail(invocation: Invocation): Promise<void> {
  const lines = invocation.options.integer('lines', { min: 0 }) ?? LINES_DEFAULT
  await readRecords(invocation, {
    range: { from: { at: 'beforeEnd', records: lines }, until: { at: 'never' } },
    group: undefined,
  })
}
