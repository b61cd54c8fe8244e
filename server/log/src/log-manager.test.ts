import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import { readWholeFile, writeFile } from './checkpoint/replace-file.ts'
import { StorageError } from './storage-error.ts'
import { listeningLogger } from './testing/listening-logger.ts'
import {
  aBatch,
  append,
  appendAndWrite,
  DIR,
  LogFixture,
  readAll,
  TOPIC_ID,
} from './testing/log-fixture.ts'

function text(fixture: LogFixture, path: string): string | undefined {
  return readWholeFile(fixture.disk, path)?.toString('utf8')
}

test('LogManager.create() makes an empty log at once, and only once', async () => {
  const fixture = new LogFixture()
  const manager = await fixture.open()
  const newLog = { topic: 'a.b-c', topicId: TOPIC_ID, partition: 3, config: fixture.config }

  const log = manager.create(newLog)

  assert.deepEqual([log.topic, log.partition, log.topicId], ['a.b-c', 3, TOPIC_ID])
  assert.deepEqual([log.logStartOffset, log.logEndOffset, log.sizeInBytes], [0, 0, 0])
  assert.equal(manager.get('a.b-c', 3), log)
  assert.equal(
    text(fixture, `${DIR}/a.b-c-3/partition.metadata`),
    `version: 0\ntopic_id: ${TOPIC_ID}`,
  )
  assert.throws(() => manager.create(newLog), /exists already/)
})

test('LogManager.open() finds every log again with its topic id', async () => {
  const fixture = new LogFixture()
  let manager = await fixture.open()
  const names = ['a', 'a-1', 'a.b', '_internal']
  for (const topic of names) {
    for (let partition = 0; partition < 3; partition++) {
      const log = manager.create({ topic, topicId: TOPIC_ID, partition, config: fixture.config })
      appendAndWrite(log, aBatch({ values: [topic] }))
    }
  }

  await fixture.settled(manager.close())
  manager = await fixture.open()

  assert.equal([...manager.logs()].length, 12)
  for (const topic of names) {
    for (let partition = 0; partition < 3; partition++) {
      const log = manager.get(topic, partition)
      assert.deepEqual([log?.topic, log?.partition, log?.topicId], [topic, partition, TOPIC_ID])
      assert.equal(log?.logEndOffset, 1)
    }
  }
})

test('LogManager.delete() takes the log away at once and unlinks it later', async () => {
  const fixture = new LogFixture({ config: { fileDeleteDelayMs: 1000 } })
  const log = await fixture.openLog()
  const { manager } = fixture
  appendAndWrite(log, aBatch())
  const slice = log.locate(0, { maxBytes: 100, upToOffset: 1, minOneBatch: true })

  manager.delete('t', 0)

  assert.equal(manager.get('t', 0), undefined)
  assert.equal(append(log, aBatch()).errorCode, 56)
  assert.ok((slice?.readSync().length ?? 0) > 0)
  const deleted = fixture.disk.list(DIR).filter((name) => name.endsWith('-delete'))
  assert.equal(deleted.length, 1)
  assert.match(deleted[0] as string, /^t-0\.[0-9a-f]{32}-delete$/)

  const again = manager.create({
    topic: 't',
    topicId: ZERO_UUID,
    partition: 0,
    config: fixture.config,
  })
  assert.equal(again.logEndOffset, 0)
  fixture.clock.advance(1000)
  assert.deepEqual(
    fixture.disk.list(DIR).filter((name) => name.endsWith('-delete')),
    [],
  )
  assert.equal(appendAndWrite(again, aBatch()).baseOffset, 0)
})

test('LogManager.open() removes what a deleted log left behind', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  fixture.manager.delete('t', 0)

  fixture.disk.crash('process')
  const manager = await fixture.open()

  assert.equal(manager.get('t', 0), undefined)
  assert.deepEqual(
    fixture.disk.list(DIR).filter((name) => name.includes('delete')),
    [],
  )
})

test('LogManager: the recovery point of a deleted log is not taken for that of a new one', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  for (let i = 0; i < 5; i++) appendAndWrite(log, aBatch())
  fixture.flush(log)
  fixture.clock.advance(5000)
  for (let i = 0; i < 9; i++) fixture.clock.advance(0)
  assert.match(text(fixture, `${DIR}/recovery-point-offset-checkpoint`) ?? '', /^t 0 5$/m)

  fixture.manager.delete('t', 0)
  fixture.manager.create({ topic: 't', topicId: TOPIC_ID, partition: 0, config: fixture.config })
  const again = await fixture.crashAndOpenLog('process')

  assert.equal(again.failure, undefined)
  assert.equal(again.logEndOffset, 0)
})

test('LogManager: a directory is opened by one manager at a time', async () => {
  const fixture = new LogFixture()
  const manager = await fixture.open()

  await assert.rejects(fixture.open(), (error) => {
    assert.ok(error instanceof StorageError)
    assert.match(error.message, /Cannot open "\/data": it is in use by process/)
    return true
  })
  fixture.disk.crash('process')
  await fixture.open()
  assert.notEqual(fixture.manager, manager)
})

