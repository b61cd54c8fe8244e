/**
 * Starts that cannot succeed: exit code 1, one line on stderr that says what is wrong and what to do, and
 * nothing in the data directory is touched.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { BrokerProcess, type BrokerOptions } from './broker/broker-process.ts'
import { findPort } from './broker/find-port.ts'
import { directoryListing } from './disk/directory-listing.ts'
import { SmallDisk, whyNoSmallDisk } from './disk/small-disk.ts'
import { TemporaryDirectory } from './disk/temporary-directory.ts'
import { Client } from './wire/client.ts'

const MIB = 1024 * 1024
const NOBODY = '65534'
/** Root may write everywhere, so the broker runs as somebody else. */
const AS_NOBODY =
  process.getuid?.() === 0
    ? ['setpriv', '--reuid', NOBODY, '--regid', NOBODY, '--clear-groups', '--']
    : []
const skipAsNobody = whyNotNobody()

function whyNotNobody(): string | false {
  const [program, ...args] = AS_NOBODY
  if (program === undefined) return false
  const { status } = spawnSync(program, [...args, process.execPath, '--version'])
  return status === 0 ? false : 'the broker cannot be run as another user here (setpriv)'
}

/** A directory in which a broker has run, with a topic and a record, and was stopped. */
async function usedDirectory(home: TemporaryDirectory): Promise<string> {
  const directory = home.file('data')
  await using broker = await BrokerProcess.start({ port: await findPort(), directory })
  using client = await Client.open(broker.port)
  await client.createTopic('orders')
  assert.equal((await client.produce({ topic: 'orders' }, ['record'])).error, 'NONE')
  assert.equal((await broker.stop()).code, 0)
  return directory
}

interface Refusal {
  readonly directory: string
  readonly says: readonly RegExp[]
  /** What must not change; `directory` unless given. */
  readonly watched?: string
  readonly options?: Partial<BrokerOptions>
}

async function assertRefused({ directory, says, watched = directory, options }: Refusal) {
  const before = directoryListing(watched)

  const broker = new BrokerProcess({ port: await findPort(), directory, ...options })
  const { code, output, errors } = await broker.refusal()

  assert.equal(code, 1, errors)
  assert.equal(output, '')
  assert.match(errors, /^[^\n]+\n$/, `one line is expected:\n${errors}`)
  for (const pattern of says) assert.match(errors, pattern)
  assert.deepEqual(directoryListing(watched), before)
}

/** What was refused can be used again once the reason is gone. */
async function assertUsable(directory: string): Promise<void> {
  await using broker = await BrokerProcess.start({ port: await findPort(), directory })
  using client = await Client.open(broker.port)
  assert.deepEqual(await client.readAll({ topic: 'orders' }), [{ offset: 0, value: 'record' }])
}

test('refused: a data directory that may not be written', { skip: skipAsNobody }, async () => {
  using home = new TemporaryDirectory()
  chmodSync(home.path, 0o755)
  const directory = await usedDirectory(home)
  chmodSync(directory, 0o555)

  await assertRefused({
    directory,
    says: [/Cannot open/, /data/, /permi|writ|read-?only/i],
    options: { wrapper: AS_NOBODY },
  })

  chmodSync(directory, 0o755)
  await assertUsable(directory)
})

test('refused: a data directory that cannot be made', { skip: skipAsNobody }, async () => {
  using home = new TemporaryDirectory()
  chmodSync(home.path, 0o555)

  await assertRefused({
    directory: home.file('data'),
    watched: home.path,
    says: [/Cannot open|Cannot make/, /data/, /permi|writ/i],
    options: { wrapper: AS_NOBODY },
  })

  chmodSync(home.path, 0o755)
})

test('refused: a file system that is read-only', { skip: whyNoSmallDisk() }, async () => {
  using disk = new SmallDisk(4 * MIB)
  using home = new TemporaryDirectory()
  const directory = await usedDirectory(home)
  spawnSync('cp', ['-a', directory, disk.path])
  disk.makeReadOnly()

  await assertRefused({
    directory: join(disk.path, 'data'),
    says: [/Cannot open/, /data/, /read-?only|writ/i],
  })
})

for (const name of ['', 'below/it']) {
  test(`refused: a file in the place of the data directory${name === '' ? '' : ' or above it'}`, async () => {
    using home = new TemporaryDirectory()
    writeFileSync(home.file('data'), 'a file')

    await assertRefused({
      directory: join(home.file('data'), name),
      watched: home.path,
      says: [
        /Cannot/,
        /data/,
        /not a directory|is a file|EEXIST|ENOTDIR/i,
        /choose|another|check/i,
      ],
    })
  })
}

for (const { what, change, says } of [
  {
    what: 'of another cluster',
    change: (text: string) =>
      text.replace(/^cluster\.id=.*$/m, 'cluster.id=AAAAAAAAAAAAAAAAAAAAAA'),
    says: [/cluster\.id/, /AAAAAAAAAAAAAAAAAAAAAA/, /another directory|remove/],
  },
  {
    what: 'of another broker',
    change: (text: string) => text.replace(/^node\.id=.*$/m, 'node.id=77'),
    says: [/node\.id/, /77/, /another directory|remove/],
  },
  {
    what: 'of a newer version',
    change: (text: string) => text.replace(/^version=.*$/m, 'version=2'),
    says: [/meta\.properties/, /version/, /2/],
  },
]) {
  test(`refused: a meta.properties ${what}`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home)
    const path = join(directory, 'meta.properties')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, change(text))
    assert.notEqual(change(text), text)

    await assertRefused({ directory, says })

    writeFileSync(path, text)
    await assertUsable(directory)
  })
}

