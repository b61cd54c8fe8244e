import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import * as fc from 'fast-check'
import { answeredError, type KafkaError } from '../../../kafka-error.ts'
import { CallLedger, keysOf } from '../testing/call-ledger.ts'
import { ConsumerGroupMachine, type ConsumerEffect } from './consumer-group-machine.ts'

const TOPIC_ID = 'topic-t-is-22-letters1' as Uuid
const T0 = { topicId: TOPIC_ID, topic: 't', partition: 0 }
const T1 = { topicId: TOPIC_ID, topic: 't', partition: 1 }
const T2 = { topicId: TOPIC_ID, topic: 't', partition: 2 }

function refused(code: keyof typeof ErrorCode): KafkaError {
  return answeredError(ErrorCode[code], { apiKey: 68, broker: 'b:1' })
}

function kinds(effects: readonly ConsumerEffect[]): string[] {
  return effects.map((effect) => (effect.kind === 'call' ? effect.call.kind : effect.kind))
}

function callOf(effects: readonly ConsumerEffect[]): { id: number; keys: string[] } {
  const effect = effects.find(({ kind }) => kind === 'call')
  assert.equal(effect?.kind, 'call')
  return { id: effect.call.id, keys: keysOf(effect.call.partitions) }
}

function memberOf(partitions: readonly (typeof T0)[], isStatic = false): ConsumerGroupMachine {
  const machine = new ConsumerGroupMachine(isStatic)
  machine.start()
  const effects = machine.onHeartbeat(0, 1, partitions)
  if (partitions.length > 0) machine.onCallDone(callOf(effects).id)
  return machine
}

test('ConsumerGroupMachine joins with epoch 0 and goes on with the one that it is given', () => {
  const machine = new ConsumerGroupMachine(false)
  machine.start()
  assert.equal(machine.epochToSend, 0)

  const effects = machine.onHeartbeat(0, 5, [T0])

  assert.deepEqual(callOf(effects).keys, ['t 0'])
  assert.deepEqual(kinds(machine.onCallDone(callOf(effects).id)), ['joined'])
  assert.equal(machine.epochToSend, 5)
})

test('a new assignment revokes first, and assigns when that is done', () => {
  const machine = memberOf([T0, T1])

  const revoking = callOf(machine.onHeartbeat(1, 1, [T1, T2]))

  assert.deepEqual(revoking.keys, ['t 0'])
  assert.deepEqual(keysOf(machine.owned), ['t 0', 't 1'])
  const assigning = callOf(machine.onCallDone(revoking.id))
  assert.deepEqual(assigning.keys, ['t 2'])
  assert.deepEqual(keysOf(machine.owned), ['t 1', 't 2'])
})

test('a newer assignment takes the place of one that is still being reconciled', () => {
  const machine = memberOf([T0])
  const revoking = callOf(machine.onHeartbeat(1, 1, [T1]))

  machine.onHeartbeat(1, 2, [T2])
  const assigning = callOf(machine.onCallDone(revoking.id))

  assert.deepEqual(assigning.keys, ['t 2'])
})

test('a topic that was deleted and made anew is another topic', () => {
  const machine = memberOf([T0])
  const anew = { ...T0, topicId: 'topic-t-made-anew-2222' as Uuid }

  const revoking = callOf(machine.onHeartbeat(1, 2, [anew]))

  assert.deepEqual(revoking.keys, ['t 0'])
  assert.deepEqual(callOf(machine.onCallDone(revoking.id)).keys, ['t 0'])
})

for (const code of ['FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID'] as const) {
  test(`${code} loses the partitions; the member joins anew when its listener knows`, () => {
    const machine = memberOf([T0])

    const losing = callOf(machine.onRefused(1, refused(code)))

    assert.deepEqual(losing.keys, ['t 0'])
    assert.equal(machine.isHeartbeating, false)
    machine.onCallDone(losing.id)
    assert.equal(machine.isHeartbeating, true)
    assert.equal(machine.epochToSend, 0)
  })
}

test('the answer to a heartbeat of before a fence is dropped', () => {
  const machine = memberOf([T0])
  machine.onCallDone(callOf(machine.onRefused(1, refused('FENCED_MEMBER_EPOCH'))).id)

  assert.deepEqual(machine.onHeartbeat(1, 2, [T0]), [])
  assert.deepEqual(machine.owned, [])
})

test('leave() revokes, then sends -1, or -2 for a static member', () => {
  const dynamic = memberOf([T0])
  const fixed = memberOf([], true)

  const revoking = callOf(dynamic.leave())

  assert.deepEqual(dynamic.onCallDone(revoking.id), [{ kind: 'ended', epoch: -1 }])
  assert.deepEqual(fixed.leave(), [{ kind: 'ended', epoch: -2 }])
})

test('a refusal for good loses the partitions and fails', () => {
  const machine = memberOf([T0])

  const effects = machine.onRefused(1, refused('UNRELEASED_INSTANCE_ID'))

  assert.deepEqual(kinds(effects), ['lost', 'failed'])
})

function run(choices: readonly number[], isStatic: boolean): void {
  const machine = new ConsumerGroupMachine(isStatic)
  const ledger = new CallLedger()
  let isOver = false
  let isBackingOff = false
  let epoch = 0
  const perform = (effects: readonly ConsumerEffect[]): void => {
    for (const effect of effects) {
      assert.ok(!isOver, `${effect.kind} after the end`)
      if (effect.kind === 'call') ledger.onCall(effect.call)
      else if (effect.kind === 'backOff') isBackingOff = true
      else if (effect.kind === 'ended' || effect.kind === 'failed') isOver = true
    }
    ledger.assertHolds(machine.owned)
    if (isOver) assert.equal(ledger.held.size, 0, 'the end came with partitions held')
  }
  perform(machine.start())
  for (const choice of choices) {
    const detail = Math.floor(choice / 8)
    const call = ledger.awaited[detail % Math.max(1, ledger.awaited.length)]
    const target = [T0, T1, T2].filter((_, i) => ((detail >> i) & 1) === 1)
    switch (choice % 8) {
      case 0:
      case 1:
        if (machine.isHeartbeating) {
          const isJoin = machine.isJoining
          const sent = machine.epochToSend
          const isSame = !isJoin && detail % 2 === 0
          if (!isSame) epoch++
          perform(machine.onHeartbeat(sent, isSame ? sent : epoch, isSame ? undefined : target))
        }
        break
      case 2:
        if (!machine.isHeartbeating) break
        perform(
          machine.onRefused(
            machine.epochToSend,
            refused(detail % 2 === 0 ? 'FENCED_MEMBER_EPOCH' : 'NOT_COORDINATOR'),
          ),
        )
        break
      case 3:
        perform(machine.onAssignmentResolved(target))
        break
      case 4:
        if (detail % 4 === 0) perform(machine.onSessionExpired())
        else perform(machine.onRebalanceTimedOut())
        break
      case 5:
        if (isBackingOff) {
          isBackingOff = false
          perform(machine.onBackedOff())
        }
        if (detail % 16 === 0) perform(machine.leave())
        break
      default:
        if (call === undefined) break
        ledger.onDone(call)
        perform(machine.onCallDone(call.id))
    }
  }
}

test('whatever happens, no partition is assigned twice and none is lost silently (KIP-848)', () => {
  const choices = fc.array(fc.nat({ max: 8 * 40 }), { maxLength: 120, size: 'max' })
  fc.assert(fc.property(choices, fc.boolean(), run), { numRuns: 2000 })
})
