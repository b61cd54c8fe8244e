/** Runs a program to its end, with a bound on time and on what it may say. */
import { spawn } from 'node:child_process'

export interface RunOptions {
  readonly input?: string | Uint8Array
  readonly timeoutMs?: number
  readonly directory?: string
}

export interface RunResult {
  /** -1 when a signal ended it. */
  readonly exitCode: number
  readonly stdout: Buffer
  readonly stderr: string
}

const OUTPUT_BYTES_MAX = 256 << 20
const STDERR_SHOWN_CHARS = 1_500

export function runProgram(
  command: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const [program = '', ...args] = command
  const timeoutMs = options.timeoutMs ?? 60_000
  const child = spawn(program, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.directory === undefined ? {} : { cwd: options.directory }),
  })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  let heardBytes = 0
  const hear = (into: Buffer[]) => (chunk: Buffer) => {
    heardBytes += chunk.length
    if (heardBytes > OUTPUT_BYTES_MAX) child.kill('SIGKILL')
    else into.push(chunk)
  }
  child.stdout.on('data', hear(stdout))
  child.stderr.on('data', hear(stderr))
  // A program that ends before it has read its input closes the pipe; its exit code says enough.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const impatience = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      clearTimeout(impatience)
      reject(new Error(`Cannot run ${program}: is it installed?`, { cause: error }))
    })
    child.on('close', (exitCode) => {
      clearTimeout(impatience)
      resolve({
        exitCode: exitCode ?? -1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString(),
      })
    })
  })
}

/** The same, when anything but exit code 0 is a failure. */
export async function runToSuccess(
  command: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const result = await runProgram(command, options)
  if (result.exitCode !== 0) throw new Error(describeFailure(command, result))
  return result.stdout.toString()
}

export function describeFailure(command: readonly string[], result: RunResult): string {
  const said = (result.stderr.trim() || result.stdout.toString().trim()).slice(-STDERR_SHOWN_CHARS)
  return `"${command.slice(0, 4).join(' ')} …" ended with ${result.exitCode}: ${said}`
}
