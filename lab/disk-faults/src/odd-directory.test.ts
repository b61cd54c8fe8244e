/** What may lie in a data directory that nobody expected, and what may be missing: the broker serves. */
import assert from 'node:assert/strict'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { BrokerProcess } from './broker/broker-process.ts'
import { findPort } from './broker/find-port.ts'
import { TemporaryDirectory } from './disk/temporary-directory.ts'
import { Client } from './wire/client.ts'

const ORDERS = { topic: 'orders', partition: 0 }
const FIRST = '00000000000000000000'
const COUNT = 8
/** Two of these fill a segment. */
const VALUE_BYTES = 400_000
const STOPS = ['SIGTERM', 'kill -9'] as const
type Stop = (typeof STOPS)[number]

const originals = new TemporaryDirectory()
after(() => originals[Symbol.dispose]())

function valueOf(index: number): string {
  return `${index}:`.padEnd(VALUE_BYTES, 'x')
}

/** The number of a value; the beginning of one that nobody wrote. */
function numberOf(value: string): number | string {
  const number = Number.parseInt(value, 10)
  return value === valueOf(number) ? number : value.slice(0, 40)
}

function firstNumbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}

async function startOn(directory: string): Promise<BrokerProcess> {
  return BrokerProcess.start({
    port: await findPort(),
    directory,
    properties: { 'log.segment.bytes': '1048576' },
  })
}

async function end(broker: BrokerProcess, stop: Stop): Promise<void> {
  if (stop === 'kill -9') await broker.kill()
  else assert.equal((await broker.stop()).code, 0)
}

/** A topic of one partition with several segments, and a committed offset; a copy for each test. */
async function usedDirectory(home: TemporaryDirectory, stop: Stop = 'SIGTERM'): Promise<string> {
  const original = originals.file(stop)
  if (!existsSync(original)) await makeUsedDirectory(original, stop)
  const directory = home.file('data')
  cpSync(original, directory, { recursive: true })
  return directory
}

async function makeUsedDirectory(directory: string, stop: Stop): Promise<void> {
  await using broker = await startOn(directory)
  using client = await Client.open(broker.port)
  await client.createTopic('orders')
  for (let i = 0; i < COUNT; i++) {
    assert.equal((await client.produce(ORDERS, [valueOf(i)])).error, 'NONE')
  }
  await client.findCoordinator('readers')
  assert.equal(await client.commitOffset('readers', ORDERS, 5), 'NONE')
  await end(broker, stop)
}

/** One life of a broker: everything is there, and new records and topics find their place. */
async function assertServedOnce(directory: string, count: number, stop: Stop): Promise<void> {
  await using broker = await startOn(directory)
  using client = await Client.open(broker.port)
  const numbers = (await client.readAll(ORDERS)).map(({ value }) => numberOf(value))
  assert.deepEqual(numbers, firstNumbers(count))
  assert.equal(await client.committedOffset('readers', ORDERS), 5)
  const { error, baseOffset } = await client.produce(ORDERS, [valueOf(count)])
  assert.deepEqual([error, baseOffset], ['NONE', count])
  const topic = `new-${count}`
  assert.equal((await client.createTopic(topic)).error, 'NONE')
  assert.equal((await client.produce({ topic }, ['record'])).error, 'NONE')
  await end(broker, stop)
}

/** The same after a restart: what was found is written down in a way that is found again. */
async function assertServed(directory: string): Promise<void> {
  await assertServedOnce(directory, COUNT, 'kill -9')
  await assertServedOnce(directory, COUNT + 1, 'SIGTERM')
}

