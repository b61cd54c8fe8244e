/** The command as a process of its own: real streams, and an exit code. */
import { runCli } from './run-cli.ts'
import { processTerminal } from './terminal/process-terminal.ts'

export async function runProcess(args: readonly string[]): Promise<void> {
  const terminal = processTerminal()
  process.exitCode = await runCli(args, terminal)
  terminal.release()
  // A read of stdin that nobody wants any more would keep the process.
  process.stdin.destroy()
}
