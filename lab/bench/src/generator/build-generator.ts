/**
 * Builds the load generator from lab/bench/generator with the machine's own C compiler.
 *
 * The binary's name carries the hash of its sources, so it is built again only when they change.
 * librdkafka is what it needs: on Debian and as root it is installed here, elsewhere the message
 * says what to install.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const sourceDirectory = join(home, 'generator')
const INSTALL_TIMEOUT_MS = 300_000

/** The path of the binary. */
export function buildGenerator(): string {
  const sources = readdirSync(sourceDirectory).sort()
  const hash = createHash('sha256')
  for (const source of sources) hash.update(readFileSync(join(sourceDirectory, source)))
  const cache = join(home, '.cache')
  const binary = join(cache, `generator-${hash.digest('hex').slice(0, 12)}`)
  if (existsSync(binary)) return binary
  requireCompiler()
  requireLibrdkafka()
  mkdirSync(cache, { recursive: true })
  const incoming = `${binary}.${process.pid}`
  compile(
    sources.filter((source) => source.endsWith('.c')),
    incoming,
  )
  renameSync(incoming, binary)
  return binary
}

function compile(sources: readonly string[], binary: string): void {
  const compiler = spawnSync(
    'cc',
    ['-std=gnu11', '-O2', '-Wall', '-Wextra', '-o', binary, ...sources, '-lrdkafka', '-lpthread'],
    { cwd: sourceDirectory, encoding: 'utf8' },
  )
  if (compiler.status !== 0)
    throw new Error(`Cannot build the load generator: cc failed\n${compiler.stderr}`)
}

function requireCompiler(): void {
  if (spawnSync('cc', ['--version']).status === 0) return
  throw new Error(
    'Cannot build the load generator: no C compiler "cc" is in PATH; ' +
      'install one (Debian: apt-get install gcc libc6-dev)',
  )
}

function requireLibrdkafka(): void {
  if (hasLibrdkafka()) return
  const isRoot = process.getuid?.() === 0
  if (isRoot && spawnSync('apt-get', ['--version']).status === 0) {
    console.error('Installing librdkafka-dev for the load generator …')
    if (!aptGetInstall()) {
      run('apt-get', ['update', '--quiet'])
      aptGetInstall()
    }
    if (hasLibrdkafka()) return
  }
  throw new Error(
    'Cannot build the load generator: librdkafka and its header <librdkafka/rdkafka.h> are missing; ' +
      'install them (Debian: apt-get install librdkafka-dev; Fedora: dnf install librdkafka-devel; ' +
      'macOS: brew install librdkafka)',
  )
}

function hasLibrdkafka(): boolean {
  const probe = spawnSync('cc', ['-E', '-x', 'c', '-'], {
    input: '#include <librdkafka/rdkafka.h>\n',
  })
  return probe.status === 0
}

function aptGetInstall(): boolean {
  return run('apt-get', [
    'install',
    '--yes',
    '--quiet',
    '--no-install-recommends',
    'librdkafka-dev',
  ])
}

function run(command: string, args: readonly string[]): boolean {
  const child = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return child.status === 0
}
