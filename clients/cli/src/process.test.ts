/** What only a process of its own shows: exit codes, signals, pipes, and what is loaded. */
import assert from 'node:assert/strict'
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startOttla, type OttlaForTests } from '@ottla/testing'

const MAIN = fileURLToPath(new URL('main.mjs', import.meta.url))

let ottla: OttlaForTests
before(async () => {
  ottla = await startOttla({ topics: { lines: 1 } })
})
after(() => ottla.stop())

function start(
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): ChildProcessWithoutNullStreams {
  const env = { ...process.env, OTTLA_BROKERS: ottla.brokers, NO_COLOR: '1' }
  return spawn(process.execPath, [...nodeArgs, MAIN, ...args], { env })
}

async function run(args: readonly string[], stdin = '', nodeArgs: readonly string[] = []) {
  const child = start(args, nodeArgs)
  child.stdin.end(stdin)
  const closed = once(child, 'close') as Promise<[number | null, string | null]>
  const [out, err, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { out, err, exitCode }
}

/** The first line that fits. */
async function lineOf(stream: Readable, expected: RegExp): Promise<string> {
  let seen = ''
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    seen += String(chunk)
    const line = seen.split('\n').find((one) => expected.test(one))
    if (line !== undefined) return line
  }
  throw new Error(`never said: ${seen}`)
}

test('the process ends with the exit code of the command, and is done when it is done', async () => {
  assert.equal((await run(['produce', 'lines'], 'a\nb\n')).exitCode, 0)
  const consumed = await run(['consume', 'lines', '-o', 'start', '-e', '-f', '%v\\n'])
  assert.deepEqual([consumed.exitCode, consumed.out], [0, 'a\nb\n'])
  assert.equal((await run(['topic', 'describe', 'nope'])).exitCode, 5)
  assert.equal((await run(['nonsense'])).exitCode, 2)
})

test('help loads neither the client nor the broker', async () => {
  const watch = `data:text/javascript,${encodeURIComponent(
    `import { registerHooks } from 'node:module'
     registerHooks({ load: (url, context, next) => { process.stderr.write(url + '\\n'); return next(url, context) } })`,
  )}`

  const { err, out, exitCode } = await run(['topic', 'create', '--help'], '', ['--import', watch])

  assert.equal(exitCode, 0)
  assert.match(out, /^Create topics\.\n\nExamples:/)
  assert.match(err, /run-cli\.ts/)
  assert.doesNotMatch(err, /\/client\/|\/broker\/|\/net\/|\/protocol\/|\/commands\/|yaml/)
})

test('a reader that goes away ends the process quietly', async () => {
  const child = start(['tail', 'lines'])
  const said = text(child.stderr)
  const closed = once(child, 'close') as Promise<[number]>
  await once(child.stdout, 'data')
  child.stdout.destroy()
  await run(['produce', 'lines', '-q'], 'c\nd\n')

  const [exitCode] = await closed

  assert.equal(exitCode, 0)
  assert.equal(await said, '')
})

test('output that cannot be written ends the command with 1, and says why', async (t) => {
  if (!existsSync('/dev/full')) {
    t.skip('needs a device that is always full')
    return
  }
  for (const args of [['--help'], ['topic', 'list'], ['consume', 'lines', '-o', 'start']]) {
    const full = openSync('/dev/full', 'w')
    const env = { ...process.env, OTTLA_BROKERS: ottla.brokers }
    const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', full, 'pipe'] })
    closeSync(full)
    assert.ok(child.stderr)
    const [said, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'close')])

    assert.equal(exitCode, 1, args.join(' '))
    assert.match(said, /^ottla: Cannot write the output: ENOSPC.*\nNext: .*\n$/)
  }
})

test('Ctrl-C ends a command that waits with 130', async () => {
  const child = start(['tail', 'lines'])
  await once(child.stdout, 'data')
  child.kill('SIGINT')

  const [exitCode, signal] = (await once(child, 'close')) as [number, string | null]

  assert.deepEqual([exitCode, signal], [130, null])
})

