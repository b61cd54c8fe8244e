import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBatch, appendAndWrite, LogFixture, TOPIC_ID } from '../testing/log-fixture.ts'

test('LogManager spreads new logs over its directories and finds them there', async () => {
  const fixture = new LogFixture({ dirs: ['/one/', '/two'] })
  let manager = await fixture.open()
  for (let partition = 0; partition < 6; partition++) {
    const log = manager.create({ topic: 't', topicId: TOPIC_ID, partition, config: fixture.config })
    appendAndWrite(log, aBatch())
  }
  const count = (dir: string): number =>
    fixture.disk.list(dir).filter((name) => name.startsWith('t-')).length
  assert.deepEqual([count('/one'), count('/two')], [3, 3])

  await fixture.settled(manager.close())
  manager = await fixture.open()

  assert.equal([...manager.logs()].length, 6)
})
