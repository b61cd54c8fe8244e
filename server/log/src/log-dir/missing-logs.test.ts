import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listeningLogger } from '../testing/listening-logger.ts'
import { aBatch, appendAndWrite, DIR, LogFixture } from '../testing/log-fixture.ts'

test('LogManager.create() warns when it begins a log anew whose records are gone', async () => {
  const { logger, warnings } = listeningLogger()
  const fixture = new LogFixture({ logger })
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  await fixture.settled(fixture.manager.close())
  for (const name of fixture.disk.list(`${DIR}/t-0`)) fixture.disk.unlink(`${DIR}/t-0/${name}`)
  fixture.disk.removeDirectory(`${DIR}/t-0`)

  const again = await fixture.openLog()

  assert.equal(again.logEndOffset, 0)
  assert.equal(warnings.length, 1)
  assert.match(warnings[0] ?? '', /its directory is missing.*"\/data\/t-0","recoveryPoint":1/)
})

test('LogManager.create() does not warn of a log that was deleted just before a crash', async () => {
  const { logger, warnings } = listeningLogger()
  const fixture = new LogFixture({ logger })
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  await fixture.closeAndOpenLog()
  fixture.manager.delete('t', 0)

  const again = await fixture.crashAndOpenLog('process')

  assert.equal(again.logEndOffset, 0)
  assert.deepEqual(warnings, [])
})
