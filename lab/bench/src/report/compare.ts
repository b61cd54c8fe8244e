/** From the figures of all pairs to one line for each metric. */
import type { RowResult } from '../measure-row.ts'
import type { Metric } from '../rows/row.ts'
import { median, medianInterval, type Interval } from '../statistics.ts'

export interface Comparison {
  readonly row: string
  readonly metric: Metric
  readonly a: number
  readonly b: number
  /** The median over the pairs of A divided by B, and its 95 % interval. */
  readonly ratio: number
  readonly interval: Interval
  readonly verdict: 'met' | 'missed' | 'none'
}

export function compare(result: RowResult): readonly Comparison[] {
  return result.row.metrics.map((metric) => {
    const as = result.pairs.map(([a]) => a.values[metric.name] ?? NaN)
    const bs = result.pairs.map(([, b]) => b.values[metric.name] ?? NaN)
    const ratios = as.map((a, pair) => a / (bs[pair] ?? NaN)).filter(Number.isFinite)
    const a = median(as)
    const ratio = median(ratios)
    return {
      row: result.row.name,
      metric,
      a,
      b: median(bs),
      ratio,
      interval: medianInterval(ratios),
      verdict: verdictOn(metric, a, ratio),
    }
  })
}

function verdictOn(metric: Metric, a: number, ratio: number): Comparison['verdict'] {
  if (metric.goal === undefined) return 'none'
  const reached = metric.goal.of === 'ratio' ? ratio : a
  const isMet =
    metric.better === 'higher' ? reached >= metric.goal.limit : reached <= metric.goal.limit
  return isMet ? 'met' : 'missed'
}
