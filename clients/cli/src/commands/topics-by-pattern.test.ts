/** Topics by pattern, and what is added to topics while somebody follows them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startOttla, type OttlaForTests } from '@ottla/testing'
import {
  run as runLine,
  type CapturedOptions,
  type CapturedTerminal,
  type Ran,
} from '../testing/captured-terminal.ts'

let ottla: OttlaForTests
before(async () => {
  ottla = await startOttla({ topics: { 'orders-a': 2, 'orders-b': 1, other: 1 } })
  for (const topic of ['orders-a', 'orders-b', 'other']) {
    await run(`produce ${topic} -p 0`, { stdin: `${topic} 1\n${topic} 2\n` })
  }
})
after(() => ottla.stop())

function run(line: string | readonly string[], options: CapturedOptions = {}): Promise<Ran> {
  return runLine(line, { ...options, env: { OTTLA_BROKERS: ottla.brokers } })
}

/** Every line that is new goes to `onLine`, which ends the command when it has seen enough. */
function follow(
  words: readonly string[],
  onLine: (line: string, terminal: CapturedTerminal) => Promise<unknown> | void,
  onNote: (text: string) => Promise<unknown> | void = () => undefined,
): Promise<Ran> {
  let seen = 0
  const failures: unknown[] = []
  const watch = (happening: Promise<unknown> | void, terminal: CapturedTerminal): void => {
    Promise.resolve(happening).catch((error: unknown) => {
      failures.push(error)
      terminal.interrupt()
    })
  }
  const soon = [...words, '-X', 'metadata.max.age.ms=20', '-f', '%t %p %v\\n']
  return run(soon, {
    onStdout: (text, terminal) => {
      const lines = text.split('\n').slice(0, -1)
      for (const line of lines.slice(seen)) watch(onLine(line, terminal), terminal)
      seen = lines.length
    },
    onStderr: (text, terminal) => {
      watch(onNote(text), terminal)
    },
  }).then((ran) => {
    assert.deepEqual(failures, [])
    return ran
  })
}

const sorted = ({ out }: Ran): string[] => out.trimEnd().split('\n').toSorted()

test('consume -r reads all topics that the pattern matches, and stops at their ends', async () => {
  const ran = await run(['consume', '-r', '^orders-', '-e', '-f', '%t %v\\n'])

  assert.equal(ran.exitCode, 0, ran.err)
  assert.deepEqual(sorted(ran), [
    'orders-a orders-a 1',
    'orders-a orders-a 2',
    'orders-b orders-b 1',
    'orders-b orders-b 2',
  ])
  const two = await run(['consume', '-r', 'a$', '^other$', '-o', '-1', '-e', '-f', '%v\\n'])
  assert.deepEqual(sorted(two), ['orders-a 2', 'other 2'])
})

test('consume -r tells a pattern that matches nothing from one that is none', async () => {
  const nothing = await run(['consume', '-r', '^nope', '-e'])
  assert.equal(nothing.exitCode, 5)
  assert.match(nothing.err, /No topic matches "\^nope"\nNext: "ottla topic list PATTERN"/)

  const broken = await run(['consume', '-r', 'a('])
  assert.equal(broken.exitCode, 2)
  assert.match(
    broken.err,
    /Cannot use "a\(" as a pattern: Unterminated group\. It is .*such as \^orders-/,
  )
  assert.equal((await run(['topic', 'list', 'a('])).exitCode, 2)

  const partition = await run(['consume', '-r', 'a', '-p', '0'])
  assert.equal(partition.exitCode, 2)
  assert.match(partition.err, /-p and -r exclude each other/)
})

test('consume -r without an end waits for topics that are made later, and reads them from their beginning', async () => {
  let isMade = false
  const makeFirst = async (): Promise<void> => {
    await ottla.topics.create('late-1')
    await run('produce late-1', { stdin: 'a\n' })
  }

  const ran = await follow(
    ['consume', '-r', '^late', '-o', 'end'],
    async (line, terminal) => {
      if (line === 'late-1 0 a') {
        await ottla.topics.create('late-2')
        await run('produce late-2', { stdin: 'b\n' })
      }
      if (line === 'late-2 0 b') await run('produce late-1', { stdin: 'c\n' })
      if (line === 'late-1 0 c') terminal.interrupt()
    },
    (note) => {
      if (isMade || !note.includes('waiting')) return
      isMade = true
      return makeFirst()
    },
  )

  assert.equal(ran.exitCode, 130)
  assert.match(ran.err, /^No topic matches "\^late" yet: waiting for one\n/)
  assert.equal(ran.out, 'late-1 0 a\nlate-2 0 b\nlate-1 0 c\n')
})

test('tail of a topic takes in partitions that are added to it', async () => {
  await ottla.topics.create('grows')
  await run('produce grows', { stdin: 'a\n' })

  const ran = await follow(['tail', 'grows'], async (line, terminal) => {
    if (line === 'grows 0 a') {
      await run('topic add-partitions grows --to 2')
      await run('produce grows -p 1', { stdin: 'b\n' })
    }
    if (line === 'grows 1 b') await run('produce grows -p 0', { stdin: 'c\n' })
    if (line === 'grows 0 c') terminal.interrupt()
  })

  assert.equal(ran.exitCode, 130)
  assert.equal(ran.out, 'grows 0 a\ngrows 1 b\ngrows 0 c\n')
})

test('consume -r as a member of a group reads what matches, and commits it', async () => {
  const read = async (): Promise<Ran> =>
    run(['consume', '-r', '^orders-', '-g', 'by-pattern', '-n', '4', '-f', '%v\\n'])

  assert.deepEqual(sorted(await read()), ['orders-a 1', 'orders-a 2', 'orders-b 1', 'orders-b 2'])
  const lag = JSON.parse((await run('group lag by-pattern --json')).out) as { totalLag: number }
  assert.equal(lag.totalLag, 0)
})
