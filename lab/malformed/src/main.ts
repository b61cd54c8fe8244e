/** `node lab/malformed/src/main.ts --frames 1000000`: see HELP in options.ts. */
import { systemRandom } from '@ottla/base'
import { HELP, parseOptions } from './options.ts'
import { replay } from './replay.ts'
import { run } from './run.ts'
import { printSummary, summaryOf } from './summary.ts'

// The broker is ended at exit, which a signal alone would skip.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

const write = (line: string): void => void process.stderr.write(`${line}\n`)

try {
  const options = parseOptions(process.argv.slice(2), () => systemRandom.bytes(4).readUInt32BE(0))
  if (options.isHelp) process.stdout.write(HELP)
  else if (options.replayFile !== undefined) {
    if (!(await replay(options.replayFile, write))) process.exitCode = 1
  } else {
    const summary = summaryOf(await run(options, write))
    printSummary(summary, write)
    if (options.isJson) process.stdout.write(`${JSON.stringify(summary)}\n`)
    if (!summary.isPassed) process.exitCode = 1
  }
} catch (error) {
  write(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exit(1)
}