test('refused: a data directory of Apache Kafka, with the cluster id of that', async () => {
  using home = new TemporaryDirectory()
  const directory = home.file('data')
  mkdirSync(join(directory, 'orders-0'), { recursive: true })
  writeFileSync(join(directory, 'orders-0', '00000000000000000000.log'), '')
  writeFileSync(
    join(directory, 'meta.properties'),
    'node.id=1\ndirectory.id=BBBBBBBBBBBBBBBBBBBBBB\nversion=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\n',
  )

  await assertRefused({ directory, says: [/cluster\.id/, /AAAAAAAAAAAAAAAAAAAAAA/] })
})

test('refused: the second of two data directories; the first is not touched', async () => {
  using home = new TemporaryDirectory()
  const directory = await usedDirectory(home)
  mkdirSync(home.file('second'))
  writeFileSync(
    join(home.file('second'), 'meta.properties'),
    'version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\nnode.id=1\n',
  )

  await assertRefused({
    directory: `${directory},${home.file('second')}`,
    watched: home.path,
    says: [/second/, /cluster\.id/],
  })

  await assertUsable(directory)
})

function editStore(directory: string, sql: string): void {
  const database = new DatabaseSync(join(directory, 'metadata.db'))
  database.exec(sql)
  database.close()
}

test('refused: a metadata.db of a newer format', async () => {
  using home = new TemporaryDirectory()
  const directory = await usedDirectory(home)
  editStore(directory, 'PRAGMA user_version = 2')

  await assertRefused({ directory, says: [/metadata\.db/, /format is 2/, /newer version/] })

  editStore(directory, 'PRAGMA user_version = 1')
  await assertUsable(directory)
})

test('refused: a metadata.db of another program', async () => {
  using home = new TemporaryDirectory()
  const directory = await usedDirectory(home)
  editStore(directory, 'PRAGMA application_id = 7')

  await assertRefused({ directory, says: [/metadata\.db/, /another program/, /choose|move/] })
})

for (const { what, damage } of [
  { what: 'is garbage', damage: () => Buffer.from('no database at all '.repeat(1000)) },
  { what: 'is cut in half', damage: (bytes: Buffer) => bytes.subarray(0, bytes.length / 2) },
  {
    what: 'has a page of garbage',
    damage: (bytes: Buffer) => Buffer.from(bytes).fill(7, 4096, 8192),
  },
]) {
  test(`refused: a metadata.db that ${what}`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home)
    // Everything from the write-ahead log into the file.
    editStore(directory, 'PRAGMA journal_mode = DELETE')
    const path = join(directory, 'metadata.db')
    const bytes = readFileSync(path)
    assert.ok(bytes.length > 8192)
    writeFileSync(path, damage(bytes))

    await assertRefused({ directory, says: [/metadata\.db/, /check|restore|backup/i] })

    writeFileSync(path, bytes)
    await assertUsable(directory)
  })
}

test('refused: a metadata.db that is a directory', async () => {
  using home = new TemporaryDirectory()
  const directory = home.file('data')
  mkdirSync(join(directory, 'metadata.db'), { recursive: true })

  await assertRefused({ directory, says: [/metadata\.db/, /check|choose|move/i] })
})

test('refused: a second broker on the same directory; the first does not notice', async () => {
  using home = new TemporaryDirectory()
  const directory = await usedDirectory(home)
  await using first = await BrokerProcess.start({ port: await findPort(), directory })
  using client = await Client.open(first.port)

  await assertRefused({
    directory,
    says: [/another process uses it|in use by process/, /stop|choose/],
  })

  assert.equal((await client.produce({ topic: 'orders' }, ['second'])).error, 'NONE')
  assert.equal((await client.readAll({ topic: 'orders' })).length, 2)
})

test('refused: a port in use; the directory is left as after a clean stop', async () => {
  using home = new TemporaryDirectory()
  const directory = await usedDirectory(home)
  const port = await findPort()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

  try {
    await assertRefused({
      directory,
      says: [
        new RegExp(`127\\.0\\.0\\.1:${port}`),
        /in use/,
        /choose another with --set listeners=/,
      ],
      options: { port },
    })
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }

  await assertUsable(directory)
})

for (const { what, moreArguments, says } of [
  {
    what: 'that is not there',
    moreArguments: ['--config', '/nowhere/server.properties'],
    says: [/configuration file/, /"\/nowhere\/server\.properties"/],
  },
  {
    what: 'that is a directory',
    moreArguments: ['--config', '/'],
    says: [/configuration file/, /"\/"/, /directory/i],
  },
]) {
  test(`refused: a configuration file ${what}`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home)

    await assertRefused({ directory, says, options: { moreArguments } })
  })
}

for (const [setting, says] of [
  ['log.segment.bytes=many', [/log\.segment\.bytes/, /many/]],
  ['num.partitions=0', [/num\.partitions/, /0/]],
  ['listeners=nonsense', [/listeners/, /nonsense/]],
  ['listeners=PLAINTEXT://0.0.0.0:24999', [/0\.0\.0\.0/, /authenti|plaintext/i]],
] as const) {
  test(`refused: ${setting}`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home)

    await assertRefused({ directory, says, options: { moreArguments: ['--set', setting] } })
  })
}

test('refused: a configuration file that may not be read', { skip: skipAsNobody }, async () => {
  using home = new TemporaryDirectory()
  using elsewhere = new TemporaryDirectory()
  chmodSync(elsewhere.path, 0o755)
  const path = elsewhere.file('server.properties')
  writeFileSync(path, 'num.partitions=3\n')
  chmodSync(path, 0o000)

  await assertRefused({
    directory: home.file('data'),
    watched: home.path,
    says: [/configuration file/, /server\.properties/, /permission/i],
    options: { wrapper: AS_NOBODY, moreArguments: ['--config', path] },
  })
})
