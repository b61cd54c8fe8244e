/** Columns as wide as their widest cell, two spaces apart, no lines: easy to read, easy to cut(1). */
import type { Cell } from './listing.ts'

export interface TableColumn {
  readonly title: string
  readonly isRight?: boolean
}

const GAP = '  '

export function renderTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly Cell[])[],
  paintTitle: (title: string) => string = (title) => title,
): string {
  const cells = rows.map((row) => row.map(cellText))
  const widths = columns.map(({ title }, index) =>
    cells.reduce((width, row) => Math.max(width, columnsOf(row[index] ?? '')), columnsOf(title)),
  )
  const line = (row: readonly string[], paint: (text: string) => string): string =>
    columns
      .map(({ isRight }, index) => {
        const text = row[index] ?? ''
        const space = ' '.repeat((widths[index] ?? 0) - columnsOf(text))
        const painted = paint(text)
        if (isRight === true) return space + painted
        return index === columns.length - 1 ? painted : painted + space
      })
      .join(GAP)
  const titles = line(
    columns.map(({ title }) => title),
    paintTitle,
  )
  const body = cells.map((row) => line(row, (text) => text))
  return `${[titles, ...body].join('\n')}\n`
}

/** A dash where there is nothing, so that columns keep their place for awk. */
function cellText(cell: Cell): string {
  if (cell === null || cell === undefined || cell === '') return '-'
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  // A control character from a broker must not move the cursor of whoever reads.
  // oxlint-disable-next-line eslint/no-control-regex
  return String(cell).replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '\u{fffd}')
}

/** Wide characters take two columns; marks that stand above others none. */
function columnsOf(text: string): number {
  let columns = 0
  for (const char of text) columns += /\p{Mark}/u.test(char) ? 0 : isWide(char) ? 2 : 1
  return columns
}

function isWide(char: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    char,
  )
}
