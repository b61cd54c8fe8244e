/** Cells as a table for a terminal, and below it what failed and what was left out, with reasons. */
import type { Cell, Status } from './board.ts'

const DETAIL_SHOWN_LINES = 4
const MARKS: Readonly<Record<Status, string>> = { ok: 'ok', failed: 'FAIL', skipped: '–' }

export function formatTable(
  title: string,
  cells: readonly Cell[],
  notes: ReadonlyMap<string, string> = new Map(),
): string {
  const columns = [...new Set(cells.map(({ column }) => column))]
  const rows = [...new Set(cells.map(({ row }) => row))]
  const at = new Map(cells.map((cell) => [`${cell.row}\n${cell.column}`, MARKS[cell.status]]))
  const lines = [
    [title, ...columns],
    ...rows.map((row) => [
      notes.has(row) ? `${row} ${notes.get(row)}` : row,
      ...columns.map((column) => at.get(`${row}\n${column}`) ?? ''),
    ]),
  ]
  const widths = lines[0]?.map((_, index) => Math.max(...lines.map((it) => it[index]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((text, index) => text.padEnd(widths?.[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** One line per row, for rows whose columns have little in common. */
export function formatLists(title: string, cells: readonly Cell[]): string {
  const rows = [...new Set(cells.map(({ row }) => row))]
  const width = Math.max(title.length, ...rows.map(({ length }) => length))
  const lines = rows.map((row) => {
    const steps = cells
      .filter((cell) => cell.row === row)
      .map(({ column, status }) => `${column} ${MARKS[status]}`)
    return `${row.padEnd(width)}  ${steps.join(', ')}`
  })
  return [title, ...lines].join('\n')
}

/** One line per cell that failed, and one per row and reason for those that were left out. */
export function formatReasons(cells: readonly Cell[]): string {
  const failed = cells
    .filter(({ status }) => status === 'failed')
    .map(({ row, column, detail }) => `  FAIL  ${row}, ${column}: ${shorten(detail ?? '')}`)
  const skipped = new Map<string, string[]>()
  for (const { row, column, status, detail } of cells) {
    if (status !== 'skipped') continue
    const reason = `${row}\n${detail}`
    skipped.set(reason, [...(skipped.get(reason) ?? []), column])
  }
  const left = [...skipped].map(([reason, columns]) => {
    const [row, detail] = reason.split('\n')
    return `  –     ${row}, ${columns.join(' ')}: ${detail}`
  })
  return [...failed, ...left].join('\n')
}

/** A stack trace says enough in its first lines; --json keeps all of it. */
function shorten(detail: string): string {
  return detail.split('\n').slice(0, DETAIL_SHOWN_LINES).join('\n')
}

export function formatCount(cells: readonly Cell[]): string {
  const count = (status: Status): number => cells.filter((cell) => cell.status === status).length
  return `${count('ok')} passed, ${count('failed')} failed, ${count('skipped')} skipped`
}
