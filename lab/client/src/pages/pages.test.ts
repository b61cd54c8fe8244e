/** Every program that a page of the documentation shows is run as it stands, on a broker of its own page. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startOttla } from '../targets/start-target.ts'
import type { Target } from '../targets/target.ts'
import { programsOf, type PageProgram } from './programs-of.ts'

const ROOT = join(import.meta.dirname, '../../../..')
/** Below the suite, so that the programs find the packages that they import. */
const PROGRAMS = join(import.meta.dirname, '../../.cache/pages')
const PAGES = ['docs/*.md', 'docs/tutorial/*.md', 'clients/*/README.md']
const PROGRAM_TIMEOUT_MS = 60_000

/** What the pages tell the reader to start makes topics of one partition. */
const AS_SHIPPED = { 'num.partitions': 1 }

interface Outcome {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(file: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file], { timeout: PROGRAM_TIMEOUT_MS })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    child.on('error', reject)
    child.on('close', (exitCode) => {
      resolve({ exitCode, stdout, stderr })
    })
  })
}

async function check(page: string, program: PageProgram, target: Target): Promise<void> {
  mkdirSync(PROGRAMS, { recursive: true })
  const file = join(
    PROGRAMS,
    `${page.replaceAll('/', '-').slice(0, -'.md'.length)}-${program.number}.ts`,
  )
  writeFileSync(file, program.source.replaceAll('localhost:9092', target.brokers))
  const { exitCode, stdout, stderr } = await run(file)
  assert.equal(exitCode, 0, `${page}, program ${program.number}:\n${stdout}${stderr}`)
  if (program.output !== undefined) assert.equal(stdout, program.output)
}

for (const page of globSync(PAGES, { cwd: ROOT }).toSorted()) {
  const programs = programsOf(readFileSync(join(ROOT, page), 'utf8'))
  if (programs.length === 0) continue
  let target: Target | undefined
  after(() => target?.stop())
  for (const program of programs) {
    void test(`${page}: program ${program.number} does what the page says`, async () => {
      target ??= await startOttla({ properties: AS_SHIPPED })
      await check(page, program, target)
    })
  }
}