for (const stop of STOPS) {
  test(`after ${stop}: stray files and directories are left alone`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home, stop)
    const strays = [
      'lost+found',
      '.snapshot',
      'orders',
      'orders-',
      'orders-x',
      'orders-0-future',
      'a folder with spaces',
      'remote-log-index-cache',
    ]
    for (const name of strays) {
      mkdirSync(join(directory, name))
      writeFileSync(join(directory, name, 'content'), 'kept')
    }
    const files = ['README', 'orders-1', 'cleaner-offset-checkpoint', '.DS_Store', `${FIRST}.log`]
    for (const name of files) writeFileSync(join(directory, name), 'kept')
    for (const name of ['notes.txt', 'core.123', `${FIRST}.log.backup`, 'empty', '.nfs000']) {
      writeFileSync(join(directory, 'orders-0', name), 'kept')
    }
    mkdirSync(join(directory, 'orders-0', 'a directory'))

    await assertServed(directory)

    for (const name of strays) assert.ok(existsSync(join(directory, name, 'content')), name)
    for (const name of files) assert.ok(existsSync(join(directory, name)), name)
    assert.ok(existsSync(join(directory, 'orders-0', 'notes.txt')))
    assert.ok(existsSync(join(directory, 'orders-0', `${FIRST}.log.backup`)))
  })

  test(`after ${stop}: a partition of a topic that nobody knows is kept and not served`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home, stop)
    cpSync(join(directory, 'orders-0'), join(directory, 'unknown-0'), { recursive: true })
    cpSync(join(directory, 'orders-0'), join(directory, 'orders-7'), { recursive: true })
    mkdirSync(join(directory, 'empty-0'))

    await assertServed(directory)

    assert.ok(existsSync(join(directory, 'unknown-0', `${FIRST}.log`)))
    await using broker = await startOn(directory)
    using client = await Client.open(broker.port)
    assert.equal((await client.describeTopic('unknown')).error, 'UNKNOWN_TOPIC_OR_PARTITION')
    assert.equal(
      (await client.fetch({ topic: 'orders', partition: 7 }, 0)).error,
      'UNKNOWN_TOPIC_OR_PARTITION',
    )
  })

  test(`after ${stop}: directories of deleted topics are removed`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home, stop)
    const deleted = `orders-0.${'0123456789abcdef'.repeat(2)}-delete`
    cpSync(join(directory, 'orders-0'), join(directory, deleted), { recursive: true })
    mkdirSync(join(directory, `x-1.${'f'.repeat(32)}-delete`))

    await assertServed(directory)

    const left = readdirSync(directory).filter((name) => name.endsWith('-delete'))
    assert.deepEqual(left, [])
  })

  test(`after ${stop}: a directory of a deleted topic that cannot be removed is no reason not to start`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home, stop)
    const deleted = join(directory, `orders-0.${'a'.repeat(32)}-delete`)
    mkdirSync(join(deleted, 'a directory inside', 'another'), { recursive: true })

    await assertServed(directory)
  })

  for (const suffix of ['.index', '.timeindex', '.snapshot']) {
    test(`after ${stop}: missing ${suffix} files are made again or done without`, async () => {
      using home = new TemporaryDirectory()
      const directory = await usedDirectory(home, stop)
      const names = readdirSync(join(directory, 'orders-0')).filter((name) => name.endsWith(suffix))
      assert.ok(names.length > 0)
      for (const name of names) rmSync(join(directory, 'orders-0', name))

      await assertServed(directory)
    })

    test(`after ${stop}: ${suffix} files that are empty, or garbage, are not believed`, async () => {
      using home = new TemporaryDirectory()
      const directory = await usedDirectory(home, stop)
      const names = readdirSync(join(directory, 'orders-0')).filter((name) => name.endsWith(suffix))
      names.forEach((name, index) => {
        const path = join(directory, 'orders-0', name)
        if (index % 3 === 0) truncateSync(path, 0)
        else if (index % 3 === 1) writeFileSync(path, Buffer.alloc(1234, 0xa5))
        else writeFileSync(path, Buffer.alloc(24))
      })

      await assertServed(directory)
    })
  }

  for (const name of ['leader-epoch-checkpoint', 'partition.metadata']) {
    test(`after ${stop}: a missing ${name} is done without`, async () => {
      using home = new TemporaryDirectory()
      const directory = await usedDirectory(home, stop)
      rmSync(join(directory, 'orders-0', name))

      await assertServed(directory)
    })
  }

  for (const name of [
    'recovery-point-offset-checkpoint',
    'log-start-offset-checkpoint',
    'ottla-running',
    '.lock',
    'meta.properties',
  ]) {
    test(`after ${stop}: a ${name} that is missing, empty or garbage costs nothing`, async () => {
      using home = new TemporaryDirectory()
      const directory = await usedDirectory(home, stop)
      const path = join(directory, name)

      rmSync(path, { force: true })
      await assertServedOnce(directory, COUNT, stop)
      writeFileSync(path, '')
      await assertServedOnce(directory, COUNT + 1, stop)
      if (name === 'meta.properties') return
      writeFileSync(path, '\0\xff garbage \n1\n')
      await assertServedOnce(directory, COUNT + 2, stop)
    })
  }

  test(`after ${stop}: an empty segment behind the last one is where the log goes on`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home, stop)
    const name = String(COUNT).padStart(20, '0')
    for (const suffix of ['.log', '.index', '.timeindex']) {
      writeFileSync(join(directory, 'orders-0', name + suffix), '')
    }

    await assertServed(directory)
  })

  test(`after ${stop}: what a crash leaves half done is tidied up`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home, stop)
    const leftovers = [
      `${FIRST}.log.deleted`,
      `${FIRST}.index.cleaned`,
      'leader-epoch-checkpoint.tmp',
      `${String(99).padStart(20, '0')}.index`,
      `${String(99).padStart(20, '0')}.timeindex`,
    ]
    for (const name of leftovers) writeFileSync(join(directory, 'orders-0', name), 'left over')
    writeFileSync(join(directory, 'recovery-point-offset-checkpoint.tmp'), 'half')
    writeFileSync(join(directory, '.lock.4242'), '')

    await assertServed(directory)

    for (const name of leftovers) {
      assert.equal(existsSync(join(directory, 'orders-0', name)), false, name)
    }
  })
}