test('dev serves its topics on the port that it says, and Ctrl-C ends it with 0', async () => {
  const child = start(['dev', '--port', '0', '--topic', 'orders:3', '--json'])
  const { brokers } = JSON.parse(await lineOf(child.stdout, /^\{/)) as { brokers: string }

  const listed = await run(['topic', 'list', '-b', brokers, '--json'])
  child.kill('SIGINT')
  const [exitCode] = (await once(child, 'close')) as [number]

  const { topics } = JSON.parse(listed.out) as {
    topics: { name: string; partitionCount: number }[]
  }
  assert.deepEqual(
    topics.map(({ name, partitionCount }) => [name, partitionCount]),
    [['orders', 3]],
  )
  assert.equal(exitCode, 0)
})

test('dev listens on the host that it is told, and commands find it by that name', async () => {
  const child = start(['dev', '--host', 'localhost', '--port', '0', '-t', 'orders', '--json'])
  const { brokers } = JSON.parse(await lineOf(child.stdout, /^\{/)) as { brokers: string }

  const described = await run(['cluster', 'info', '-b', brokers, '--json'])
  child.kill('SIGINT')
  await once(child, 'close')

  const [, port] = /^localhost:(\d+)$/.exec(brokers) ?? []
  const { brokers: nodes } = JSON.parse(described.out) as {
    brokers: { host: string; port: number }[]
  }
  assert.deepEqual(
    nodes.map(({ host, port: of }) => [host, of]),
    [['localhost', Number(port)]],
  )
})

test('dev tells clients the address that it is told to advertise, and says where it listens', async () => {
  const advertised = ['--set', 'advertised.listeners=PLAINTEXT://kafka.test:29092']
  const child = start(['dev', '--host', '127.0.0.1', '--port', '0', '--json', ...advertised])
  const { brokers } = JSON.parse(await lineOf(child.stdout, /^\{/)) as { brokers: string }

  const described = await run(['cluster', 'info', '-b', brokers, '--json'])
  child.kill('SIGINT')
  await once(child, 'close')

  assert.match(brokers, /^127\.0\.0\.1:\d+$/)
  assert.match(described.out, /"host": "kafka\.test",\s+"port": 29092/)
})

test('dev refuses a host that it cannot listen on, and says what to do', async () => {
  const open = await run(['dev', '--host', '0.0.0.0', '--port', '0'])
  assert.equal(open.exitCode, 2)
  assert.match(open.err, /0\.0\.0\.0.*ottla\.allow\.insecure\.listener=true/)

  const everywhere = ['--set', 'ottla.allow.insecure.listener=true', '--port', '0']
  const wrong: readonly [host: string, expected: RegExp][] = [
    ['no-such-host.invalid', /Cannot listen on "no-such-host\.invalid": nobody knows .*\nNext: /],
    ['192.0.2.1', /Cannot listen on "192\.0\.2\.1": it is no address of this machine\nNext: /],
    ['0.0.0.0', /set advertised\.listeners.*\nNext: --set advertised\.listeners=PLAINTEXT:/],
    ['localhost:9092', /write --host localhost --port 9092/],
  ]
  for (const [host, expected] of wrong) {
    const refused = await run(['dev', '--host', host, ...everywhere])
    assert.equal(refused.exitCode, 2, host)
    assert.match(refused.err, expected)
  }
})

test('dev refuses a setting that no broker has, without a stack', async () => {
  const { exitCode, err } = await run(['dev', '--port', '0', '--set', 'foo=bar'])

  assert.equal(exitCode, 2)
  assert.match(err, /^ottla: Unknown configuration key "foo" in --set\nNext: --set takes the keys/)
})

test('broker start refuses a configuration as the broker program does', async () => {
  const { exitCode, err } = await run(['broker', 'start', '--set', 'log.segment.bytes=many'])

  assert.equal(exitCode, 1)
  assert.match(err, /log\.segment\.bytes/)
  assert.doesNotMatch(err, /Warning/)
})
