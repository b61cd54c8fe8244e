/**
 * One run of the command on any terminal: parse, load the code of that one command, run it, and turn
 * whatever it throws into a text and an exit code. Nothing is thrown from here.
 */
import { COMMAND_TABLE } from './command-table/command-table.ts'
import { EXIT } from './failure/exit-code.ts'
import { parseCommandLine, type ParsedLine } from './parse/parse-command-line.ts'
import { renderHelp } from './parse/render-help.ts'
import { UsageError } from './parse/usage-error.ts'
import { note, ReaderGone, type Terminal } from './terminal/terminal.ts'
import packageJson from '../package.json' with { type: 'json' }

export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    // Nobody waits for a listing of words to be parsed: the shell asks on every press of Tab.
    if (args[0] === '__complete') {
      const { printCompletions } = await import('./completion/print-completions.ts')
      return await printCompletions(args.slice(1), terminal)
    }
    return await runLine(parseCommandLine(COMMAND_TABLE, args), terminal)
  } catch (error) {
    return await fail(error, args, terminal)
  }
}

async function runLine(line: ParsedLine, terminal: Terminal): Promise<number> {
  switch (line.kind) {
    case 'help':
      await terminal.stdout.write(renderHelp(COMMAND_TABLE, line.path))
      return EXIT.done
    case 'version':
      await terminal.stdout.write(`${packageJson.version}\n`)
      return EXIT.done
    case 'command': {
      const run = await line.spec.load()
      return (await run({ ...line, terminal })) ?? endOf(terminal)
    }
  }
}

/** A command that was asked to stop and did so in good order. */
function endOf({ signal }: Terminal): number {
  if (!signal.aborted) return EXIT.done
  return signal.reason instanceof ReaderGone ? EXIT.done : EXIT.interrupted
}

async function fail(error: unknown, args: readonly string[], terminal: Terminal): Promise<number> {
  if (terminal.signal.aborted && !(error instanceof UsageError)) return endOf(terminal)
  if (error instanceof UsageError) {
    note(terminal, `ottla: ${error.message}`)
    return EXIT.usage
  }
  const { explainError } = await import('./failure/explain-error.ts')
  const { text, exitCode } = explainError(error, {
    isVerbose: terminal.env['OTTLA_DEBUG'] === '1',
    args,
  })
  note(terminal, text)
  return exitCode
}
