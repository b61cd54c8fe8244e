import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeAlterShareGroupOffsetsRequest } from '@ottla/protocol/alter-share-group-offsets-request'
import { encodeAlterShareGroupOffsetsResponse } from '@ottla/protocol/alter-share-group-offsets-response'
import { decodeDeleteShareGroupOffsetsRequest } from '@ottla/protocol/delete-share-group-offsets-request'
import { encodeDeleteShareGroupOffsetsResponse } from '@ottla/protocol/delete-share-group-offsets-response'
import { decodeDescribeShareGroupOffsetsRequest } from '@ottla/protocol/describe-share-group-offsets-request'
import { encodeDescribeShareGroupOffsetsResponse } from '@ottla/protocol/describe-share-group-offsets-response'
import { decodeShareGroupDescribeRequest } from '@ottla/protocol/share-group-describe-request'
import { encodeShareGroupDescribeResponse } from '@ottla/protocol/share-group-describe-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }
const NOT_ASKED = -2147483648

test('shareGroups.describe() tells members that share a partition', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.ShareGroupDescribe,
    min: 1,
    max: 1,
    decode: decodeShareGroupDescribeRequest,
    encode: encodeShareGroupDescribeResponse,
  }
  const member = (memberId: string) => ({
    memberId,
    rackId: null,
    memberEpoch: 1,
    clientId: 'app',
    clientHost: '/127.0.0.1',
    subscribedTopicNames: ['orders'],
    assignment: {
      topicPartitions: [{ topicId: ZERO_UUID, topicName: 'orders', partitions: [0] }],
    },
  })
  serveAnswer(broker, api, ({ groupIds: [groupId = ''] }) => ({
    throttleTimeMs: 0,
    groups: [
      {
        errorCode: 0,
        errorMessage: null,
        groupId,
        groupState: 'Stable',
        groupEpoch: 1,
        assignmentEpoch: 1,
        assignorName: 'simple',
        members: [member('a'), member('b')],
        authorizedOperations: NOT_ASKED,
      },
    ],
  }))

  const group = await under.result(under.admin.shareGroups.describe('jobs'))

  assert.equal(group.state, 'Stable')
  assert.deepEqual(
    group.members.map(({ memberId, assignment }) => [memberId, assignment]),
    [
      ['a', [ORDERS_0]],
      ['b', [ORDERS_0]],
    ],
  )
})

test('shareGroups.offsets() tells where a group starts', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DescribeShareGroupOffsets,
    max: 1,
    decode: decodeDescribeShareGroupOffsetsRequest,
    encode: encodeDescribeShareGroupOffsetsResponse,
  }
  const partition = {
    partitionIndex: 0,
    startOffset: 7,
    leaderEpoch: 1,
    lag: 3,
    errorCode: 0,
    errorMessage: null,
  }
  const topics = [{ topicName: 'orders', topicId: ZERO_UUID, partitions: [partition] }]
  const asked = serveAnswer(broker, api, ({ groups }) => ({
    throttleTimeMs: 0,
    groups: groups.map(({ groupId }) => ({
      groupId,
      topics,
      errorCode: 0,
      errorMessage: null,
    })),
  }))

  const offsets = await under.result(under.admin.shareGroups.offsets('jobs'))

  assert.deepEqual(offsets.value(ORDERS_0), { startOffset: 7, leaderEpoch: 1, lag: 3 })
  assert.deepEqual(asked.requests[0]?.message.groups, [{ groupId: 'jobs', topics: null }])
})

test('shareGroups.alterOffsets() and deleteOffsets() answer for each item', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  serveAnswer(
    broker,
    {
      key: ApiKey.AlterShareGroupOffsets,
      max: 0,
      decode: decodeAlterShareGroupOffsetsRequest,
      encode: encodeAlterShareGroupOffsetsResponse,
    },
    ({ topics }) => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      responses: topics.map(({ topicName, partitions }) => ({
        topicName,
        topicId: ZERO_UUID,
        partitions: partitions.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode: 0,
          errorMessage: null,
        })),
      })),
    }),
  )
  serveAnswer(
    broker,
    {
      key: ApiKey.DeleteShareGroupOffsets,
      max: 0,
      decode: decodeDeleteShareGroupOffsetsRequest,
      encode: encodeDeleteShareGroupOffsetsResponse,
    },
    {
      throttleTimeMs: 0,
      errorCode: ErrorCode.NON_EMPTY_GROUP,
      errorMessage: null,
      responses: [],
    },
  )
  const { shareGroups } = under.admin

  const altered = await under.result(
    shareGroups.alterOffsets('jobs', [{ ...ORDERS_0, startOffset: 5 }]),
  )

  assert.ok(altered.get(ORDERS_0)?.ok)
  await assert.rejects(under.result(shareGroups.deleteOffsets('jobs', ['orders'])), {
    code: 'NON_EMPTY_GROUP',
    message: /group "jobs"/,
  })
})
