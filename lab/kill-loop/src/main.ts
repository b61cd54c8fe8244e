/** `node lab/kill-loop/src/main.ts --kills 200`: see HELP in options.ts. */
import { systemRandom } from '@ottla/base'
import { HELP, parseOptions } from './options.ts'
import { run } from './run.ts'
import { printSummary } from './totals.ts'

// The brokers are ended at exit, which a signal alone would skip.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const write = (line: string): void => void process.stderr.write(`${line}\n`)

try {
  const options = parseOptions(process.argv.slice(2), () => systemRandom.bytes(4).readUInt32BE(0))
  if (options.isHelp) process.stdout.write(HELP)
  else {
    const summary = await run(options, write)
    printSummary(summary, write)
    if (options.isJson) process.stdout.write(`${JSON.stringify(summary)}\n`)
    if (summary.violationCount > 0) process.exitCode = 1
  }
} catch (error) {
  write(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
}
