/** RFC 4180, with \n as the end of a line; the first line holds the names of the fields. */
export function toCsv(rows: readonly object[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  if (names.length === 0) return ''
  const body = rows.map((row) =>
    names.map((name) => field((row as Record<string, unknown>)[name])).join(','),
  )
  return `${[names.map(field).join(','), ...body].join('\n')}\n`
}

/** Lists and objects inside a row are JSON in their field. */
function field(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
