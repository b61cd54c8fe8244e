import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWholeFile } from '../checkpoint/replace-file.ts'
import {
  aBatch,
  append,
  appendAndWrite,
  DIR,
  LogFixture,
  TOPIC_ID,
} from '../testing/log-fixture.ts'

function text(fixture: LogFixture, path: string): string | undefined {
  return readWholeFile(fixture.disk, path)?.toString('utf8')
}

test('LogManager.close() leaves the mark of a clean stop, and the next start removes it', async () => {
  const fixture = new LogFixture()
  await fixture.openLog()
  assert.equal(text(fixture, `${DIR}/ottla-running`), 'boot-0\n')

  await fixture.settled(fixture.manager.close())
  assert.equal(text(fixture, `${DIR}/.kafka_cleanshutdown`), '{"version":0,"brokerEpoch":-1}')

  await fixture.open()
  assert.equal(text(fixture, `${DIR}/.kafka_cleanshutdown`), undefined)
})

test('LogManager.close() leaves no timer behind', async () => {
  const fixture = new LogFixture({ config: { segmentBytes: 100 } })
  const log = await fixture.openLog()
  for (let i = 0; i < 5; i++) appendAndWrite(log, aBatch())
  log.deleteRecordsBefore(4)
  fixture.manager.create({ topic: 'x', topicId: TOPIC_ID, partition: 0, config: fixture.config })
  fixture.manager.delete('x', 0)

  await fixture.settled(fixture.manager.close())
  fixture.clock.advance(0)

  assert.equal(fixture.clock.timerCount, 0)
  await fixture.manager.close()
})

test('LogManager.close() writes what was appended in this very turn', async () => {
  const fixture = new LogFixture()
  let log = await fixture.openLog()
  append(log, aBatch())

  log = await fixture.closeAndOpenLog()

  assert.equal(log.logEndOffset, 1)
})
