import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import { MemoryCoordinatorLog } from '../testing/memory-coordinator-log.ts'
import { ShardAppends } from './shard-appends.ts'

const RECORD = { key: Buffer.from('k'), value: null }

function heldAppends(): { log: MemoryCoordinatorLog; appends: ShardAppends; events: string[] } {
  const log = new MemoryCoordinatorLog()
  log.isHolding = true
  return { log, appends: new ShardAppends(log, 0), events: [] }
}

test('ShardAppends.whenCommitted() runs at once when nothing is on its way', () => {
  const { appends, events } = heldAppends()

  appends.whenCommitted(() => events.push('run'))

  assert.deepEqual(events, ['run'])
})

test('ShardAppends.whenCommitted() waits for what was appended before, not for what comes after', () => {
  const { log, appends, events } = heldAppends()
  appends.append([RECORD], () => events.push('first'))
  appends.whenCommitted(() => events.push('run'))
  appends.append([RECORD], () => events.push('second'))

  log.release()

  assert.deepEqual(events, ['first', 'run', 'second'])
})

test('ShardAppends.abort() answers everything and ignores what the log says later', () => {
  const { log, appends, events } = heldAppends()
  appends.append([RECORD], (errorCode) => events.push(`append ${errorCode}`))
  appends.whenCommitted(() => events.push('run'))

  appends.abort()
  log.release()
  appends.append([RECORD], (errorCode) => events.push(`late ${errorCode}`))

  const { NOT_COORDINATOR } = ErrorCode
  assert.deepEqual(events, [`append ${NOT_COORDINATOR}`, 'run', `late ${NOT_COORDINATOR}`])
  assert.equal(appends.inFlightCount, 0)
  assert.equal(log.heldCount, 0)
})
