import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeAlterPartitionReassignmentsRequest } from '@ottla/protocol/alter-partition-reassignments-request'
import { encodeAlterPartitionReassignmentsResponse } from '@ottla/protocol/alter-partition-reassignments-response'
import { decodeElectLeadersRequest } from '@ottla/protocol/elect-leaders-request'
import { encodeElectLeadersResponse } from '@ottla/protocol/elect-leaders-response'
import { decodeListPartitionReassignmentsRequest } from '@ottla/protocol/list-partition-reassignments-request'
import { encodeListPartitionReassignmentsResponse } from '@ottla/protocol/list-partition-reassignments-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }
const ORDERS_1 = { topic: 'orders', partition: 1 }

function serveReassign(broker: FakeBroker, max: number) {
  const api = {
    key: ApiKey.AlterPartitionReassignments,
    max,
    decode: decodeAlterPartitionReassignmentsRequest,
    encode: encodeAlterPartitionReassignmentsResponse,
  }
  return serveAnswer(broker, api, ({ topics }) => ({
    throttleTimeMs: 0,
    allowReplicationFactorChange: true,
    errorCode: 0,
    errorMessage: null,
    responses: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: partitionIndex === 1 ? ErrorCode.INVALID_REPLICA_ASSIGNMENT : 0,
        errorMessage: partitionIndex === 1 ? 'broker 9 is not there' : null,
      })),
    })),
  }))
}

test('partitions.reassign() names new replicas, and answers for each partition', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const asked = serveReassign(broker, 1)

  const begun = await under.result(
    under.admin.partitions.reassign(
      [
        { ...ORDERS_0, replicas: [2, 3] },
        { ...ORDERS_1, replicas: [9] },
      ],
      { allowReplicationFactorChange: false },
    ),
  )

  const message = asked.requests[0]?.message
  assert.equal(message?.allowReplicationFactorChange, false)
  assert.deepEqual(message?.topics, [
    {
      name: 'orders',
      partitions: [
        { partitionIndex: 0, replicas: [2, 3] },
        { partitionIndex: 1, replicas: [9] },
      ],
    },
  ])
  assert.ok(begun.get(ORDERS_0)?.ok)
  assert.throws(() => begun.value(ORDERS_1), { message: /broker 9 is not there/ })
})

test('partitions.cancelReassignments() names no replicas, also to a broker of version 0', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const asked = serveReassign(broker, 0)

  await under.result(under.admin.partitions.cancelReassignments([ORDERS_0]))

  assert.deepEqual(asked.requests[0]?.message.topics[0]?.partitions, [
    { partitionIndex: 0, replicas: null },
  ])
})

test('partitions.listReassignments() tells what is under way', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.ListPartitionReassignments,
    max: 0,
    decode: decodeListPartitionReassignmentsRequest,
    encode: encodeListPartitionReassignmentsResponse,
  }
  const ongoing = { replicas: [1, 2], addingReplicas: [2], removingReplicas: [1] }
  const asked = serveAnswer(broker, api, {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage: null,
    topics: [{ name: 'orders', partitions: [{ partitionIndex: 1, ...ongoing }] }],
  })

  const all = await under.result(under.admin.partitions.listReassignments())
  await under.result(under.admin.partitions.listReassignments({ partitions: [ORDERS_0] }))

  assert.deepEqual(all.successes(), [[ORDERS_1, ongoing]])
  assert.equal(asked.requests[0]?.message.topics, null)
  assert.deepEqual(asked.requests[1]?.message.topics, [{ name: 'orders', partitionIndexes: [0] }])
})

test('partitions.electLeaders() takes an election that is not needed for an answer', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.ElectLeaders,
    max: 2,
    decode: decodeElectLeadersRequest,
    encode: encodeElectLeadersResponse,
  }
  const codes = [0, ErrorCode.ELECTION_NOT_NEEDED, ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE]
  const partitionResult = codes.map((errorCode, partitionId) => ({
    partitionId,
    errorCode,
    errorMessage: null,
  }))
  const asked = serveAnswer(broker, api, {
    throttleTimeMs: 0,
    errorCode: 0,
    replicaElectionResults: [{ topic: 'orders', partitionResult }],
  })

  const elected = await under.result(
    under.admin.partitions.electLeaders('all', { election: 'unclean' }),
  )

  assert.deepEqual(
    [asked.requests[0]?.message.topicPartitions, asked.requests[0]?.message.electionType],
    [null, 1],
  )
  assert.equal(elected.value(ORDERS_0), 'elected')
  assert.equal(elected.value(ORDERS_1), 'not-needed')
  assert.equal(elected.failures().length, 1)
  assert.equal(asked.requests.length, 1)
})

test('partitions.electLeaders() says that a broker is too old for an unclean election', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.ElectLeaders,
    max: 0,
    decode: decodeElectLeadersRequest,
    encode: encodeElectLeadersResponse,
  }
  serveAnswer(broker, api, { throttleTimeMs: 0, errorCode: 0, replicaElectionResults: [] })

  const electing = under.admin.partitions.electLeaders([ORDERS_0], { election: 'unclean' })

  await assert.rejects(under.result(electing), {
    code: 'UNSUPPORTED_VERSION',
    message: /too old/,
  })
})
