/** The command as a process of its own: real streams, and an exit code. */
import { EXIT } from './failure/exit-code.ts'
import { lateFailure, runCli } from './run-cli.ts'
import { processTerminal } from './terminal/process-terminal.ts'

export async function runProcess(args: readonly string[]): Promise<void> {
  const terminal = processTerminal()
  const exitCode = await runCli(args, terminal)
  await terminal.flushed()
  process.exitCode = exitCode === EXIT.done ? await lateFailure(terminal) : exitCode
  terminal.release()
  // A read of stdin that nobody wants any more would keep the process.
  process.stdin.destroy()
}
