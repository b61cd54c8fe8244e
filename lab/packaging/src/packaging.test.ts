/**
 * What is published does what it promises at the place of a stranger: it installs without running anything,
 * starts fast, has types, and reaches a first message. Servers listen on loopback.
 */
import assert from 'node:assert/strict'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { nodeVersions, type NodeVersion } from './node-versions.ts'
import { packInto, ROOT, type PublishedPackageJson } from './packed.ts'
import { Project } from './project.ts'
import { startTimes, type StartTimes } from './start-times.ts'
import { StartedBroker } from './started-broker.ts'

/**
 * As ratios to a start of the same Node that does nothing, in the same run, so that a slow or busy machine
 * is not what is judged. Where that start takes 25 ms these are 60 ms for the import, which is the goal, and
 * 75 for the help, of which 150 is. Found were 1.0 to 1.4 and 1.4 to 1.8, idle and with six and twelve
 * programs beside it on two cores; unbundled, the import takes eight starts and more.
 */
const IMPORT_STARTS_MAX = 2.4
const HELP_STARTS_MAX = 3
const FIRST_MESSAGE_MS_MAX = 10_000
/** Codecs and checksum; each brings the binary of the platform as an optional package. */
/** What checks and codecs need; the command reads YAML as well. */
const DEPENDENCIES = ['@node-rs/crc32', 'lz4-napi', 'snappy']
const DEPENDENCIES_OF: Readonly<Record<string, readonly string[]>> = {
  '@ottla/cli': [...DEPENDENCIES, 'yaml'],
}
const INSTALLED =
  /^(?:@ottla\/(?:cli|client|testing)|(?:@[^/]+\/)?(?:crc32|lz4-napi|snappy)(?:-.+)?|yaml)$/
const RUN_ON_INSTALL = ['preinstall', 'install', 'postinstall']
const OTTLA = join('node_modules', '.bin', 'ottla')
const DEV = ['ottla', 'dev', '--port', '0', '--json']
const LISTENERS = 'listeners=PLAINTEXT://127.0.0.1:0'
/** What docker/run starts. */
const CONTAINER = 'node_modules/@ottla/cli/dist/container.js'

const directory = mkdtempSync(join(tmpdir(), 'ottla-packaging-'))
after(() => {
  rmSync(directory, { recursive: true, force: true })
})

const nodes = await nodeVersions()
const packed = await packInto(join(directory, 'packed'))
const projects = new Map<NodeVersion, Promise<Project>>()
const measured = new Map<NodeVersion, Promise<StartTimes>>()

/** One project a Node, with all that is published in it. */
function projectOn(node: NodeVersion): Promise<Project> {
  const known = projects.get(node) ?? install(node)
  projects.set(node, known)
  return known
}

async function install(node: NodeVersion): Promise<Project> {
  const project = new Project(join(directory, node.name.replaceAll(/\W/g, '-')), node)
  await project.install(...packed.tarballs)
  return project
}

/** Measured once, for both tests that judge them. */
function startTimesOn(node: NodeVersion): Promise<StartTimes> {
  const measure = async (): Promise<StartTimes> =>
    await startTimes(await projectOn(node), { ottla: OTTLA, expected: /ottla dev/ })
  const known = measured.get(node) ?? measure()
  measured.set(node, known)
  return known
}

test('client, testing and cli are published, and nothing else', (t) => {
  for (const line of packed.report.trim().split('\n')) t.diagnostic(line.split('/').at(-1) ?? '')

  const names = [...packed.packages.keys()].toSorted()
  assert.deepEqual(names, ['@ottla/cli', '@ottla/client', '@ottla/testing'])
})

for (const [name, { directory: folder, files, json }] of packed.packages) {
  test(`${name}: package.json says what is there, and runs nothing`, () => {
    assert.equal(json.license, 'Apache-2.0')
    assert.deepEqual(json.engines, { node: '>=24' })
    assert.deepEqual(Object.keys(json.dependencies), DEPENDENCIES_OF[name] ?? DEPENDENCIES)
    assert.equal(json.scripts, undefined)
    const doors = Object.values(json.exports).flatMap((door) =>
      typeof door === 'string' ? [door] : Object.values(door),
    )
    for (const path of [...doors, ...Object.values(json.bin ?? {})]) {
      assert.ok(existsSync(join(folder, path)), `${path} is missing`)
    }
    const root = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    ) as Partial<PublishedPackageJson>
    assert.equal(json.repository?.url, root.repository?.url)
  })

  test(`${name}: holds code, types, licence and its own README, and no tests`, () => {
    const unexpected = files.filter(
      (path) =>
        !/^(?:dist\/.+\.js|types\/.+\.d\.ts|package\.json|README\.md|LICENSE)$/.test(path) ||
        /\.(?:test|bench|contract)\.|\/[^/]+\/(?:.+\/)?testing\//.test(
          path.replace('types/testing/', ''),
        ),
    )

    assert.deepEqual(unexpected, [])
    assert.match(readFileSync(join(folder, 'LICENSE'), 'utf8'), /Apache License/)
    assert.ok(readFileSync(join(folder, 'README.md'), 'utf8').startsWith(`# ${name}\n`))
  })

  test(`${name}: names no place of the machine that made it`, () => {
    const places = [ROOT, directory, homedir(), 'file:///']
    const found = files.flatMap((path) => {
      const text = readFileSync(join(folder, path), 'utf8')
      return places.filter((place) => text.includes(place)).map((place) => `${path}: ${place}`)
    })

    assert.deepEqual(found, [])
  })
}

