/**
 * `ottla completion`, in the shells themselves: what a person is offered who presses Tab. Needs bash, zsh
 * and fish; one that is missing fails, since a skipped shell looks like one that works.
 */
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, before, test } from 'node:test'
import { startOttla, type OttlaForTests } from '@ottla/testing'
import { ROOT } from './packed.ts'
import { completionsOf, type ShellName } from './shell-session.ts'

const SHELLS: readonly ShellName[] = ['bash', 'zsh', 'fish']
/** What is offered is judged here, not how busy this machine is. */
const PATIENCE_MS = 20_000
const DEAD = '127.0.0.1:1'
const MAIN = join(ROOT, 'clients/cli/src/main.mjs')

const directory = mkdtempSync(join(tmpdir(), 'ottla-completion-'))
const home = join(directory, 'home')
let ottla: OttlaForTests
before(async () => {
  ottla = await startOttla({ topics: { orders: 1, 'orders.dlq': 1, payments: 1 } })
  const bin = join(directory, 'bin')
  mkdirSync(bin)
  mkdirSync(home)
  writeFileSync(join(bin, 'ottla'), `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`)
  chmodSync(join(bin, 'ottla'), 0o755)
  writeFileSync(join(directory, 'client.properties'), '')
})
after(async () => {
  await ottla.stop()
  rmSync(directory, { recursive: true, force: true })
})

/** What is offered, without what it is. */
async function offered(
  shell: ShellName,
  line: string,
  { brokers = ottla.brokers, waitMs = PATIENCE_MS } = {},
): Promise<string[]> {
  const env = {
    ...process.env,
    PATH: `${join(directory, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: home,
    XDG_CONFIG_HOME: home,
    TERM: 'dumb',
    OTTLA_BROKERS: brokers,
    OTTLA_COMPLETION_MS: `${waitMs}`,
  }
  const lines = await completionsOf(shell, line, { cwd: directory, env })
  return lines.map((text) => text.split('\t')[0] ?? '').toSorted()
}

for (const shell of SHELLS) {
  test(`${shell}: commands and verbs`, async () => {
    const first = await offered(shell, 'ottla ')
    for (const word of ['dev', 'consume', 'topic', 'profile']) assert.ok(first.includes(word), word)
    assert.deepEqual(await offered(shell, 'ottla topic de'), ['delete', 'describe'])
  })

  test(`${shell}: topics of the cluster`, async () => {
    assert.deepEqual(await offered(shell, 'ottla consume ord'), ['orders', 'orders.dlq'])
    assert.deepEqual(await offered(shell, 'ottla topic describe orders pay'), ['payments'])
    const nobody = { brokers: DEAD, waitMs: 200 }
    assert.deepEqual(await offered(shell, 'ottla consume ord', nobody), [])
  })

  test(`${shell}: the cluster that the line names is the one that is asked`, async () => {
    for (const option of ['-b ', '--brokers ', '--brokers=', '-X bootstrap.servers=']) {
      const line = `ottla consume ${option}${ottla.brokers} pay`
      assert.deepEqual(await offered(shell, line, { brokers: DEAD }), ['payments'], line)
    }
  })

  test(`${shell}: options, and the values that they can have`, async () => {
    assert.deepEqual(await offered(shell, 'ottla topic create x --par'), ['--partitions'])
    assert.deepEqual(await offered(shell, 'ottla produce x -z g'), ['gzip'])
    assert.deepEqual(await offered(shell, 'ottla consume x -o st'), ['start', 'stored'])
  })

  test(`${shell}: values behind an equals sign`, async () => {
    // bash replaces what stands behind the sign, the others the whole word.
    const prefix = shell === 'bash' ? '' : '--output='
    const expected = ['json', 'jsonl'].map((word) => prefix + word)
    assert.deepEqual(await offered(shell, 'ottla topic list --output=js'), expected)
    assert.ok((await offered(shell, 'ottla topic list --output=')).includes(`${prefix}csv`))
  })

  test(`${shell}: a name with a colon in what was written before`, async () => {
    assert.deepEqual(await offered(shell, 'ottla dev --topic orders:3 --da'), ['--data'])
  })

  test(`${shell}: files where a file belongs`, async () => {
    const files = await offered(shell, 'ottla topic list --command-config cli')
    // bash finds them itself when it is told to, which is all that can be seen from here.
    assert.deepEqual(files, shell === 'bash' ? [':-o default'] : ['client.properties'])
  })

  test(`${shell}: nothing where nothing is known`, async () => {
    assert.deepEqual(await offered(shell, 'ottla nonsense '), [])
    assert.deepEqual(await offered(shell, 'ottla topic create x --partitions '), [])
  })
}