test('LogManager writes the recovery points every five seconds when they moved', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch({ values: ['a', 'b'] }))
  const path = `${DIR}/recovery-point-offset-checkpoint`
  for (let i = 0; i < 7; i++) fixture.clock.advance(1000)
  for (let i = 0; i < 9; i++) fixture.clock.advance(0)
  assert.equal(text(fixture, path), '0\n1\nt 0 2\n')

  const writes = fixture.disk.operationCounts.get('write')
  fixture.clock.advance(60_000)

  assert.equal(fixture.disk.operationCounts.get('write'), writes, 'nothing moved')
})

test('LogManager.open() refuses a partition that is in two directories', async () => {
  const fixture = new LogFixture({ dirs: ['/one', '/two'] })
  const manager = await fixture.open()
  manager.create({ topic: 't', topicId: TOPIC_ID, partition: 0, config: fixture.config })
  await fixture.settled(manager.close())
  fixture.disk.makeDirectory('/two/t-0')

  await assert.rejects(fixture.open(), /partition t-0 is in "\/one\/t-0" too/)
  // The locks were given back.
  fixture.disk.removeDirectory('/two/t-0')
  await fixture.open()
})

test('LogManager.open() refuses the directory of another cluster or broker', async () => {
  const fixture = new LogFixture({ owner: { clusterId: 'one', nodeId: 1 } })
  await fixture.settled((await fixture.open()).close())
  const other = new LogFixture({ owner: { clusterId: 'two', nodeId: 1 }, disk: fixture.disk })

  await assert.rejects(
    other.open(),
    /meta\.properties says cluster\.id "one", this broker's is "two"/,
  )
  await fixture.open()
})

test('LogManager: directories that are none of ours are left alone', async () => {
  const fixture = new LogFixture()
  await fixture.settled((await fixture.open()).close())
  fixture.disk.makeDirectory(`${DIR}/lost+found`)
  fixture.disk.makeDirectory(`${DIR}/t-0-stray`)

  const manager = await fixture.open()

  assert.deepEqual([...manager.logs()], [])
  assert.ok(fixture.disk.exists(`${DIR}/lost+found`))
})

test('LogManager: many logs share few open files', async () => {
  const fixture = new LogFixture({ openFilesMax: 5, tailCacheBytesMax: 0 })
  const manager = await fixture.open()
  const logs = Array.from({ length: 50 }, (_, partition) =>
    manager.create({ topic: 't', topicId: TOPIC_ID, partition, config: fixture.config }),
  )
  for (let round = 0; round < 3; round++) {
    for (const log of logs) appendAndWrite(log, aBatch())
    await fixture.settled(manager.flushAll())
  }

  for (const log of logs) assert.equal(readAll(log).length, log.sizeInBytes)
})

test('LogManager.setAside() keeps the files under another name, also over a restart', async () => {
  const fixture = new LogFixture()
  const manager = await fixture.open()
  const log = manager.create({
    topic: 't',
    topicId: TOPIC_ID,
    partition: 0,
    config: fixture.config,
  })
  appendAndWrite(log, aBatch())

  const path = manager.setAside('t', 0) ?? ''
  await fixture.settled(manager.close())
  const again = await fixture.open()

  assert.match(path, /\/t-0\.[0-9a-f]{32}-stray$/)
  assert.ok(fixture.disk.sizeInBytes(`${path}/00000000000000000000.log`) > 0)
  assert.equal(manager.get('t', 0), undefined)
  assert.equal(again.get('t', 0), undefined)
})

test('LogManager.open() refuses a meta.properties of a newer version', async () => {
  const fixture = new LogFixture()
  fixture.disk.makeDirectory(DIR)
  const path = `${DIR}/meta.properties`
  const content = 'version=2\ndirectory.id=abcdefghijklmnopqrstuv\n'
  writeFile(fixture.disk, path, Buffer.from(content))

  await assert.rejects(
    fixture.open(),
    /meta\.properties is of version "2", this broker reads up to 1\. Use the newer version/,
  )
  assert.equal(text(fixture, path), content)
  writeFile(fixture.disk, path, Buffer.from(content.replace('=2', '=1')))
  await fixture.open()
})

test('LogManager.open() goes on when the directory of a deleted log cannot be removed', async () => {
  const { logger, warnings } = listeningLogger()
  const fixture = new LogFixture({ logger })
  await fixture.settled((await fixture.open()).close())
  const path = `${DIR}/t-0.${'a'.repeat(32)}-delete`
  fixture.disk.makeDirectory(`${path}/a directory`)

  await fixture.open()

  assert.match(warnings.join('\n'), /Cannot remove the directory of a deleted log/)
  assert.ok(fixture.disk.exists(path))
})
