import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uuid, ZERO_UUID } from '@ottla/base'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeAddRaftVoterRequest } from '@ottla/protocol/add-raft-voter-request'
import { encodeAddRaftVoterResponse } from '@ottla/protocol/add-raft-voter-response'
import { decodeAlterReplicaLogDirsRequest } from '@ottla/protocol/alter-replica-log-dirs-request'
import { encodeAlterReplicaLogDirsResponse } from '@ottla/protocol/alter-replica-log-dirs-response'
import { decodeDescribeLogDirsRequest } from '@ottla/protocol/describe-log-dirs-request'
import { encodeDescribeLogDirsResponse } from '@ottla/protocol/describe-log-dirs-response'
import { decodeDescribeQuorumRequest } from '@ottla/protocol/describe-quorum-request'
import { encodeDescribeQuorumResponse } from '@ottla/protocol/describe-quorum-response'
import { decodeUnregisterBrokerRequest } from '@ottla/protocol/unregister-broker-request'
import { encodeUnregisterBrokerResponse } from '@ottla/protocol/unregister-broker-response'
import { decodeUpdateFeaturesRequest } from '@ottla/protocol/update-features-request'
import { encodeUpdateFeaturesResponse } from '@ottla/protocol/update-features-response'
import { FakeBroker } from '../../testing/fake-broker.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { adminOfBrokers } from '../testing/admin-under-test.ts'
import { serveAnswer } from '../testing/serve-answer.ts'

test('cluster.describe() uses Metadata where DescribeCluster is not served', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network, { rack: 'a' })
  using under = adminOfBrokers(world, broker)

  const described = await under.result(under.admin.cluster.describe())

  assert.deepEqual(described, {
    clusterId: 'fake-cluster',
    controllerId: 1,
    nodes: [{ id: 1, host: 'broker', port: 9093, rack: 'a', isFenced: false }],
    authorizedOperations: undefined,
  })
  await assert.rejects(under.result(under.admin.cluster.describe({ includeFenced: true })), {
    code: 'UNSUPPORTED_VERSION',
  })
})

function serveLogDirs(broker: FakeBroker, max: number) {
  const api = {
    key: ApiKey.DescribeLogDirs,
    min: 1,
    max,
    decode: decodeDescribeLogDirsRequest,
    encode: encodeDescribeLogDirsResponse,
  }
  const bytes =
    max >= 4 ? { totalBytes: 100, usableBytes: 40 } : { totalBytes: -1, usableBytes: -1 }
  const partitions = [{ partitionIndex: 1, partitionSize: 60, offsetLag: 0, isFutureKey: false }]
  return serveAnswer(broker, api, {
    throttleTimeMs: 0,
    errorCode: 0,
    results: [
      {
        errorCode: 0,
        logDir: `/data/${broker.nodeId}`,
        topics: [{ name: 'orders', partitions }],
        ...bytes,
        isCordoned: false,
      },
      {
        errorCode: ErrorCode.KAFKA_STORAGE_ERROR,
        logDir: '/broken',
        topics: [],
        ...bytes,
        isCordoned: false,
      },
    ],
  })
}

test('cluster.logDirs() asks every broker, and tells which directory is offline', async () => {
  const world = fakeWorld()
  await using first = new FakeBroker(world.network, { nodeId: 1 })
  await using second = new FakeBroker(world.network, { nodeId: 2, cluster: first.cluster })
  using under = adminOfBrokers(world, first)
  serveLogDirs(first, 5)
  const asked = serveLogDirs(second, 3)

  const dirs = await under.result(
    under.admin.cluster.logDirs({ partitions: [{ topic: 'orders', partition: 1 }] }),
  )

  const [good, broken] = dirs.value(1)
  assert.deepEqual(good?.ok && good.value, {
    path: '/data/1',
    totalBytes: 100,
    usableBytes: 40,
    isCordoned: false,
    replicas: [{ topic: 'orders', partition: 1, sizeBytes: 60, offsetLag: 0, isFuture: false }],
  })
  assert.equal(broken?.ok, false)
  const [other] = dirs.value(2)
  assert.equal(other?.ok && other.value.totalBytes, undefined)
  assert.deepEqual(asked.requests[0]?.message.topics, [{ topic: 'orders', partitions: [1] }])
})

test('cluster.alterReplicaLogDirs() asks the broker of each replica', async () => {
  const world = fakeWorld()
  await using first = new FakeBroker(world.network, { nodeId: 1 })
  await using second = new FakeBroker(world.network, { nodeId: 2, cluster: first.cluster })
  using under = adminOfBrokers(world, first)
  const api = {
    key: ApiKey.AlterReplicaLogDirs,
    min: 1,
    max: 2,
    decode: decodeAlterReplicaLogDirsRequest,
    encode: encodeAlterReplicaLogDirsResponse,
  }
  const asked = [first, second].map((broker) =>
    serveAnswer(broker, api, ({ dirs }) => ({
      throttleTimeMs: 0,
      results: dirs.flatMap(({ path, topics }) =>
        topics.map(({ name, partitions }) => ({
          topicName: name,
          partitions: partitions.map((partitionIndex) => ({
            partitionIndex,
            errorCode: path === '/nowhere' ? ErrorCode.LOG_DIR_NOT_FOUND : 0,
          })),
        })),
      ),
    })),
  )
  const moves = [
    { topic: 'orders', partition: 0, brokerId: 1, path: '/a' },
    { topic: 'orders', partition: 0, brokerId: 2, path: '/a' },
    { topic: 'orders', partition: 1, brokerId: 2, path: '/nowhere' },
  ]

  const altered = await under.result(under.admin.cluster.alterReplicaLogDirs(moves))

  assert.deepEqual(
    [...altered].map(([, { ok }]) => ok),
    [true, true, false],
  )
  assert.deepEqual(
    asked.map(({ requests }) => requests[0]?.message.dirs.map(({ path }) => path)),
    [['/a'], ['/a', '/nowhere']],
  )
})

