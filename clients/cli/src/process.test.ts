/** What only a process of its own shows: exit codes, signals, pipes, and what is loaded. */
import assert from 'node:assert/strict'
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
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
  assert.doesNotMatch(err, /\/client\/|\/broker\/|\/net\/|\/protocol\/|\/commands\//)
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

test('broker start refuses a configuration as the broker program does', async () => {
  const { exitCode, err } = await run(['broker', 'start', '--set', 'log.segment.bytes=many'])

  assert.equal(exitCode, 1)
  assert.match(err, /log\.segment\.bytes/)
  assert.doesNotMatch(err, /Warning/)
})
