import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeConsumerGroupDescribeRequest } from '@ottla/protocol/consumer-group-describe-request'
import { encodeConsumerGroupDescribeResponse } from '@ottla/protocol/consumer-group-describe-response'
import { decodeDescribeGroupsRequest } from '@ottla/protocol/describe-groups-request'
import { encodeDescribeGroupsResponse } from '@ottla/protocol/describe-groups-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

const NOT_ASKED = -2147483648

function serveConsumerGroups(broker: FakeBroker) {
  const api = {
    key: ApiKey.ConsumerGroupDescribe,
    max: 1,
    decode: decodeConsumerGroupDescribeRequest,
    encode: encodeConsumerGroupDescribeResponse,
  }
  return serveAnswer(broker, api, ({ groupIds }) => ({
    throttleTimeMs: 0,
    groups: groupIds.map((groupId) => {
      const isNew = groupId === 'new'
      return {
        errorCode: isNew ? 0 : ErrorCode.GROUP_ID_NOT_FOUND,
        errorMessage: null,
        groupId,
        groupState: isNew ? 'Reconciling' : '',
        groupEpoch: 7,
        assignmentEpoch: 6,
        assignorName: 'uniform',
        members: isNew ? [member()] : [],
        authorizedOperations: isNew ? (1 << 3) | (1 << 8) : NOT_ASKED,
      }
    }),
  }))
}

function member() {
  const assignment = (partition: number) => ({
    topicPartitions: [{ topicId: ZERO_UUID, topicName: 'orders', partitions: [partition] }],
  })
  return {
    memberId: 'm-1',
    instanceId: 'worker-1',
    rackId: 'a',
    memberEpoch: 6,
    clientId: 'app',
    clientHost: '/127.0.0.1',
    subscribedTopicNames: ['orders'],
    subscribedTopicRegex: null,
    assignment: assignment(0),
    targetAssignment: assignment(1),
    memberType: 1,
  }
}

function serveClassicGroups(broker: FakeBroker, max: number) {
  const api = {
    key: ApiKey.DescribeGroups,
    max,
    decode: decodeDescribeGroupsRequest,
    encode: encodeDescribeGroupsResponse,
  }
  return serveAnswer(broker, api, ({ groups }) => ({
    throttleTimeMs: 0,
    groups: groups.map((groupId) => ({
      errorCode: 0,
      errorMessage: null,
      groupId,
      groupState: groupId === 'gone' ? 'Dead' : 'Stable',
      protocolType: 'connect',
      protocolData: 'compatible',
      members: [
        {
          memberId: 'c-1',
          groupInstanceId: null,
          clientId: 'connect-1',
          clientHost: '/127.0.0.1',
          memberMetadata: Buffer.from('not for consumers'),
          memberAssignment: Buffer.from('nor this'),
        },
      ],
      authorizedOperations: NOT_ASKED,
    })),
  }))
}

test('groups.describe() asks for KIP-848 groups first, and as classic ones what is none of those', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const consumer = serveConsumerGroups(broker)
  const classic = serveClassicGroups(broker, 5)

  const described = await under.result(
    under.admin.groups.describe(['new', 'old', 'gone'], { authorizedOperations: true }),
  )

  assert.deepEqual(consumer.requests[0]?.message.groupIds, ['new', 'old', 'gone'])
  assert.deepEqual(classic.requests[0]?.message.groups, ['old', 'gone'])
  const group = described.value('new')
  assert.deepEqual(
    [group.type, group.state, group.assignor, group.groupEpoch, group.assignmentEpoch],
    ['consumer', 'Reconciling', 'uniform', 7, 6],
  )
  assert.deepEqual(group.authorizedOperations, ['read', 'describe'])
  const [own] = group.members
  assert.deepEqual(own?.assignment, [{ topic: 'orders', partition: 0 }])
  assert.deepEqual(own?.targetAssignment, [{ topic: 'orders', partition: 1 }])
  assert.equal(own?.groupInstanceId, 'worker-1')
  assert.equal(own?.isClassic, false)
  assert.deepEqual(
    [described.value('old').type, described.value('old').members[0]?.assignment],
    ['classic', []],
  )
  assert.throws(() => described.value('gone'), { code: 'GROUP_ID_NOT_FOUND' })
})

test('groups.describe() speaks to a broker of before KIP-848', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const classic = serveClassicGroups(broker, 2)

  const group = await under.result(
    under.admin.groups.describe('old', { authorizedOperations: true }),
  )

  assert.equal(group.protocolType, 'connect')
  assert.equal(group.authorizedOperations, undefined)
  assert.equal(classic.requests[0]?.version, 2)
})
