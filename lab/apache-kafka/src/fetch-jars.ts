/**
 * Brings Apache Kafka's jars onto this machine through Maven, once, and names the class path.
 *
 * Two sets that never mix: the broker and the command line tools carry different releases of the
 * same libraries. A set's directory is named by the hash of its pom.xml, so a changed version is
 * fetched anew, and it appears under that name only when complete: several test processes may ask
 * at once, and a fetch that was cut short leaves nothing that looks whole.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireJava, requireMaven } from './require-java.ts'

export type JarSet = 'broker' | 'tools'

const home = dirname(dirname(fileURLToPath(import.meta.url)))
const FETCH_TIMEOUT_MS = 600_000

const started = new Map<JarSet, Promise<string>>()

/** The class path of a set; fetches it when this machine does not have it yet. */
export function fetchJars(jarSet: JarSet): Promise<string> {
  let classPath = started.get(jarSet)
  if (classPath === undefined) {
    classPath = fetchOnce(jarSet)
    started.set(jarSet, classPath)
    // A refusal is not remembered: what was missing may be there at the next call.
    classPath.catch(() => started.delete(jarSet))
  }
  return classPath
}

async function fetchOnce(jarSet: JarSet): Promise<string> {
  requireJava()
  const pom = join(home, jarSet, 'pom.xml')
  const hash = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12)
  const cache = join(home, '.cache')
  const directory = join(cache, `${jarSet}-${hash}`)
  if (!existsSync(directory)) {
    requireMaven()
    mkdirSync(cache, { recursive: true })
    const incoming = mkdtempSync(join(cache, `incoming-${jarSet}-`))
    try {
      await copyDependencies(pom, incoming)
      moveIntoPlace(incoming, directory)
    } finally {
      rmSync(incoming, { recursive: true, force: true })
    }
  }
  return join(directory, '*')
}

function moveIntoPlace(incoming: string, directory: string): void {
  try {
    renameSync(incoming, directory)
  } catch (error) {
    // Another process was faster: its copy is as good as this one.
    if (!existsSync(directory)) throw error
  }
}

function copyDependencies(pom: string, directory: string): Promise<void> {
  const maven = spawn(
    'mvn',
    [
      '--batch-mode',
      '--quiet',
      '--file',
      pom,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${directory}`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], timeout: FETCH_TIMEOUT_MS },
  )
  let said = ''
  maven.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  maven.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((resolve, reject) => {
    maven.on('error', reject)
    maven.on('close', (exitCode) => {
      if (exitCode === 0) resolve()
      else reject(new Error(`Cannot fetch the jars of ${pom}: Maven failed\n${said.trimEnd()}`))
    })
  })
}
