/**
 * The tutorial, typed as it stands by someone who has an empty folder and the packages. What a page installs
 * are the tarballs; the port is one that is free, since 9092 may not be.
 */
import assert from 'node:assert/strict'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { programsOf } from '@ottla/lab-client'
import { nodeVersions } from './node-versions.ts'
import { packInto, ROOT } from './packed.ts'
import { Project } from './project.ts'
import { StartedBroker } from './started-broker.ts'

const DEV = ['ottla', 'dev', '--port', '0', '--json']
const BROKERS_OF_PAGES = 'localhost:9092'

const directory = mkdtempSync(join(tmpdir(), 'ottla-new-user-'))
after(() => {
  rmSync(directory, { recursive: true, force: true })
})

const [node = assert.fail('no Node')] = await nodeVersions()
const project = new Project(join(directory, 'empty'), node)
before(async () => {
  const { tarballs } = await packInto(join(directory, 'packed'))
  await project.install(...tarballs)
})

async function type(source: string, brokers: string): Promise<string> {
  writeFileSync(join(project.directory, 'typed.ts'), source.replaceAll(BROKERS_OF_PAGES, brokers))
  return await project.run('node', 'typed.ts')
}

for (const page of globSync('docs/tutorial/[0-9]*.md', { cwd: ROOT }).toSorted()) {
  const programs = programsOf(readFileSync(join(ROOT, page), 'utf8'))
  if (programs.length === 0) continue
  test(`${basename(page)} works as it stands`, async () => {
    await using broker = await StartedBroker.start(project, 'npx', DEV)
    for (const { source, output } of programs) {
      const said = await type(source, broker.brokers)
      if (output !== undefined) assert.equal(said, output)
    }
  })
}

test('the commands of the first page show what its programs sent', async () => {
  await using broker = await StartedBroker.start(project, 'npx', DEV)
  const at = ['-b', broker.brokers]
  const page = readFileSync(join(ROOT, 'docs/tutorial/1-first-message.md'), 'utf8')
  for (const { source } of programsOf(page)) await type(source, broker.brokers)

  assert.match(await project.run('npx', 'ottla', 'topic', 'list', ...at), /^greetings\s/m)
  const consume = ['ottla', 'consume', 'greetings', '-o', 'start', '-n', '1', ...at]
  assert.match(await project.run('npx', ...consume), /Hello, Kafka!/)
})
