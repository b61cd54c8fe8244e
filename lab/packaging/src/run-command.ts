/** A command to its end; whatever it says is in the error if it fails. */
import { spawn } from 'node:child_process'

export interface CommandOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

/** Long for a registry on a bad day, short against a test that hangs. */
const COMMAND_TIMEOUT_MS = 120_000

export async function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = process.env }: CommandOptions,
): Promise<string> {
  const child = spawn(command, args, { cwd, env, timeout: COMMAND_TIMEOUT_MS })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (exitCode === 0) return stdout
  throw new Error(
    `${command} ${args.join(' ')} ended with ${String(exitCode)}:\n${stdout}${stderr}`,
  )
}
