import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import * as fc from 'fast-check'
import { answeredError, KafkaError } from '../../../kafka-error.ts'
import { joinModes } from '../assignors/assignor-list.ts'
import type { AssignorName } from '../assignors/assignor.ts'
import { CallLedger, keysOf } from '../testing/call-ledger.ts'
import { ClassicMachine, type ClassicEffect } from './classic-machine.ts'

const T0 = { topic: 't', partition: 0 }
const T1 = { topic: 't', partition: 1 }
const T2 = { topic: 't', partition: 2 }

function machineWith({
  assignors = ['cooperative-sticky'] as AssignorName[],
  isStatic = false,
} = {}): ClassicMachine {
  return new ClassicMachine({ modes: joinModes(assignors), isStatic, wants: () => true })
}

function refused(code: keyof typeof ErrorCode): KafkaError {
  return answeredError(ErrorCode[code], { apiKey: 11, broker: 'b:1' })
}

const LOST_CONNECTION = new KafkaError('CONNECTION_LOST', 'gone')

/** Past joining and syncing, with the assignment told and taken. */
function memberOf(
  machine: ClassicMachine,
  partitions: readonly { topic: string; partition: number }[],
): void {
  const [join] = machine.start()
  assert.equal(join?.kind, 'join')
  becomeMember(machine, 1, 1, partitions)
}

function becomeMember(
  machine: ClassicMachine,
  attempt: number,
  generationId: number,
  partitions: readonly { topic: string; partition: number }[],
): ClassicEffect[] {
  machine.onJoined(attempt, { memberId: 'm', generationId, protocolName: 'cooperative-sticky' })
  const effects = machine.onSynced(attempt, partitions)
  const [call] = effects
  return call?.kind === 'call' ? machine.onCallDone(call.call.id) : effects
}

function kinds(effects: readonly ClassicEffect[]): string[] {
  return effects.map((effect) => (effect.kind === 'call' ? effect.call.kind : effect.kind))
}

function callOf(effects: readonly ClassicEffect[]): { id: number; keys: string[] } {
  const effect = effects.find(({ kind }) => kind === 'call')
  assert.equal(effect?.kind, 'call')
  return { id: effect.call.id, keys: keysOf(effect.call.partitions) }
}

test('ClassicMachine joins, syncs, and is a member once its listener has taken the partitions', () => {
  const machine = machineWith()

  assert.deepEqual(kinds(machine.start()), ['join'])
  const joined = { memberId: 'm', generationId: 1, protocolName: 'cooperative-sticky' }
  assert.deepEqual(kinds(machine.onJoined(1, joined)), ['sync'])
  const effects = machine.onSynced(1, [T0, T1])

  assert.deepEqual(callOf(effects).keys, ['t 0', 't 1'])
  assert.deepEqual(kinds(machine.onCallDone(callOf(effects).id)), ['joined'])
  assert.equal(machine.generationId, 1)
})

test('ClassicMachine joins again at once under the id that it is given (KIP-394)', () => {
  const machine = machineWith()
  machine.start()

  assert.deepEqual(kinds(machine.onMemberIdRequired(1, 'm-1')), ['join'])

  assert.equal(machine.memberId, 'm-1')
})

test('a cooperative member keeps its partitions through a rebalance, and revokes what it must', () => {
  const machine = machineWith()
  memberOf(machine, [T0, T1])

  assert.deepEqual(kinds(machine.onHeartbeatRefused(1, refused('REBALANCE_IN_PROGRESS'))), ['join'])
  assert.deepEqual(machine.owned, [T0, T1])
  machine.onJoined(2, { memberId: 'm', generationId: 2, protocolName: 'cooperative-sticky' })
  const revoking = callOf(machine.onSynced(2, [T0]))

  assert.deepEqual(revoking.keys, ['t 1'])
  // Whoever gets it waits for us to rejoin.
  assert.deepEqual(kinds(machine.onCallDone(revoking.id)), ['join'])
  assert.deepEqual(machine.owned, [T0])
})

test('an eager member revokes everything before it rejoins', () => {
  const machine = machineWith({ assignors: ['range'] })
  memberOf(machine, [T0, T1])

  const effects = machine.onHeartbeatRefused(1, refused('REBALANCE_IN_PROGRESS'))

  assert.deepEqual(kinds(effects), ['revoked'])
  assert.deepEqual(callOf(effects).keys, ['t 0', 't 1'])
  assert.equal(machine.isHeartbeating, true)
  assert.deepEqual(kinds(machine.onCallDone(callOf(effects).id)), ['join'])
  assert.deepEqual(machine.owned, [])
})

