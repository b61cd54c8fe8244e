import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeDeleteGroupsRequest } from '@ottla/protocol/delete-groups-request'
import { encodeDeleteGroupsResponse } from '@ottla/protocol/delete-groups-response'
import { decodeFindCoordinatorRequest } from '@ottla/protocol/find-coordinator-request'
import { encodeFindCoordinatorResponse } from '@ottla/protocol/find-coordinator-response'
import {
  decodeListGroupsRequest,
  type ListGroupsRequest,
} from '@ottla/protocol/list-groups-request'
import { encodeListGroupsResponse } from '@ottla/protocol/list-groups-response'
import { decodeListOffsetsRequest } from '@ottla/protocol/list-offsets-request'
import { encodeListOffsetsResponse } from '@ottla/protocol/list-offsets-response'
import { coordinator } from '../../testing/default-apis.ts'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'

/** Answers the offset 10 times the node id, or an error. */
function serveListOffsets(broker: FakeBroker, codeOf: (partition: number) => number = () => 0) {
  return broker.serve(
    ApiKey.ListOffsets,
    { min: 1, max: 6 },
    decodeListOffsetsRequest,
    encodeListOffsetsResponse,
    ({ topics }, version) => ({
      throttleTimeMs: 0,
      topics: topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map(({ partitionIndex }) => ({
          partitionIndex,
          errorCode: codeOf(partitionIndex),
          timestamp: -1,
          offset: broker.nodeId * 10,
          leaderEpoch: version >= 4 ? 0 : -1,
        })),
      })),
    }),
  )
}

function twoBrokers() {
  const world = fakeWorld()
  const first = new FakeBroker(world.network, { nodeId: 1, topics: { orders: 4 } })
  const second = new FakeBroker(world.network, { nodeId: 2, cluster: first.cluster })
  return { world, first, second, under: adminOfBrokers(world, first) }
}

test('toLeaders() asks each leader once about all that it leads', async () => {
  const { first, second, under } = twoBrokers()
  const asked = [first, second].map((broker) => serveListOffsets(broker))

  const ends = await under.result(under.admin.topics.offsets([0, 1, 2, 3].map(latestOf)))

  assert.deepEqual(
    ends.values().map(({ offset }) => offset),
    [10, 20, 10, 20],
  )
  assert.deepEqual(
    asked.map(({ requests }) => requests.length),
    [1, 1],
  )
  under[Symbol.dispose]()
})

test('toLeaders() follows a leader that has moved, and asks about nothing else again', async () => {
  const { first, second, under } = twoBrokers()
  const asked = serveListOffsets(first, (partition) => {
    if (partition !== 2) return 0
    first.cluster.moveLeader('orders', 2, 2)
    return ErrorCode.NOT_LEADER_OR_FOLLOWER
  })
  serveListOffsets(second)

  const ends = await under.result(under.admin.topics.offsets([0, 2].map(latestOf)))

  assert.deepEqual(
    ends.values().map(({ offset }) => offset),
    [10, 20],
  )
  assert.equal(asked.requests.length, 1)
  under[Symbol.dispose]()
})

test('toLeaders() keeps what one leader answers when another cannot be reached', async () => {
  const { first, second, under } = twoBrokers()
  serveListOffsets(first)
  const { port } = second
  second.stop()
  // Metadata still names it, as it does for a while after a broker has died.
  Object.defineProperty(second, 'isListening', { value: true })

  const ends = await under.result(
    under.admin.topics.offsets([0, 1].map(latestOf), { timeoutMs: 2000 }),
  )

  assert.equal(ends.value(latestOf(0)).offset, 10)
  assert.throws(() => ends.value(latestOf(1)), {
    code: 'CONNECTION_FAILED',
    message: RegExp(`${port}`),
  })
  under[Symbol.dispose]()
})

test('toLeaders() waits for a partition without a leader', async () => {
  const { first, second, under } = twoBrokers()
  first.cluster.moveLeader('orders', 0, -1)
  serveListOffsets(second)
  const { clock } = under.world
  clock.setTimer(1000, () => {
    first.cluster.moveLeader('orders', 0, 2)
  })

  const [end] = (await under.result(under.admin.topics.offsets([latestOf(0)]))).values()

  assert.equal(end?.offset, 20)
  assert.ok(clock.monotonicMs() >= 1000)
  under[Symbol.dispose]()
})

test('toCoordinators() shares a request among groups of one coordinator, and finds one that moved', async () => {
  const { first, second, under } = twoBrokers()
  let coordinators = new Map([
    ['a', first],
    ['b', second],
    ['c', second],
  ])
  for (const broker of [first, second]) {
    broker.serve(
      ApiKey.FindCoordinator,
      { min: 0, max: 6 },
      decodeFindCoordinatorRequest,
      encodeFindCoordinatorResponse,
      ({ coordinatorKeys: [key = ''] }) => coordinator(coordinators.get(key) ?? first, [key]),
    )
  }
  const asked = [first, second].map((broker) =>
    broker.serve(
      ApiKey.DeleteGroups,
      { min: 0, max: 2 },
      decodeDeleteGroupsRequest,
      encodeDeleteGroupsResponse,
      ({ groupsNames }) => ({
        throttleTimeMs: 0,
        results: groupsNames.map((groupId) => {
          const hasMoved = groupId === 'c' && broker === second
          if (hasMoved) coordinators = new Map([...coordinators, ['c', first]])
          const errorCode = hasMoved ? ErrorCode.NOT_COORDINATOR : 0
          return { groupId, errorCode, errorMessage: null }
        }),
      }),
    ),
  )

  const deleted = await under.result(under.admin.groups.delete(['a', 'b', 'c']))

  assert.ok(deleted.allOk)
  assert.deepEqual(
    asked.map(({ requests }) => requests.map(({ message }) => message.groupsNames)),
    [[['a'], ['c']], [['b', 'c']]],
  )
  under[Symbol.dispose]()
})

function serveListGroups(broker: FakeBroker, version: number, groupIds: readonly string[]) {
  return broker.serve(
    ApiKey.ListGroups,
    { min: 0, max: version },
    decodeListGroupsRequest,
    encodeListGroupsResponse,
    (_: ListGroupsRequest, spoken) => ({
      throttleTimeMs: 0,
      errorCode: 0,
      groups: groupIds.map((groupId) => ({
        groupId,
        protocolType: 'consumer',
        groupState: spoken >= 4 ? 'Stable' : '',
        groupType: spoken >= 5 ? 'Consumer' : '',
      })),
    }),
  )
}

test('askBrokers() merges what every broker lists, each in the version that it speaks', async () => {
  const { first, second, under } = twoBrokers()
  serveListGroups(first, 5, ['b'])
  serveListGroups(second, 3, ['a', 'b'])

  const groups = await under.result(under.admin.groups.list())

  assert.deepEqual(
    groups.map(({ groupId, state, type }) => [groupId, state, type]),
    [
      ['a', 'Unknown', 'classic'],
      ['b', 'Unknown', 'classic'],
    ],
  )
  await assert.rejects(under.result(under.admin.groups.list({ states: ['Empty'] })), {
    code: 'UNSUPPORTED_VERSION',
    message: /too old to tell the states/,
  })
  under[Symbol.dispose]()
})

function latestOf(partition: number) {
  return { topic: 'orders', partition, at: 'latest' as const }
}
