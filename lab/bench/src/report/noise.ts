/** How quiet the machine was: what a reader must know before believing a table. */
import type { RowResult } from '../measure-row.ts'
import { median } from '../statistics.ts'

const OTHER_CPU_MAX_SHARE = 0.05
const STOLEN_MAX_SHARE = 0.01

export function noiseWarnings(results: readonly RowResult[]): readonly string[] {
  return results.flatMap(({ row, pairs }) => {
    const loads = pairs.flat().flatMap((figures) => figures.loads)
    if (loads.length === 0) return []
    const other = median(loads.map((load) => load.otherCpuShare))
    const stolen = Math.max(...loads.map((load) => load.stolenShare))
    const warnings: string[] = []
    if (other > OTHER_CPU_MAX_SHARE)
      warnings.push(`${row.name}: other programs took ${percent(other)} of this machine`)
    if (stolen > STOLEN_MAX_SHARE)
      warnings.push(`${row.name}: the host took up to ${percent(stolen)} of this machine away`)
    return warnings
  })
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}
