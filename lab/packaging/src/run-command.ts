/** A command to its end; whatever it says is in the error if it fails. */
import { spawn } from 'node:child_process'

export interface CommandOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
  /** Two minutes by default: long for a registry on a bad day, short against a test that hangs. */
  readonly timeoutMs?: number
  /** What of its output the error shows; all of it by default. */
  readonly shownOf?: (output: string) => string
}

const COMMAND_TIMEOUT_MS = 120_000

export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = process.env, timeoutMs = COMMAND_TIMEOUT_MS, shownOf }: CommandOptions,
): Promise<string> {
  const child = spawn(command, args, { cwd, env, timeout: timeoutMs })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (exitCode === 0) return stdout
  const said = shownOf?.(stdout) ?? stdout
  throw new Error(`${command} ${args.join(' ')} ended with ${String(exitCode)}:\n${said}${stderr}`)
}
