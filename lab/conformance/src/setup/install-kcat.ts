/** kcat comes from the machine's package manager: Debian's is asked, others are named in the refusal. */
import { runProgram, runToSuccess } from '../processes/run-program.ts'

const INSTALL_TIMEOUT_MS = 300_000

export async function installKcat(): Promise<void> {
  if (await isThere('kcat')) return
  if (!(await isThere('apt-get')) || process.getuid?.() !== 0)
    throw new Error('kcat is not installed: install it (apt-get install kcat, brew install kcat)')
  const options = { timeoutMs: INSTALL_TIMEOUT_MS }
  const install = ['apt-get', 'install', '-y', '-qq', 'kcat']
  // A fresh machine has no list of packages yet.
  if ((await runProgram(install, options)).exitCode === 0) return
  await runToSuccess(['apt-get', 'update', '-qq'], options)
  await runToSuccess(install, options)
}

async function isThere(program: string): Promise<boolean> {
  const found = await runProgram(['sh', '-c', `command -v ${program}`])
  return found.exitCode === 0
}
