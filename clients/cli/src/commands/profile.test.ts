/** Clusters by name, as a person keeps and uses them: a home of their own, a broker in this process. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { startOttla, type OttlaForTests } from '@ottla/testing'
import { run as runLine, type CapturedOptions, type Ran } from '../testing/captured-terminal.ts'

const DEAD = '127.0.0.1:1'
const root = mkdtempSync(join(tmpdir(), 'ottla-profiles-'))
let home = ''
let homeCount = 0
let ottla: OttlaForTests
before(async () => {
  ottla = await startOttla({ transport: 'tcp', topics: { orders: 1 } })
})
after(async () => {
  await ottla.stop()
  rmSync(root, { recursive: true, force: true })
})
beforeEach(() => {
  home = join(root, `${homeCount++}`)
})

const file = (): string => join(home, 'ottla', 'config.yaml')

function run(line: string | readonly string[], options: CapturedOptions = {}): Promise<Ran> {
  return runLine(line, { ...options, env: { XDG_CONFIG_HOME: home, ...options.env } })
}

async function done(line: string | readonly string[], options: CapturedOptions = {}): Promise<Ran> {
  const ran = await run(line, options)
  assert.equal(ran.exitCode, 0, ran.err)
  return ran
}

test('profile: made, listed, used, shown and forgotten', async () => {
  assert.match((await done('profile list')).err, /There are no profiles: "ottla profile create/)
  const made = await done(`profile create dev -b ${ottla.brokers}`)
  assert.match(made.err, /Profile "dev" is kept in .*config\.yaml\. It is the current one/)
  await done(`profile create prod -b ${DEAD} -X client.rack=r1 --profile-color red`)

  assert.equal((await done('topic list -o name')).out, 'orders\n')
  assert.equal((await done('profile list -o name')).out, 'dev\nprod\n')
  assert.match((await done('profile list')).out, /^PROFILE +CURRENT +BROKERS\ndev +\* .*\nprod +- /)
  assert.match((await done('profile use prod')).err, /Profile "prod" \(127\.0\.0\.1:1\) is the cur/)
  assert.equal((await run('topic list --timeout 0.2')).exitCode, 3)
  assert.equal((await done('profile show -o name')).out, 'prod\n')
  const shown = JSON.parse((await done('profile show --json')).out) as Record<string, unknown>
  assert.deepEqual(shown, {
    schema: 'ottla/profile.show/1',
    name: 'prod',
    brokers: DEAD,
    color: 'red',
    settings: [{ name: 'client.rack', value: 'r1' }],
  })

  await done('profile delete prod --yes')
  assert.equal((await run('profile show')).exitCode, 5)
  assert.equal((await done('profile list -o name')).out, 'dev\n')
})

test('brokers that are named otherwise win over the current profile, and a named profile over those', async () => {
  await done(`profile create dev -b ${ottla.brokers}`)
  await done(`profile create dead -b ${DEAD}`)
  const works = async (line: string, env: Record<string, string> = {}): Promise<boolean> =>
    (await run(`${line} --timeout 0.2`, { env })).exitCode === 0

  assert.equal(await works('topic list'), true)
  assert.equal(await works('topic list', { OTTLA_BROKERS: DEAD }), false)
  assert.equal(await works('topic list', { KAFKA_BOOTSTRAP_SERVERS: DEAD }), false)
  assert.equal(await works(`topic list -b ${DEAD}`), false)
  assert.equal(await works('topic list --profile dead'), false)
  assert.equal(await works('topic list', { OTTLA_PROFILE: 'dead' }), false)
  assert.equal(await works('topic list --profile dev', { OTTLA_BROKERS: DEAD }), true)
  assert.equal(await works('topic list --profile dev', { OTTLA_PROFILE: 'dead' }), true)
  assert.equal(await works(`topic list --profile dead -b ${ottla.brokers}`), true)
})

test('what a profile says of security goes to its own brokers only', async () => {
  // With TLS nothing can be reached that does not speak it: whether it is used shows.
  await done(`profile create secure -b ${ottla.brokers} -X security.protocol=SSL`)

  assert.equal((await run('topic list --timeout 0.5')).exitCode, 3)
  await done(`topic list -b ${ottla.brokers}`)
  await done('topic list', { env: { OTTLA_BROKERS: ottla.brokers } })
  const both = await run(`topic list --profile secure -b ${ottla.brokers} --timeout 0.5`)
  assert.equal(both.exitCode, 3)
  await done('topic list --profile secure -X security.protocol=PLAINTEXT')
})

test('a profile reads its properties file each time, and its own keys win over it', async () => {
  mkdirSync(home)
  const properties = join(home, 'client.properties')
  writeFileSync(properties, 'security.protocol=SSL\n')
  await done(`profile create a -b ${ottla.brokers} --command-config ${properties}`)
  assert.equal((await run('topic list --timeout 0.5')).exitCode, 3)

  writeFileSync(properties, 'security.protocol=PLAINTEXT\n')
  await done('topic list')
  rmSync(properties)
  const gone = await run('topic list')
  assert.equal(gone.exitCode, 2)
  assert.match(gone.err, /Cannot read ".*client\.properties": ENOENT/)
})

test('the file is for its owner alone, and secrets are not shown', async () => {
  const jaas = 'x.PlainLoginModule required username="a" password="s3cret";'
  const create = 'profile create prod -b kafka:9093 -X security.protocol=SASL_SSL'
  const login = ['-X', 'sasl.mechanism=PLAIN', '-X', `sasl.jaas.config=${jaas}`]
  await done([...create.split(' '), ...login])

  assert.match(readFileSync(file(), 'utf8'), /s3cret/)
  if (process.platform !== 'win32') {
    assert.equal(statSync(file()).mode & 0o777, 0o600)
    assert.equal(statSync(join(home, 'ottla')).mode & 0o777, 0o700)
  }
  for (const format of ['table', 'json', 'yaml', 'csv']) {
    const { out } = await done(`profile show -o ${format}`)
    assert.match(out, /sasl\.jaas\.config/)
    assert.doesNotMatch(out, /s3cret/)
  }
})

test('a question names the profile in its colour', async () => {
  await done(`profile create prod -b ${ottla.brokers} --profile-color red`)
  const asked = { isTty: true, stdin: 'n\n', env: { NO_COLOR: '' } }

  const topic = await done('topic delete orders', asked)
  const red = '\u001b[31m[prod]\u001b[39m'
  assert.ok(topic.err.startsWith(`${red} This deletes topic "orders"`), topic.err)
  const elsewhere = await done(`topic delete orders -b ${ottla.brokers}`, asked)
  assert.match(elsewhere.err, /^This deletes topic/)
  const profile = await done('profile delete prod', asked)
  assert.match(profile.err, /^This forgets profile "prod" .*Go on\?.*Nothing was changed/s)
  assert.equal((await done('profile list -o name')).out, 'prod\n')
})

test('profile: a dry run changes nothing', async () => {
  await done('profile create a -b a:1 --dry-run')
  assert.equal((await done('profile list -o name')).out, '')
  await done('profile create a -b a:1')
  await done('profile create b -b b:1')
  await done('profile use b --dry-run')
  await done('profile delete a --dry-run')
  assert.equal((await done('profile show -o name')).out, 'a\n')
})

const REFUSED: readonly [line: string, exitCode: number, expected: RegExp][] = [
  ['profile create x', 2, /Say where the cluster is: ottla profile create x --brokers/],
  ['profile create x -b a:0', 2, /Cannot read "a:0" as the address/],
  ['profile create -x -b a', 2, /no option -x/],
  ['profile create a/b -b a', 2, /Cannot use "a\/b" as the name of a profile: up to 64 letters/],
  ['profile create x -b a --profile-color pink', 2, /one of red, green, yellow, cyan/],
  ['profile create x -b a -X security.protocol=TLS', 2, /one of PLAINTEXT/],
  ['profile create x -b a --command-config /no/such', 2, /Cannot read "\/no\/such"/],
  ['profile create known -b a', 6, /There is a profile "known" already\nNext: .*--replace/],
  ['profile use knwon', 5, /There is no profile "knwon"\. Did you mean "known"\?\nNext: "ottla/],
  ['profile show nope', 5, /There is no profile "nope"/],
  ['profile delete nope --yes', 5, /There is no profile "nope"/],
  ['profile delete known', 2, /This forgets profile "known" .*--yes/],
  ['topic list --profile nope', 5, /There is no profile "nope"/],
  ['profile', 0, /^$/],
  ['profile lst', 2, /Did you mean "profile list"\?/],
]

test('profile: every mistake is told with what to do', async (t) => {
  await done('profile create known -b a:1')
  const here = home
  for (const [line, exitCode, expected] of REFUSED) {
    await t.test(line, async () => {
      home = here
      const ran = await run(line)
      assert.equal(ran.exitCode, exitCode, ran.err)
      assert.match(ran.err, expected)
    })
  }
})

test('a file of profiles that cannot be used is named with its line, by whoever needs it', async () => {
  mkdirSync(join(home, 'ottla'), { recursive: true })
  writeFileSync(file(), 'profiles:\n  a: [1]\n')

  for (const line of ['profile list', 'topic list', 'profile use a', 'profile create b -b b']) {
    const ran = await run(line)
    assert.equal(ran.exitCode, 1, line)
    assert.match(ran.err, /Cannot read the profiles in ".*config\.yaml": line 2: .*\nNext: mend/)
  }
  // Who says where the cluster is has nothing to do with it.
  await done(`topic list -b ${ottla.brokers}`)
})

test('without a home there are no profiles, and none can be kept', async () => {
  const env = { XDG_CONFIG_HOME: '', HOME: '' }

  await done(`topic list -b ${ottla.brokers}`, { env })
  assert.equal((await done('profile list -o name', { env })).out, '')
  const ran = await run('profile create a -b a', { env })
  assert.equal(ran.exitCode, 1)
  assert.match(ran.err, /there is no home directory\nNext: set HOME/)
})

test('completion offers the names of profiles', async () => {
  await done(`profile create prod -b ${ottla.brokers}`)
  await done('profile create press -b b')

  assert.equal((await done(['__complete', 'profile', 'use', 'p'])).out, 'prod\npress\n')
  assert.equal((await done(['__complete', 'topic', 'list', '--profile', 'pro'])).out, 'prod\n')
  // From the cluster of the current profile, or of the one that the line names.
  assert.equal((await done(['__complete', 'topic', 'describe', 'ord'])).out, 'orders\n')
  const named = ['__complete', 'topic', 'describe', '--profile', 'press', 'ord']
  assert.equal((await done(named)).out, '')
})