test('a data directory that is a symbolic link is served', async () => {
  using home = new TemporaryDirectory()
  const directory = await usedDirectory(home)
  symlinkSync(directory, home.file('link'))

  await assertServed(home.file('link'))
})

for (const { what, leftBytes, firstMissing } of [
  { what: 'empty', leftBytes: 0, firstMissing: 2 },
  { what: 'cut inside its second batch', leftBytes: VALUE_BYTES * 1.5, firstMissing: 3 },
]) {
  test(`a sealed segment that has become ${what}: what is missing is an error, not an end without a word`, async () => {
    using home = new TemporaryDirectory()
    const directory = await usedDirectory(home)
    truncateSync(join(directory, 'orders-0', `${'2'.padStart(20, '0')}.log`), leftBytes)

    await using broker = await startOn(directory)
    using client = await Client.open(broker.port)

    for (let offset = 0; offset < firstMissing; offset++) {
      const { error, records } = await client.fetch(ORDERS, offset)
      assert.deepEqual([error, records[0]?.offset], ['NONE', offset])
    }
    for (let offset = firstMissing; offset < 4; offset++) {
      const { error, records } = await client.fetch(ORDERS, offset)
      assert.deepEqual([error, records.length], ['KAFKA_STORAGE_ERROR', 0], `at offset ${offset}`)
    }
    assert.equal((await client.createTopic('other')).error, 'NONE')
    assert.equal((await client.produce({ topic: 'other' }, ['record'])).error, 'NONE')
  })
}

test('a partition left over from a deleted topic is not taken for one of a new topic of that name', async () => {
  using home = new TemporaryDirectory()
  const directory = await usedDirectory(home)
  const copy = home.file('copy')
  cpSync(join(directory, 'orders-0'), copy, { recursive: true })
  {
    await using broker = await startOn(directory)
    using client = await Client.open(broker.port)
    assert.equal((await client.deleteTopic('orders')).error, 'NONE')
    await end(broker, 'kill -9')
  }
  // As if the broker had been killed after the deletion was durable and before the rename.
  cpSync(copy, join(directory, 'orders-0'), { recursive: true })
  await using broker = await startOn(directory)
  using client = await Client.open(broker.port)

  assert.equal((await client.createTopic('orders')).error, 'NONE')

  assert.deepEqual(
    (await client.readAll(ORDERS)).map(({ value }) => numberOf(value)),
    [],
  )
  assert.equal((await client.produce(ORDERS, [valueOf(0)])).baseOffset, 0)
  await end(broker, 'kill -9')
  await using again = await startOn(directory)
  using after = await Client.open(again.port)
  assert.deepEqual(
    (await after.readAll(ORDERS)).map(({ value }) => numberOf(value)),
    [0],
  )
})

test('a partition whose directory is gone is not begun anew without a word', async () => {
  using home = new TemporaryDirectory()
  const directory = await usedDirectory(home)
  rmSync(join(directory, 'orders-0'), { recursive: true })

  await using broker = await startOn(directory)
  using client = await Client.open(broker.port)

  assert.equal(await client.committedOffset('readers', ORDERS), 5)
  assert.equal((await client.createTopic('other')).error, 'NONE')
  assert.equal((await client.produce({ topic: 'other' }, ['record'])).error, 'NONE')
  // Offsets up to 8 were acknowledged, and the checkpoint says so.
  assert.match(broker.errors, /orders/)
})
