import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ByteReader, MalformedError } from '@ottla/base'
import type { GroupMetadataValue } from '@ottla/protocol/group-metadata-value'
import { subscription } from '../testing/test-coordinator.ts'
import {
  groupFromRecord,
  groupMetadataRecord,
  groupMetadataTombstone,
  groupMetadataValue,
  readGroupMetadataKey,
  readGroupMetadataValue,
} from './group-metadata-record.ts'

const MEMBER = {
  memberId: 'm-1',
  groupInstanceId: 'i1',
  clientId: 'c',
  clientHost: '/127.0.0.1',
  rebalanceTimeout: 60_000,
  sessionTimeout: 10_000,
  subscription: subscription('orders'),
  assignment: Buffer.from('p0'),
}
const VALUE: GroupMetadataValue = {
  protocolType: 'consumer',
  generation: 3,
  protocol: 'range',
  leader: 'm-1',
  currentStateTimestamp: 1_700_000_000_000,
  members: [MEMBER],
}

test('groupMetadataRecord() writes the layout that Kafka reads', () => {
  const { key, value } = groupMetadataRecord('g', { ...VALUE, members: [] })

  assert.equal(key.toString('hex'), '0002000167')
  const expected =
    '0003' +
    '0008' +
    Buffer.from('consumer').toString('hex') +
    '00000003' +
    '0005' +
    Buffer.from('range').toString('hex') +
    '0003' +
    Buffer.from('m-1').toString('hex') +
    '0000018bcfe56800' +
    '00000000'
  assert.equal(value?.toString('hex'), expected)
})

test('a group comes back from its record as it went in', () => {
  const { key, value } = groupMetadataRecord('g', VALUE)
  const keyReader = new ByteReader(key.subarray(2))

  const read = readGroupMetadataValue(new ByteReader(value as Buffer))
  const group = groupFromRecord(readGroupMetadataKey(keyReader), read)

  assert.equal(group.groupId, 'g')
  assert.equal(group.state, 'Stable')
  assert.deepEqual(group.subscribedTopics, new Set(['orders']))
  assert.equal(group.staticMemberId('i1'), 'm-1')
  const assignments = new Map([...group.members].map(([id, member]) => [id, member.assignment]))
  assert.deepEqual(groupMetadataValue(group, assignments), VALUE)
})

test('groupFromRecord() makes an Empty group of a record without members', () => {
  const empty = { ...VALUE, protocolType: '', protocol: null, leader: null, members: [] }

  const group = groupFromRecord('g', empty)

  assert.equal(group.state, 'Empty')
  assert.equal(group.protocolType, null)
  assert.equal(group.stateSinceMs, VALUE.currentStateTimestamp)
  assert.equal(group.isSaved, true)
})

test('groupFromRecord() falls back to the session timeout of records that have no other', () => {
  const group = groupFromRecord('g', { ...VALUE, members: [{ ...MEMBER, rebalanceTimeout: -1 }] })

  assert.equal(group.members.get('m-1')?.rebalanceTimeoutMs, 10_000)
})

test('groupFromRecord() elects a leader when the record names one that is not there', () => {
  const group = groupFromRecord('g', { ...VALUE, leader: 'gone' })

  assert.equal(group.leaderId, 'm-1')
})

test('groupFromRecord() refuses a record that has a member twice', () => {
  const twice = { ...VALUE, members: [MEMBER, { ...MEMBER, groupInstanceId: null }] }
  const sameInstance = { ...VALUE, members: [MEMBER, { ...MEMBER, memberId: 'm-2' }] }

  assert.throws(() => groupFromRecord('g', twice), MalformedError)
  assert.throws(() => groupFromRecord('g', sameInstance), MalformedError)
})

test('readGroupMetadataValue() refuses versions it does not know, and every cut-off value', () => {
  const bytes = groupMetadataRecord('g', VALUE).value as Buffer
  const unknown = new ByteReader(Buffer.from('0005', 'hex'))
  assert.throws(() => readGroupMetadataValue(unknown), MalformedError)
  for (let length = 0; length < bytes.length; length++) {
    const reader = new ByteReader(bytes.subarray(0, length))
    assert.throws(() => readGroupMetadataValue(reader), MalformedError, `cut at ${length}`)
  }
})

test('groupMetadataTombstone() has the key of the group and no value', () => {
  const tombstone = groupMetadataTombstone('g')

  assert.deepEqual(tombstone.key, groupMetadataRecord('g', VALUE).key)
  assert.equal(tombstone.value, null)
})
