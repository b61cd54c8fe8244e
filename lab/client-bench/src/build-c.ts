/**
 * Compiles the C program of lab/bench into this package's .cache, under a name that carries the hash of
 * its sources. Unlike the benchmark that owns it, this one goes on without it, and installs nothing.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'

const PACKAGE = join(import.meta.dirname, '..')
const SOURCES = join(PACKAGE, '../bench/generator')
const FLAGS = ['-std=gnu11', '-O2', '-lrdkafka', '-lpthread']

/** The path of the binary. */
export function buildC(): string {
  const names = readdirSync(SOURCES).sort()
  const hash = createHash('sha256')
  for (const name of names) hash.update(readFileSync(join(SOURCES, name)))
  const cache = join(PACKAGE, '.cache')
  const binary = join(cache, `librdkafka-c-${hash.digest('hex').slice(0, 12)}`)
  if (existsSync(binary)) return binary
  mkdirSync(cache, { recursive: true })
  const incoming = `${binary}.${process.pid}`
  const programs = names.filter((name) => name.endsWith('.c'))
  const cc = spawnSync('cc', ['-o', incoming, ...programs, ...FLAGS], { cwd: SOURCES })
  if (cc.status !== 0)
    throw new Error(
      'Cannot build the C program: it needs cc and librdkafka with its header ' +
        '(Debian: apt-get install gcc libc6-dev librdkafka-dev)',
    )
  renameSync(incoming, binary)
  return binary
}
