/** Builds and installs the client programs: one Go binary, one npm install, one Python environment. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ProgramCommand } from '../clients/contract-client.ts'
import { runToSuccess } from '../processes/run-program.ts'
import { CACHE, GO_PROGRAMS, NODE_PROGRAMS, PYTHON_PROGRAMS } from './locations.ts'
import { oncePerContent } from './once-per-content.ts'

const TIMEOUT_MS = 600_000

export async function goClient(client: string, module: string): Promise<ProgramCommand> {
  const binary = join(CACHE, 'go-clients')
  const sources = readdirSync(GO_PROGRAMS).map((name) => join(GO_PROGRAMS, name))
  await oncePerContent('go', sources, binary, async () => {
    await runToSuccess(['go', 'build', '-o', binary, '.'], {
      directory: GO_PROGRAMS,
      timeoutMs: TIMEOUT_MS,
    })
  })
  const version = versionIn(join(GO_PROGRAMS, 'go.mod'), `${module} v`)
  return { command: [binary, client], version }
}

export async function nodeClient(file: string, dependency: string): Promise<ProgramCommand> {
  await prepareNode()
  const version = versionIn(join(NODE_PROGRAMS, 'package.json'), `"${dependency}": "`)
  return { command: nodeProgram(file), version }
}

export function nodeProgram(file: string): readonly string[] {
  // KafkaJS gives setTimeout negative numbers, about which Node warns.
  return [process.execPath, '--disable-warning=TimeoutNegativeWarning', join(NODE_PROGRAMS, file)]
}

export function prepareNode(): Promise<void> {
  return installPackages('node', NODE_PROGRAMS)
}

export function installPackages(name: string, directory: string): Promise<void> {
  const files = ['package.json', 'package-lock.json'].map((file) => join(directory, file))
  return oncePerContent(name, files, join(directory, 'node_modules'), async () => {
    // Not part of the workspaces around it; and the npm of an older Node judges engines by that Node.
    const options = ['--workspaces=false', '--no-audit', '--no-fund', '--engine-strict=false']
    await runToSuccess(['npm', 'ci', '--loglevel=error', ...options], {
      directory,
      timeoutMs: TIMEOUT_MS,
    })
  })
}

export async function pythonClient(file: string, dependency: string): Promise<ProgramCommand> {
  const environment = join(CACHE, 'python')
  const python = join(environment, 'bin', 'python')
  const requirements = join(PYTHON_PROGRAMS, 'requirements.txt')
  await oncePerContent('python', [requirements], python, async () => {
    if (!existsSync(python)) await runToSuccess(['python3', '-m', 'venv', environment])
    await runToSuccess([python, '-m', 'pip', 'install', '--quiet', '--requirement', requirements], {
      timeoutMs: TIMEOUT_MS,
    })
  })
  const version = versionIn(requirements, `${dependency}==`)
  return { command: [python, join(PYTHON_PROGRAMS, file)], version }
}

/** What stands after `marker` in a file that pins versions. */
function versionIn(file: string, marker: string): string {
  const [, rest = ''] = readFileSync(file, 'utf8').split(marker)
  return /^[\w.-]+/.exec(rest)?.[0] ?? 'unknown'
}
