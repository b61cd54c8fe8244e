/** JoinGroup, DescribeGroups, ListGroups, DeleteGroups over the wire: conformance G24 to G26, G28. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import {
  createTopics,
  deleteGroups,
  describeGroups,
  findCoordinator,
  listGroups,
  offsetCommit,
} from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { joinedGroup } from '../testing/group-member.ts'
import { createTopicsRequest } from '../testing/requests.ts'

async function withGroupTopic(): Promise<BrokerUnderTest> {
  const under = await startBroker()
  await under.broker.context.topics.ensureConsumerOffsets()
  return under
}

test('subscription and assignment pass through untouched', async () => {
  await using under = await withGroupTopic()
  // No version of the consumer protocol that this broker could know: user data of an assignor.
  const metadata = Buffer.from([0x7f, 0xff, 0, 1, 2, 3, 0xfe, 0xff])

  const { join, sync } = await joinedGroup(under, { groupId: 'readers', metadata })
  const { groups } = await under.client.ask(describeGroups, 5, {
    groups: ['readers'],
    includeAuthorizedOperations: false,
  })

  assert.deepEqual(join.members[0]?.metadata, metadata)
  assert.equal(sync.assignment.toString(), 'all')
  const [member] = groups[0]?.members ?? []
  assert.deepEqual(member?.memberMetadata, metadata)
  assert.equal(member.memberAssignment.toString(), 'all')
  assert.deepEqual([member.clientId, member.clientHost], ['raw', '/127.0.0.1'])
})

test('an unknown group is dead in version 5, and not found in version 6', async () => {
  await using under = await withGroupTopic()
  const described = async (version: number) => {
    const { groups } = await under.client.ask(describeGroups, version, {
      groups: ['nobody'],
      includeAuthorizedOperations: false,
    })
    return [groups[0]?.groupState, groups[0]?.errorCode]
  }

  assert.deepEqual(await described(5), ['Dead', ErrorCode.NONE])
  assert.deepEqual(await described(6), ['Dead', ErrorCode.GROUP_ID_NOT_FOUND])
})

test('a group that has offsets and never had members is listed, and can be deleted', async () => {
  await using under = await withGroupTopic()
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  await under.client.ask(offsetCommit, 9, {
    groupId: 'simple',
    generationIdOrMemberEpoch: -1,
    memberId: '',
    groupInstanceId: null,
    retentionTimeMs: -1,
    topics: [
      {
        name: 'orders',
        topicId: ZERO_UUID,
        partitions: [
          {
            partitionIndex: 0,
            committedOffset: 1,
            committedLeaderEpoch: -1,
            committedMetadata: null,
          },
        ],
      },
    ],
  })
  const listed = async () => {
    const { groups } = await under.client.ask(listGroups, 4, {
      statesFilter: [],
      typesFilter: [],
    })
    return groups.map(({ groupId, protocolType, groupState }) => [
      groupId,
      protocolType,
      groupState,
    ])
  }
  assert.deepEqual(await listed(), [['simple', '', 'Empty']])

  const { results } = await under.client.ask(deleteGroups, 2, { groupsNames: ['simple', 'nobody'] })

  assert.deepEqual(
    results.map(({ groupId, errorCode }) => [groupId, errorCode]),
    [
      ['simple', ErrorCode.NONE],
      ['nobody', ErrorCode.GROUP_ID_NOT_FOUND],
    ],
  )
  assert.deepEqual(await listed(), [])
})

test('a group with members is not deleted', async () => {
  await using under = await withGroupTopic()
  await joinedGroup(under, { groupId: 'readers' })

  const { results } = await under.client.ask(deleteGroups, 2, { groupsNames: ['readers'] })

  assert.equal(results[0]?.errorCode, ErrorCode.NON_EMPTY_GROUP)
})

test('FindCoordinator refuses a kind of key that does not exist', async () => {
  await using under = await withGroupTopic()

  const { coordinators } = await under.client.ask(findCoordinator, 6, {
    key: '',
    keyType: 9,
    coordinatorKeys: ['x'],
  })

  assert.equal(coordinators[0]?.errorCode, ErrorCode.INVALID_REQUEST)
})