test('a member of a group that is not cooperative gives up what it holds and becomes eager', () => {
  const machine = machineWith({ assignors: ['cooperative-sticky', 'range'] })
  memberOf(machine, [T0])
  machine.onHeartbeatRefused(1, refused('REBALANCE_IN_PROGRESS'))

  const effects = machine.onRefused(2, refused('INCONSISTENT_GROUP_PROTOCOL'))

  assert.deepEqual(kinds(effects), ['revoked'])
  assert.deepEqual(kinds(machine.onCallDone(callOf(effects).id)), ['join'])
  assert.equal(machine.mode.isCooperative, false)
})

test('a group that knows none of the assignors refuses for good', () => {
  const machine = machineWith()
  machine.start()

  const effects = machine.onRefused(1, refused('INCONSISTENT_GROUP_PROTOCOL'))

  assert.deepEqual(kinds(effects), ['failed'])
})

for (const code of ['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION'] as const) {
  test(`${code} loses the partitions, and the member joins again`, () => {
    const machine = machineWith()
    memberOf(machine, [T0, T1])

    const effects = machine.onHeartbeatRefused(1, refused(code))

    assert.deepEqual(kinds(effects), ['lost'])
    assert.deepEqual(machine.owned, [])
    assert.equal(machine.generationId, -1)
    assert.equal(machine.memberId, code === 'UNKNOWN_MEMBER_ID' ? '' : 'm')
    assert.deepEqual(kinds(machine.onCallDone(callOf(effects).id)), ['join'])
  })
}

test('FENCED_INSTANCE_ID ends the membership: another process has the same instance id', () => {
  const machine = machineWith({ isStatic: true })
  memberOf(machine, [T0])

  const effects = machine.onHeartbeatRefused(1, refused('FENCED_INSTANCE_ID'))

  assert.deepEqual(kinds(effects), ['lost', 'failed'])
})

test('what is lost while it is being revoked is reported lost at once', () => {
  const machine = machineWith({ assignors: ['range'] })
  memberOf(machine, [T0, T1])
  const revoking = callOf(machine.onHeartbeatRefused(1, refused('REBALANCE_IN_PROGRESS')))

  const losing = callOf(machine.onSessionExpired())

  assert.deepEqual(losing.keys, ['t 0', 't 1'])
  // It joins when both are done, not before: nothing is assigned while the old work may go on.
  assert.deepEqual(kinds(machine.onCallDone(losing.id)), [])
  assert.deepEqual(kinds(machine.onCallDone(revoking.id)), ['join'])
})

test('a listener that holds up the rebalance loses the partitions, and the group is told', () => {
  const machine = machineWith({ assignors: ['range'] })
  memberOf(machine, [T0])
  machine.onHeartbeatRefused(1, refused('REBALANCE_IN_PROGRESS'))
  assert.equal(machine.isHoldingUpTheGroup, true)

  const effects = machine.onRebalanceTimedOut()

  assert.deepEqual(kinds(effects), ['lost', 'leave'])
  assert.equal(machine.isHeartbeating, false)
})

test('a lost connection is tried again with growing pauses, and keeps what is held', () => {
  const machine = machineWith()
  memberOf(machine, [T0])
  machine.requestRejoin('more topics')

  assert.deepEqual(machine.onRefused(2, LOST_CONNECTION), [{ kind: 'backOff', failureCount: 1 }])
  assert.deepEqual(kinds(machine.onBackedOff()), ['join'])
  assert.deepEqual(machine.onRefused(3, LOST_CONNECTION), [{ kind: 'backOff', failureCount: 2 }])
  assert.deepEqual(machine.owned, [T0])
})

test('answers of an attempt that was given up change nothing', () => {
  const machine = machineWith()
  machine.start()
  machine.onRefused(1, LOST_CONNECTION)
  const answer = { memberId: 'x', generationId: 9, protocolName: 'range' }
  const late = machine.onJoined(1, answer)
  assert.deepEqual(kinds(machine.onBackedOff()), ['join'])
  const later = machine.onJoined(1, answer)

  assert.deepEqual([late, later], [[], []])
  assert.equal(machine.memberId, '')
})

