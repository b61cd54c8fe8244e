/**
 * Runs one row on both sides in turn, A B A B, and keeps every figure.
 *
 * A side that fails is named with its reason and the other rows go on: a benchmark that dies at the
 * first gap shows nothing of what works.
 */
import type { Contestant } from './contestant.ts'
import type { Scale } from './options.ts'
import type { Row, RowFigures } from './rows/row.ts'

export interface RowResult {
  readonly row: Row
  /** One entry a pair, [A, B]; a pair without both sides is not here. */
  readonly pairs: readonly (readonly [RowFigures, RowFigures])[]
  readonly failures: readonly string[]
}

export async function measureRow(
  row: Row,
  contestants: readonly [Contestant, Contestant],
  options: { readonly pairs: number; readonly scale: Scale },
): Promise<RowResult> {
  const pairs: (readonly [RowFigures, RowFigures])[] = []
  const failures: string[] = []
  for (let pair = 0; pair < options.pairs && failures.length === 0; pair++) {
    const figures: RowFigures[] = []
    for (const contestant of contestants)
      try {
        figures.push(await row.run({ contestant, scale: options.scale, isVerified: pair === 0 }))
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        failures.push(`${contestant.label} (${contestant.side.name}): ${reason}`)
      }
    const [a, b] = figures
    if (a !== undefined && b !== undefined) pairs.push([a, b])
  }
  return { row, pairs, failures }
}
