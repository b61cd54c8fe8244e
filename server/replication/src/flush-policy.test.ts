import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LOG_CONFIG, type LogConfig, type PartitionLog } from '@ottla/log'
import { awaitsDisk } from './flush-policy.ts'
import { ProduceResult } from './waiting/produce-result.ts'

const NEVER = Number.MAX_SAFE_INTEGER

/** Ten records, of which five are on the disk. */
function aLog(config: Partial<LogConfig>): PartitionLog {
  const log = { config: { ...DEFAULT_LOG_CONFIG, ...config }, recoveryPoint: 5, logEndOffset: 10 }
  return log as unknown as PartitionLog
}

function aResult(acks: number, lastOffset: number): ProduceResult {
  const result = new ProduceResult(acks, 0)
  result.lastOffset = lastOffset
  return result
}

test('awaitsDisk() depends on flush.policy, acks and flush.messages', () => {
  const rows = [
    // flushPolicy, flushMessages, acks: does it wait?
    ['auto', NEVER, -1, true],
    ['auto', NEVER, 1, false],
    ['auto', NEVER, 0, false],
    ['auto', 5, 1, true],
    ['auto', 6, 1, false],
    ['always', NEVER, -1, true],
    ['always', NEVER, 1, true],
    ['always', NEVER, 0, true],
    ['never', NEVER, -1, false],
    ['never', 1, 1, false],
  ] as const
  for (const [flushPolicy, flushMessages, acks, expected] of rows) {
    const log = aLog({ flushPolicy, flushMessages })

    assert.equal(
      awaitsDisk(log, aResult(acks, 9)),
      expected,
      `${flushPolicy} ${flushMessages} ${acks}`,
    )
  }
})

// A retry of a batch that is long safe.
test('awaitsDisk() does not wait for what is on the disk', () => {
  for (const flushPolicy of ['auto', 'always', 'never'] as const) {
    const log = aLog({ flushPolicy, flushMessages: 1 })

    assert.equal(awaitsDisk(log, aResult(-1, 4)), false)
  }
  assert.equal(awaitsDisk(aLog({}), aResult(-1, 5)), true)
})
