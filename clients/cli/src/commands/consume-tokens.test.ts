/** The tokens of `-f` that come from the broker's answers, through a broker in this process. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startOttla, type OttlaForTests } from '@ottla/testing'
import { run as runLine, type Ran } from '../testing/captured-terminal.ts'

let ottla: OttlaForTests
before(async () => {
  ottla = await startOttla({ topics: { written: 1, marked: 1 } })
})
after(() => ottla.stop())

function run(words: readonly string[], stdin = ''): Promise<Ran> {
  return runLine(words, { stdin, env: { OTTLA_BROKERS: ottla.brokers } })
}

test('consume -f shows who wrote a record: id and epoch with idempotence, -1 without', async () => {
  await run(['produce', 'written', '--acks', '1'], 'plain\n')
  await run(['produce', 'written', '--acks', 'all'], 'idempotent\n')

  const { out, err } = await run(['consume', 'written', '-e', '-f', '%v %x %y\\n'])

  assert.match(out, /^plain -1 -1\nidempotent \d+ 0\n$/, err)
})

test('consume -f shows the watermarks of the partition, with and without a group', async () => {
  await run(['produce', 'marked'], '0\n1\n2\n3\n')
  assert.equal((await run(['topic', 'trim', 'marked', '--before', '1', '--yes'])).exitCode, 0)

  const lines = '1 1 4 4\n2 1 4 4\n3 1 4 4\n'
  const alone = await run(['consume', 'marked', '-o', '1:4', '-f', '%o %[ %| %]\\n'])
  const words = ['consume', 'marked', '-g', 'markers', '-n', '3', '-f', '%o %[ %| %]\\n']
  const member = await run(words)

  assert.deepEqual([alone.exitCode, alone.out], [0, lines], alone.err)
  assert.deepEqual([member.exitCode, member.out], [0, lines], member.err)
})
