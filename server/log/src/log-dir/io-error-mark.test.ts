import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PartitionLog } from '../partition-log.ts'
import {
  aBatch,
  appendAndWrite,
  baseOffsets,
  DIR,
  LogFixture,
  readAll,
} from '../testing/log-fixture.ts'
import { readWholeFile } from '../checkpoint/replace-file.ts'
import { IO_ERROR_FILE } from './io-error-mark.ts'

const MARK = `${DIR}/${IO_ERROR_FILE}`

function mark(fixture: LogFixture): string | undefined {
  return readWholeFile(fixture.disk, MARK)?.toString()
}

/** One record on the device, and several segments whose sync failed: in the page cache alone. */
async function afterFailedSync(seed: number): Promise<{ fixture: LogFixture; log: PartitionLog }> {
  const fixture = new LogFixture({ seed, tailCacheBytesMax: 0, config: { segmentBytes: 6000 } })
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  assert.equal(fixture.flush(log), undefined)
  fixture.disk.onOperation = (operation, path) =>
    operation === 'sync' && path.endsWith('.log') ? { code: 'EIO' } : undefined
  for (let i = 0; i < 4; i++) appendAndWrite(log, aBatch({ values: ['x'.repeat(2500)] }))
  assert.match(fixture.flush(log)?.message ?? '', /Cannot sync/)
  return { fixture, log }
}

test('PartitionLog.flush(): a failed sync is noted down before it is reported', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  fixture.disk.onOperation = (operation, path) =>
    operation === 'sync' && path.endsWith('.log') ? { code: 'EIO' } : undefined
  const marks: Array<string | undefined> = []

  log.flush(() => marks.push(mark(fixture)))
  for (let i = 0; i < 20; i++) fixture.clock.advance(0)

  assert.deepEqual(marks, ['t-0\n'])
})

test('LogManager.open(): what a failed sync left in the page cache alone is on the device before more is acknowledged', async () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { fixture } = await afterFailedSync(seed)
    const again = await fixture.crashAndOpenLog('process')
    assert.equal(mark(fixture), undefined)
    assert.deepEqual(baseOffsets(readAll(again)), [0, 1, 2, 3, 4])
    assert.equal(appendAndWrite(again, aBatch()).baseOffset, 5)
    assert.equal(fixture.flush(again), undefined)

    const after = await fixture.crashAndOpenLog('power')

    assert.equal(after.failure, undefined)
    assert.deepEqual(baseOffsets(readAll(after)), [0, 1, 2, 3, 4, 5], `seed ${seed}`)
  }
})

test('LogManager.open(): a disk that fails again keeps the log closed and the mark in place', async () => {
  const { fixture } = await afterFailedSync(1)
  fixture.disk.crash('process')
  fixture.disk.onOperation = (operation, path) =>
    operation === 'sync' && path.endsWith('.log') ? { code: 'EIO' } : undefined

  const again = await fixture.openLog()

  assert.equal(again.isUnreadable, true)
  assert.equal(mark(fixture), 't-0\n')
  const healed = await fixture.crashAndOpenLog('process')
  assert.equal(healed.failure, undefined)
  assert.equal(mark(fixture), undefined)
})

test('PartitionLog.flush(): a mark that cannot be written does not hide the failure', async () => {
  const fixture = new LogFixture()
  const log = await fixture.openLog()
  appendAndWrite(log, aBatch())
  fixture.disk.onOperation = (operation) => (operation === 'sync' ? { code: 'EIO' } : undefined)

  assert.match(fixture.flush(log)?.message ?? '', /Cannot sync/)
  assert.notEqual(log.failure, undefined)
})
