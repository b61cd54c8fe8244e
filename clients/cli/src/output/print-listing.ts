/** Writes a listing in the format that was asked for: data to stdout, remarks to stderr. */
import type { OptionValues } from '../parse/option-values.ts'
import type { OUTPUT_FORMATS } from '../parse/shared-options.ts'
import { paintFor } from '../terminal/colour.ts'
import { note, type Terminal } from '../terminal/terminal.ts'
import { toCsv } from './csv.ts'
import type { Listing } from './listing.ts'
import { renderTable } from './text-table.ts'
import { toYaml } from './yaml.ts'

export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

export function outputFormat(options: OptionValues): OutputFormat {
  if (options.flag('json')) return 'json'
  return (options.text('output') as OutputFormat | undefined) ?? 'table'
}

/** Whether a person reads the result, rather than a program. */
export function isForPeople(options: OptionValues): boolean {
  const format = outputFormat(options)
  return format === 'table' || format === 'wide'
}

export async function printListing<Row extends object>(
  { terminal, options }: { terminal: Terminal; options: OptionValues },
  listing: Listing<Row>,
): Promise<void> {
  const text = renderListing(listing, outputFormat(options), {
    paintTitle: (title) => paintFor(terminal.stdout, terminal, options)('dim', title),
  })
  await terminal.stdout.write(text)
  const isEmpty = listing.rows.length === 0
  if (isEmpty && listing.empty !== undefined && isForPeople(options)) note(terminal, listing.empty)
}

export function renderListing<Row extends object>(
  listing: Listing<Row>,
  format: OutputFormat,
  { paintTitle }: { readonly paintTitle?: (title: string) => string } = {},
): string {
  const { schema, plural, rows, summary = {}, name } = listing
  switch (format) {
    case 'json':
      return `${JSON.stringify({ schema, ...summary, [plural]: rows }, undefined, 2)}\n`
    case 'yaml':
      return toYaml({ schema, ...summary, [plural]: rows })
    case 'jsonl':
      return rows.map((row) => `${JSON.stringify({ schema, ...row })}\n`).join('')
    case 'csv':
      return toCsv(rows)
    case 'name':
      return rows.map((row) => `${name(row)}\n`).join('')
    case 'table':
    case 'wide':
      return renderForPeople(listing, format === 'wide', paintTitle)
  }
}

function renderForPeople<Row extends object>(
  { rows, columns, heading, footer }: Listing<Row>,
  isWide: boolean,
  paintTitle?: (title: string) => string,
): string {
  const shown = columns.filter((column) => isWide || column.isWide !== true)
  const parts = [heading === undefined ? '' : `${heading}\n`]
  if (rows.length > 0) {
    const cells = rows.map((row) => shown.map(({ value }) => value(row)))
    parts.push(renderTable(shown, cells, paintTitle))
  }
  if (footer !== undefined) parts.push(`${footer}\n`)
  return parts.filter((part) => part !== '').join('')
}
