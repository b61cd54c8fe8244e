import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvariantError } from '@ottla/base'
import { ClassicGroup } from './classic-group.ts'
import { ClassicGroupMember } from './classic-group-member.ts'

function aMember(memberId: string, protocols: string, instance: string | null = null) {
  return new ClassicGroupMember({
    memberId,
    groupInstanceId: instance,
    clientId: 'client',
    clientHost: '/127.0.0.1',
    rebalanceTimeoutMs: 60_000,
    sessionTimeoutMs: 10_000,
    protocolType: 'consumer',
    protocols: protocols.split(',').map((name) => ({ name, metadata: Buffer.from(name) })),
    assignment: Buffer.alloc(0),
  })
}

function aGroup(...members: ClassicGroupMember[]): ClassicGroup {
  const group = new ClassicGroup('g', 0)
  for (const member of members) group.add(member)
  group.transitionTo('PreparingRebalance', 0)
  return group
}

test('ClassicGroup.selectProtocol() counts each member’s first choice among those all support', () => {
  // Most members like `sticky` best, but one does not support it.
  const group = aGroup(
    aMember('a', 'sticky,range,roundrobin'),
    aMember('b', 'sticky,roundrobin,range'),
    aMember('c', 'roundrobin,range'),
  )

  assert.equal(group.selectProtocol(), 'roundrobin')
})

test('ClassicGroup.selectProtocol() lets the earlier member decide a tie', () => {
  assert.equal(aGroup(aMember('a', 'x,y'), aMember('b', 'y,x')).selectProtocol(), 'x')
  assert.equal(aGroup(aMember('b', 'y,x'), aMember('a', 'x,y')).selectProtocol(), 'y')
})

test('ClassicGroup.supportsProtocols() wants one protocol that every member supports', () => {
  const group = aGroup(aMember('a', 'range,sticky'), aMember('b', 'range'))
  const protocols = (names: string) => aMember('x', names).protocols

  assert.equal(group.supportsProtocols('consumer', protocols('sticky,range')), true)
  assert.equal(group.supportsProtocols('consumer', protocols('sticky')), false)
  assert.equal(group.supportsProtocols('connect', protocols('range')), false)
  assert.equal(group.supportsProtocols('consumer', []), false)
})

test('ClassicGroup.remove() gives back what the member held', () => {
  const leader = aMember('a', 'range', 'i1')
  const group = aGroup(leader, aMember('b', 'range,sticky'))

  group.remove(leader)

  assert.equal(group.leaderId, 'b')
  assert.equal(group.staticMemberId('i1'), undefined)
  assert.equal(group.supportsProtocols('consumer', aMember('x', 'sticky').protocols), true)
})

test('ClassicGroup.replaceStatic() keeps the lead and the instance id', () => {
  const old = aMember('a-1', 'range', 'i1')
  const group = aGroup(old, aMember('b', 'range'))

  group.replaceStatic(old, aMember('a-2', 'range', 'i1'))

  assert.equal(group.leaderId, 'a-2')
  assert.equal(group.staticMemberId('i1'), 'a-2')
  assert.deepEqual([...group.members.keys()], ['b', 'a-2'])
})

test('ClassicGroup.hasAllMembersJoined counts held joins once and waits for pending members', () => {
  const [a, b] = [aMember('a', 'range'), aMember('b', 'range')]
  const group = aGroup(a, b)
  const join = { apiVersion: 9, reply: () => {} }

  group.holdJoin(a, join)
  const superseded = group.holdJoin(a, { ...join })
  assert.equal(superseded, join)
  assert.equal(group.hasAllMembersJoined, false)

  group.holdJoin(b, join)
  assert.equal(group.hasAllMembersJoined, true)

  group.pendingJoinMembers.add('c')
  assert.equal(group.hasAllMembersJoined, false)
})

test('ClassicGroup.isSubscribedTo() protects every topic of consumers that cannot be understood', () => {
  const group = aGroup(aMember('a', 'range'))
  group.initNextGeneration(1)

  assert.equal(group.subscribedTopics, undefined)
  assert.equal(group.isSubscribedTo('anything'), true)
})

test('ClassicGroup.transitionTo() refuses to skip a state', () => {
  const group = new ClassicGroup('g', 0)

  assert.throws(() => {
    group.transitionTo('Stable', 1)
  }, InvariantError)
})
