/** `npm run bench`: Ottla and Apache Kafka side by side. */
import { writeFileSync } from 'node:fs'
import { Contestant } from './contestant.ts'
import { buildGenerator } from './generator/build-generator.ts'
import { describeMachine } from './machine.ts'
import { measureRow, type RowResult } from './measure-row.ts'
import { HELP, parseOptions, type Options } from './options.ts'
import { compare } from './report/compare.ts'
import { formatTable } from './report/format-table.ts'
import { noiseWarnings } from './report/noise.ts'
import { allRows, selectRows } from './rows/select-rows.ts'
import { makeSide } from './sides/make-side.ts'

try {
  process.exitCode = await main(parseOptions(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function main(options: Options): Promise<number> {
  if (options.help || options.list) {
    process.stdout.write(
      options.help ? HELP : allRows.map((row) => `${row.name.padEnd(24)} ${row.about}\n`).join(''),
    )
    return 0
  }
  const rows = selectRows(options.rows)
  const binary = buildGenerator()
  const [nameA, nameB] = options.sides
  const a = new Contestant(makeSide(nameA, options), 'A', options, binary)
  const b = new Contestant(makeSide(nameB, options), 'B', options, binary)
  // Interrupted, the exit handlers of the children still run.
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))

  const results: RowResult[] = []
  try {
    for (const row of rows) {
      process.stderr.write(`${row.name} …\n`)
      const result = await measureRow(row, [a, b], options)
      results.push(result)
      for (const failure of result.failures) console.error(`${row.name}: ${failure}`)
      if (options.jsonFile !== undefined) writeJson(options.jsonFile, options, results)
    }
  } finally {
    await a.stop()
    await b.stop()
  }
  const names: [string, string] = nameA === nameB ? [`${nameA} A`, `${nameB} B`] : [nameA, nameB]
  const measured = results.filter((result) => result.pairs.length > 0)
  console.log(formatTable(measured.flatMap(compare), names))
  for (const warning of noiseWarnings(results)) console.log(`Noise: ${warning}`)
  const failed = results.filter((result) => result.failures.length > 0)
  for (const { row, failures } of failed)
    for (const failure of failures) console.log(`Failed: ${row.name}: ${failure}`)
  return failed.length === 0 ? 0 : 1
}

/** Written after every row, so that an interrupted run leaves what it has. */
function writeJson(file: string, options: Options, results: readonly RowResult[]): void {
  const report = {
    machine: describeMachine(),
    sides: options.sides,
    placement: options.placement,
    scale: options.scale,
    rows: results.map((result) => ({
      name: result.row.name,
      about: result.row.about,
      failures: result.failures,
      comparisons: compare(result).map(({ metric, a, b, ratio, interval, verdict }) => ({
        metric: metric.name,
        unit: metric.unit,
        a,
        b,
        ratio,
        interval,
        verdict,
      })),
      pairs: result.pairs,
    })),
  }
  writeFileSync(file, `${JSON.stringify(report, undefined, 2)}\n`)
}
