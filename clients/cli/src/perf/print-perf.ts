import type { Invocation } from '../parse/invocation.ts'
import { isForPeople, outputFormat, renderListing } from '../output/print-listing.ts'
import { perfText, type PerfResult } from './perf-result.ts'
import { toYaml } from '../output/yaml.ts'

/** One result is an object, not a list of one. */
export async function printPerf(
  { options, terminal }: Pick<Invocation, 'options' | 'terminal'>,
  result: PerfResult,
): Promise<void> {
  await terminal.stdout.write(render(result, options))
}

function render(result: PerfResult, options: Invocation['options']): string {
  if (isForPeople(options)) return perfText(result)
  const format = outputFormat(options)
  if (format === 'json') return `${JSON.stringify(result, undefined, 2)}\n`
  if (format === 'yaml') return toYaml(result)
  const { schema, latencyMs, ...row } = result
  return renderListing(
    {
      schema,
      plural: 'results',
      rows: [{ ...row, ...latencyMs }],
      columns: [],
      name: ({ topic }) => topic,
    },
    format,
  )
}
