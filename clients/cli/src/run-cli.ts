/**
 * One run of the command on any terminal: parse, load the code of that one command, run it, and turn
 * whatever it throws into a text and an exit code. Nothing is thrown from here.
 */
import { COMMAND_TABLE } from './command-table/command-table.ts'
import { CommandFailure } from './failure/command-failure.ts'
import { EXIT } from './failure/exit-code.ts'
import { parseCommandLine, type ParsedLine } from './parse/parse-command-line.ts'
import { renderHelp } from './parse/render-help.ts'
import { UsageError } from './parse/usage-error.ts'
import { Interrupted, note, ReaderGone, type Terminal } from './terminal/terminal.ts'
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
    return await fail(error, terminal)
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
      return (await run({ ...line, terminal })) ?? (await endOf(terminal))
    }
  }
}

/** Of a command that was asked to stop and did so in good order, and of one that could not write. */
async function endOf(terminal: Terminal): Promise<number> {
  const { aborted, reason } = terminal.signal
  if (!aborted || reason instanceof ReaderGone) return EXIT.done
  return reason instanceof Interrupted ? EXIT.interrupted : await tell(reason, terminal)
}

/** Of a command that was done before it was known that its output cannot be written. */
export async function lateFailure(terminal: Terminal): Promise<number> {
  const reason: unknown = terminal.signal.reason
  return reason instanceof CommandFailure ? await tell(reason, terminal) : EXIT.done
}

async function fail(error: unknown, terminal: Terminal): Promise<number> {
  if (terminal.signal.aborted && !(error instanceof UsageError)) return await endOf(terminal)
  if (error instanceof UsageError) {
    note(terminal, `ottla: ${error.message}`)
    return EXIT.usage
  }
  return await tell(error, terminal)
}

async function tell(error: unknown, terminal: Terminal): Promise<number> {
  const { explainError } = await import('./failure/explain-error.ts')
  const { text, exitCode } = explainError(error, {
    isVerbose: terminal.env['OTTLA_DEBUG'] === '1',
  })
  note(terminal, text)
  return exitCode
}
