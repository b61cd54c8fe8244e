/** The table for people. */
import type { Goal, Metric } from '../rows/row.ts'
import type { Comparison } from './compare.ts'

const COLUMNS = 8

export function formatTable(
  comparisons: readonly Comparison[],
  names: readonly [string, string],
): string {
  const lines = [
    ['row', 'metric', 'unit', names[0], names[1], 'ratio', '95 %', 'goal'],
    ...comparisons.map((comparison, index) => [
      comparisons[index - 1]?.row === comparison.row ? '' : comparison.row,
      comparison.metric.name,
      comparison.metric.unit,
      significant(comparison.a),
      significant(comparison.b),
      comparison.ratio.toFixed(2),
      `${comparison.interval.low.toFixed(2)}–${comparison.interval.high.toFixed(2)}`,
      goalText(comparison),
    ]),
  ]
  const widths = Array.from({ length: COLUMNS }, (_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  return lines
    .map((line) =>
      line
        .map((cell, column) => {
          const width = widths[column] ?? 0
          const isNumber = column >= 3 && column <= 6
          return isNumber ? cell.padStart(width) : cell.padEnd(width)
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function goalText({ metric, verdict }: Comparison): string {
  if (metric.goal === undefined) return ''
  return `${limitText(metric, metric.goal)} ${verdict}`
}

function limitText(metric: Metric, goal: Goal): string {
  const sign = metric.better === 'higher' ? '≥' : '≤'
  return goal.of === 'ratio'
    ? `${sign} ${goal.limit.toFixed(1)}`
    : `${sign} ${goal.limit} ${metric.unit}`
}

/** Three digits are what a run like this can tell. */
function significant(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toPrecision(3)
}