for (const node of nodes) {
  test(`${node.name}: installs with scripts refused, and nothing has one or comes along`, async () => {
    const project = await projectOn(node)
    const paths = globSync('node_modules/{*,@*/*}/package.json', { cwd: project.directory })
    const installed = paths.map(
      (path) =>
        JSON.parse(readFileSync(join(project.directory, path), 'utf8')) as PublishedPackageJson,
    )

    const strangers = installed.filter(({ name }) => !INSTALLED.test(name))
    assert.deepEqual(strangers, [])
    const running = installed.filter(({ scripts = {} }) =>
      RUN_ON_INSTALL.some((moment) => moment in scripts),
    )
    assert.deepEqual(running, [])
  })

  test(`${node.name}: import '@ottla/client' takes under ${IMPORT_STARTS_MAX} starts of Node`, async (t) => {
    const { importMs, bareMs, importStarts } = await startTimesOn(node)

    t.diagnostic(`${importMs.toFixed(1)} ms; Node alone starts in ${bareMs.toFixed(1)} ms`)
    assert.ok(importStarts < IMPORT_STARTS_MAX, `${importStarts.toFixed(2)} starts of Node`)
  })

  test(`${node.name}: ottla --help takes under ${HELP_STARTS_MAX} starts of Node`, async (t) => {
    const { helpMs, bareMs, helpStarts } = await startTimesOn(node)

    t.diagnostic(`${helpMs.toFixed(1)} ms; Node alone starts in ${bareMs.toFixed(1)} ms`)
    assert.ok(helpStarts < HELP_STARTS_MAX, `${helpStarts.toFixed(2)} starts of Node`)
  })

  test(`${node.name}: npx ottla dev reaches its first message in under 10 s, cold`, async (t) => {
    const project = await projectOn(node)
    const startedMs = performance.now()
    await using broker = await StartedBroker.start(project, 'npx', DEV)
    const said = await project.runProgram('first-message.ts', broker.brokers)
    const firstMessageMs = performance.now() - startedMs

    t.diagnostic(`${firstMessageMs.toFixed(0)} ms`)
    assert.equal(said, 'anna: Hello, Kafka!\n')
    assert.ok(firstMessageMs < FIRST_MESSAGE_MS_MAX, `${firstMessageMs} ms`)
  })

  test(`${node.name}: every codec works on the embedded broker`, async () => {
    const project = await projectOn(node)

    assert.equal(await project.runProgram('every-codec.ts'), 'gzip snap lz4l zstd\n')
  })

  test(`${node.name}: ottla broker start keeps what it is told`, async () => {
    const project = await projectOn(node)
    const settings = [`log.dirs=${join(project.directory, 'kept')}`, LISTENERS]
    const args = ['broker', 'start', '--json', ...settings.flatMap((text) => ['--set', text])]
    await using broker = await StartedBroker.start(project, OTTLA, args)

    const said = await project.runProgram('first-message.ts', broker.brokers)
    assert.equal(said, 'anna: Hello, Kafka!\n')
    assert.ok(existsSync(join(project.directory, 'kept', 'greetings-0')))
  })

  test(`${node.name}: the container's entry reads the environment of Apache's image`, async () => {
    const project = await projectOn(node)
    const environment = {
      KAFKA_LOG_DIRS: join(project.directory, 'container'),
      KAFKA_LISTENERS: 'PLAINTEXT://127.0.0.1:0',
    }
    await using broker = await StartedBroker.start(project, 'node', [CONTAINER], environment)

    const said = await project.runProgram('first-message.ts', broker.brokers)
    assert.equal(said, 'anna: Hello, Kafka!\n')
    assert.ok(existsSync(join(project.directory, 'container', 'greetings-0')))
  })
}

test('with nothing installed, npx fetches ottla and reaches its first message in under 10 s', async (t) => {
  const [node = assert.fail('no Node')] = nodes
  const project = await projectOn(node)
  const empty = new Project(join(directory, 'nothing-installed'), node)
  const tarball = packed.tarballs.find((path) => path.includes('ottla-cli'))
  const cache = `--cache=${join(empty.directory, 'npm-cache')}`
  const startedMs = performance.now()
  const npx = [cache, '--yes', `--package=${String(tarball)}`, ...DEV]
  await using broker = await StartedBroker.start(empty, 'npx', npx)
  await project.runProgram('first-message.ts', broker.brokers)
  const firstMessageMs = performance.now() - startedMs

  t.diagnostic(`${firstMessageMs.toFixed(0)} ms, the codecs' download with it`)
  assert.ok(firstMessageMs < FIRST_MESSAGE_MS_MAX, `${firstMessageMs} ms`)
})

test('types work in a strict project, whatever it asks of optional properties and of modules', async () => {
  const [node = assert.fail('no Node')] = nodes
  const project = await projectOn(node)
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>
  }
  const wanted = ['typescript', '@types/node'].map(
    (name) => `${name}@${String(devDependencies[name])}`,
  )
  await project.install('--save-dev', ...wanted)
  project.copyProgram('typed-use.ts')
  for (const moduleResolution of ['nodenext', 'bundler']) {
    for (const exactOptionalPropertyTypes of [true, false]) {
      const compilerOptions = {
        strict: true,
        noEmit: true,
        skipLibCheck: false,
        target: 'es2024',
        module: moduleResolution === 'bundler' ? 'preserve' : moduleResolution,
        moduleResolution,
        exactOptionalPropertyTypes,
      }
      project.write('tsconfig.json', { compilerOptions, files: ['typed-use.ts'] })
      await project.run('npx', 'tsc')
    }
  }
})
