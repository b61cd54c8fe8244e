/** A group from the wire to the log and back: the coordinator's own rules are tested with it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import {
  findCoordinator,
  heartbeat,
  joinGroup,
  leaveGroup,
  metadata,
  offsetCommit,
  offsetFetch,
  syncGroup,
} from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { metadataRequest } from '../testing/requests.ts'

const GROUP = { groupId: 'readers', groupInstanceId: null }

async function coordinatorOf(under: BrokerUnderTest, keyType: number) {
  const { coordinators } = await under.client.ask(findCoordinator, 6, {
    key: '',
    keyType,
    coordinatorKeys: ['readers'],
  })
  return coordinators[0]
}

async function join(under: BrokerUnderTest, memberId: string) {
  return under.client.ask(joinGroup, 9, {
    ...GROUP,
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 10_000,
    memberId,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.from('subscription') }],
    reason: null,
  })
}

async function joined(under: BrokerUnderTest) {
  await coordinatorOf(under, 0)
  const first = await join(under, '')
  assert.equal(first.errorCode, ErrorCode.MEMBER_ID_REQUIRED)
  const { memberId, generationId, leader } = await join(under, first.memberId)
  assert.equal(leader, memberId)
  const synced = await under.client.ask(syncGroup, 5, {
    ...GROUP,
    generationId,
    memberId,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [{ memberId, assignment: Buffer.from('all') }],
  })
  assert.deepEqual([synced.errorCode, synced.assignment.toString()], [0, 'all'])
  return { memberId, generationId }
}

async function commit(
  under: BrokerUnderTest,
  member: { memberId: string; generationId: number },
  committedOffset: number,
) {
  const { topics } = await under.client.ask(offsetCommit, 9, {
    ...GROUP,
    generationIdOrMemberEpoch: member.generationId,
    memberId: member.memberId,
    retentionTimeMs: -1,
    topics: [
      {
        name: 'orders',
        topicId: ZERO_UUID,
        partitions: [
          {
            partitionIndex: 0,
            committedOffset,
            committedLeaderEpoch: -1,
            committedMetadata: 'here',
          },
        ],
      },
    ],
  })
  return topics[0]?.partitions[0]?.errorCode
}

async function committed(under: BrokerUnderTest) {
  const { groups } = await under.client.ask(offsetFetch, 9, {
    groupId: '',
    topics: [],
    groups: [{ groupId: 'readers', memberId: null, memberEpoch: -1, topics: null }],
    requireStable: true,
  })
  const partition = groups[0]?.topics[0]?.partitions[0]
  return [partition?.committedOffset, partition?.metadata]
}

test('FindCoordinator makes the offsets topic before it answers; transactions are refused for good', async () => {
  await using under = await startBroker()

  const group = await coordinatorOf(under, 0)
  const transaction = await coordinatorOf(under, 1)

  assert.deepEqual([group?.errorCode, group?.nodeId, group?.port], [0, 1, under.port])
  assert.equal(
    under.broker.context.metadata.image.topic('__consumer_offsets')?.partitions.length,
    2,
  )
  assert.equal(transaction?.errorCode, ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED)
})

test('a member joins, syncs, commits, reads its offsets, beats and leaves', async () => {
  await using under = await startBroker()
  await under.client.ask(metadata, 9, metadataRequest(['orders']))
  const member = await joined(under)

  assert.equal(await commit(under, member, 42), ErrorCode.NONE)
  assert.deepEqual(await committed(under), [42, 'here'])
  const beat = await under.client.ask(heartbeat, 4, { ...GROUP, ...member })
  assert.equal(beat.errorCode, ErrorCode.NONE)
  const left = await under.client.ask(leaveGroup, 5, {
    groupId: 'readers',
    memberId: '',
    members: [{ memberId: member.memberId, groupInstanceId: null, reason: null }],
  })
  assert.equal(left.members[0]?.errorCode, ErrorCode.NONE)
  const late = await under.client.ask(heartbeat, 4, { ...GROUP, ...member })
  assert.equal(late.errorCode, ErrorCode.UNKNOWN_MEMBER_ID)
})

test('a commit of an old generation is refused', async () => {
  await using under = await startBroker()
  await under.client.ask(metadata, 9, metadataRequest(['orders']))
  const member = await joined(under)

  const errorCode = await commit(under, { ...member, generationId: member.generationId - 1 }, 1)

  assert.equal(errorCode, ErrorCode.ILLEGAL_GENERATION)
})
