/** Runs one Java class to its end and hands back what it said. */
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface RunOptions {
  /** Written to stdin, which is then closed. */
  readonly input?: string | Uint8Array
  /** Default: 120,000; afterwards the process is killed. */
  readonly timeoutMs?: number
  /** For the JVM, such as `-Xmx256M`. */
  readonly jvmOptions?: readonly string[]
}

export interface RunResult {
  /** -1 when a signal ended it. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const home = dirname(dirname(fileURLToPath(import.meta.url)))

export const LOG4J_OPTION = `-Dlog4j2.configurationFile=${join(home, 'log4j2.properties')}`

/** For short commands: less of the JVM's preparation for a long life. */
export const SHORT_LIFE_OPTIONS = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', LOG4J_OPTION]

export function runJava(
  classPath: string,
  className: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const jvmOptions = options.jvmOptions ?? []
  const child = spawn(
    'java',
    [...SHORT_LIFE_OPTIONS, ...jvmOptions, '-cp', classPath, className, ...args],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? 120_000,
      killSignal: 'SIGKILL',
    },
  )
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  // A tool that ends before it has read its input closes the pipe; its exit code says enough.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exitCode) =>
      resolve({
        exitCode: exitCode ?? -1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    )
  })
}
