import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey } from '@ottla/protocol'
import type { ScriptRequest } from './script.ts'
import { Tally } from './tally.ts'

function aRequest(apiKey: number | undefined, message = {}): ScriptRequest {
  return { damage: 'bits', apiKey, version: 3, message }
}

const FETCH = aRequest(ApiKey.Fetch)
const UNREADABLE = aRequest(undefined)

test('Tally counts every request of a script that has passed', () => {
  const tally = new Tally()

  tally.scriptEnded([FETCH, FETCH], 2, 'passed')

  assert.equal(tally.frames, 2)
  assert.deepEqual(tally.byDamage.get('bits'), { sent: 2, fatal: 0 })
})

test('Tally takes the unreadable request for the reason of a closed connection', () => {
  const tally = new Tally()

  tally.scriptEnded([FETCH, FETCH, UNREADABLE], 1, 'closed')

  assert.equal(tally.frames, 3)
  assert.deepEqual(tally.byDamage.get('bits'), { sent: 3, fatal: 1 })
  assert.equal(tally.surprises.size, 0)
})

test('Tally is surprised by a connection that is closed for a readable request', () => {
  const tally = new Tally()

  tally.scriptEnded([FETCH, FETCH, FETCH], 1, 'closed')

  assert.equal(tally.frames, 2)
  assert.deepEqual([...tally.surprises], [['Fetch v3 (bits)', 1]])
})

test('Tally is not surprised when a produce without answer is refused', () => {
  const tally = new Tally()

  tally.scriptEnded([aRequest(ApiKey.Produce, { acks: 0 })], 0, 'closed')

  assert.equal(tally.surprises.size, 0)
})

test('Tally counts no request that a stall held up', () => {
  const tally = new Tally()

  tally.scriptEnded([FETCH, FETCH, FETCH], 1, 'stalled')

  assert.equal(tally.frames, 1)
  assert.equal(tally.stalls, 1)
})
