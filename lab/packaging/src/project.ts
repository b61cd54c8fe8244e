/** An empty project of a stranger, outside the repository: nothing of ours is found by walking up. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { NodeVersion } from './node-versions.ts'
import { runCommand } from './run-command.ts'

const PROGRAMS = join(import.meta.dirname, 'programs')
const INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

export class Project {
  readonly directory: string
  /** Its own folder for temporary files, so that no compile cache of an earlier run is found. */
  readonly env: NodeJS.ProcessEnv

  constructor(directory: string, node: NodeVersion) {
    this.directory = directory
    const temporary = join(directory, 'tmp')
    mkdirSync(temporary, { recursive: true })
    this.env = {
      ...environmentOfStranger(),
      TMPDIR: temporary,
      PATH: `${node.binDirectory}${delimiter}${process.env['PATH'] ?? ''}`,
    }
    this.write('package.json', { name: 'stranger', private: true, type: 'module' })
  }

  write(name: string, content: object): void {
    writeFileSync(join(this.directory, name), `${JSON.stringify(content, undefined, 2)}\n`)
  }

  async install(...wanted: readonly string[]): Promise<void> {
    await this.run('npm', ...INSTALL, ...wanted)
  }

  async run(command: string, ...args: readonly string[]): Promise<string> {
    return await runCommand(command, args, { cwd: this.directory, env: this.env })
  }

  /** Runs one of the programs beside this file. */
  async runProgram(name: string, ...args: readonly string[]): Promise<string> {
    this.copyProgram(name)
    return await this.run('node', name, ...args)
  }

  copyProgram(name: string): void {
    copyFileSync(join(PROGRAMS, name), join(this.directory, name))
  }
}

/** Without what npm and the test runner leave for their children. */
function environmentOfStranger(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(?:npm_(?:package|lifecycle|command|execpath|node)|NODE_(?!EXTRA))/i.test(name),
    ),
  )
}
