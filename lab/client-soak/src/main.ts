/** `node lab/client-soak/src/main.ts --minutes 2`: see HELP in options.ts. */
import { HELP, parseOptions } from './options.ts'
import { soak } from './soak.ts'
import { printSummary } from './summary.ts'

// The broker is ended at exit, which a signal alone would skip.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const write = (line: string): void => void process.stderr.write(`${line}\n`)

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.isHelp) process.stdout.write(HELP)
  else {
    const summary = await soak(options, write)
    printSummary(summary, write)
    if (options.isJson) process.stdout.write(`${JSON.stringify(summary)}\n`)
    if (summary.violations.length > 0) process.exitCode = 1
  }
} catch (error) {
  write(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
}