test('cluster.quorum() tells leader, voters and where they listen', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  const api = {
    key: ApiKey.DescribeQuorum,
    max: 2,
    decode: decodeDescribeQuorumRequest,
    encode: encodeDescribeQuorumResponse,
  }
  const directoryId = uuid('AAAAAAAAAAAAAAAAAAAAAQ')
  const listeners = [{ name: 'CONTROLLER', host: 'c', port: 9093 }]
  const asked = serveAnswer(broker, api, {
    errorCode: 0,
    errorMessage: null,
    topics: [
      {
        topicName: '__cluster_metadata',
        partitions: [
          {
            partitionIndex: 0,
            errorCode: 0,
            errorMessage: null,
            leaderId: 3,
            leaderEpoch: 5,
            highWatermark: 99,
            currentVoters: [
              {
                replicaId: 3,
                replicaDirectoryId: directoryId,
                logEndOffset: 100,
                lastFetchTimestamp: 1,
                lastCaughtUpTimestamp: 2,
              },
            ],
            observers: [],
          },
        ],
      },
    ],
    nodes: [{ nodeId: 3, listeners }],
  })

  const quorum = await under.result(under.admin.cluster.quorum())

  assert.deepEqual(quorum, {
    leaderId: 3,
    leaderEpoch: 5,
    highWatermark: 99,
    voters: [{ id: 3, directoryId, logEndOffset: 100, lastFetchMs: 1, lastCaughtUpMs: 2 }],
    observers: [],
    endpoints: new Map([[3, listeners]]),
  })
  assert.equal(asked.requests[0]?.message.topics[0]?.topicName, '__cluster_metadata')
})

for (const version of [0, 1, 2]) {
  test(`cluster.updateFeatures() reads an answer of version ${version}`, async () => {
    const world = fakeWorld()
    await using broker = new FakeBroker(world.network)
    using under = adminOfBrokers(world, broker)
    const api = {
      key: ApiKey.UpdateFeatures,
      max: version,
      decode: decodeUpdateFeaturesRequest,
      encode: encodeUpdateFeaturesResponse,
    }
    const asked = serveAnswer(broker, api, ({ featureUpdates }) => ({
      throttleTimeMs: 0,
      errorCode: 0,
      errorMessage: null,
      results: featureUpdates.map(({ feature }) => ({ feature, errorCode: 0, errorMessage: null })),
    }))
    const update = { feature: 'group.version', maxVersionLevel: 1 }

    const updated = await under.result(
      under.admin.cluster.updateFeatures([{ ...update, upgradeType: 'safe-downgrade' }]),
    )

    assert.ok(updated.get('group.version')?.ok)
    const [sent] = asked.requests[0]?.message.featureUpdates ?? []
    assert.equal(version === 0 ? sent?.allowDowngrade : sent?.upgradeType, version === 0 || 2)
  })
}

test('cluster.unregisterBroker() and addRaftVoter() throw what is refused', async () => {
  const world = fakeWorld()
  await using broker = new FakeBroker(world.network)
  using under = adminOfBrokers(world, broker)
  serveAnswer(
    broker,
    {
      key: ApiKey.UnregisterBroker,
      max: 0,
      decode: decodeUnregisterBrokerRequest,
      encode: encodeUnregisterBrokerResponse,
    },
    {
      throttleTimeMs: 0,
      errorCode: ErrorCode.BROKER_ID_NOT_REGISTERED,
      errorMessage: 'not there',
    },
  )
  const added = serveAnswer(
    broker,
    {
      key: ApiKey.AddRaftVoter,
      max: 0,
      decode: decodeAddRaftVoterRequest,
      encode: encodeAddRaftVoterResponse,
    },
    { throttleTimeMs: 0, errorCode: 0, errorMessage: null },
  )

  const unregistering = under.result(under.admin.cluster.unregisterBroker(9))

  await assert.rejects(unregistering, {
    code: 'BROKER_ID_NOT_REGISTERED',
    message: /broker 9.*not there/,
  })
  const endpoints = [{ name: 'CONTROLLER', host: 'c', port: 9093 }]
  await under.result(under.admin.cluster.addRaftVoter({ id: 4, directoryId: ZERO_UUID, endpoints }))
  assert.deepEqual(added.requests[0]?.message.listeners, endpoints)
})