test('leave() revokes what is held before the member goes', () => {
  const machine = machineWith()
  memberOf(machine, [T0, T2])

  const effects = machine.leave()

  assert.deepEqual(kinds(effects), ['revoked'])
  assert.deepEqual(machine.onCallDone(callOf(effects).id), [{ kind: 'ended', memberId: 'm' }])
})

test('leave() of a static member tells the group nothing', () => {
  const machine = machineWith({ isStatic: true })
  memberOf(machine, [])

  assert.deepEqual(machine.leave(), [{ kind: 'ended', memberId: '' }])
})

/** A run of the machine against everything that a coordinator, a network and a program may do. */
function run(choices: readonly number[], assignors: AssignorName[], isStatic: boolean): void {
  const machine = machineWith({ assignors, isStatic })
  const ledger = new CallLedger()
  let attempt: { id: number; stage: 'join' | 'sync' } | undefined
  let isBackingOff = false
  let isOver = false
  let generationId = 0
  const perform = (effects: readonly ClassicEffect[]): void => {
    for (const effect of effects) {
      assert.ok(!isOver, `${effect.kind} after the end`)
      if (effect.kind === 'call') ledger.onCall(effect.call)
      else if (effect.kind === 'backOff') isBackingOff = true
      else if (effect.kind === 'join') attempt = { id: effect.attempt, stage: 'join' }
      else if (effect.kind === 'sync') attempt = { id: effect.attempt, stage: 'sync' }
      else if (effect.kind === 'ended' || effect.kind === 'failed') isOver = true
    }
    ledger.assertHolds(machine.owned)
    if (isOver) assert.equal(ledger.held.size, 0, 'the end came with partitions held')
  }
  const codes = [
    'REBALANCE_IN_PROGRESS',
    'UNKNOWN_MEMBER_ID',
    'ILLEGAL_GENERATION',
    'NOT_COORDINATOR',
    'INCONSISTENT_GROUP_PROTOCOL',
  ] as const
  perform(machine.start())
  for (const choice of choices) {
    const detail = Math.floor(choice / 16)
    const code = codes[detail % codes.length] ?? 'NOT_COORDINATOR'
    const call = ledger.awaited[detail % Math.max(1, ledger.awaited.length)]
    switch (choice % 16) {
      case 0:
      case 1:
      case 2:
      case 3:
        if (attempt?.stage === 'join') {
          const { id } = attempt
          attempt = undefined
          generationId++
          perform(machine.onJoined(id, { memberId: 'm', generationId, protocolName: 'range' }))
        } else if (attempt?.stage === 'sync') {
          const { id } = attempt
          attempt = undefined
          const target = [T0, T1, T2].filter((_, i) => ((detail >> i) & 1) === 1)
          perform(machine.onSynced(id, target))
        }
        break
      case 4:
        if (attempt !== undefined) perform(machine.onRefused(attempt.id, refused(code)))
        break
      case 5:
        if (attempt !== undefined) perform(machine.onRefused(attempt.id, LOST_CONNECTION))
        break
      case 6:
        if (machine.isHeartbeating) {
          perform(machine.onHeartbeatRefused(machine.generationId, refused(code)))
        }
        break
      case 7:
        perform(machine.onHeartbeatRefused(machine.generationId, refused('REBALANCE_IN_PROGRESS')))
        break
      case 8:
        perform(machine.onSessionExpired())
        break
      case 9:
        if (machine.isHoldingUpTheGroup) perform(machine.onRebalanceTimedOut())
        break
      case 10:
        perform(machine.requestRejoin('the test says so'))
        break
      case 11:
        if (isBackingOff) {
          isBackingOff = false
          perform(machine.onBackedOff())
        }
        break
      case 12:
        if (detail % 8 === 0) perform(machine.leave())
        break
      default:
        if (call === undefined) break
        ledger.onDone(call)
        perform(machine.onCallDone(call.id))
    }
  }
}

test('whatever happens, no partition is assigned twice and none is lost silently', () => {
  const choices = fc.array(fc.nat({ max: 16 * 40 }), { maxLength: 120, size: 'max' })
  const lists = fc.constantFrom<AssignorName[]>(
    ['cooperative-sticky', 'range'],
    ['cooperative-sticky'],
    ['range'],
  )
  fc.assert(fc.property(choices, lists, fc.boolean(), run), { numRuns: 2000 })
})
