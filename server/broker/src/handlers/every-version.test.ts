/**
 * Every served API is asked in each of its versions and answers without an error.
 *
 * A request is written per version, since the encoders refuse a field that its version does not have.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { API_VERSIONS, ApiKey, apiName } from '@ottla/protocol'
import * as apis from '../testing/apis.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { joinedGroup, topicIdOf } from '../testing/group-member.ts'
import type { Api } from '../testing/raw-client.ts'
import {
  batchOf,
  createTopicsRequest,
  fetchRequest,
  metadataRequest,
  produceRequest,
} from '../testing/requests.ts'

interface Asking {
  readonly under: BrokerUnderTest
  readonly topicId: Uuid
  readonly version: number
}

type Case = (asking: Asking) => Promise<unknown>

function plain<Request>(
  api: Api<Request, unknown>,
  build: (asking: Asking) => Request | Promise<Request>,
): [apiKey: number, ask: Case] {
  return [
    api.apiKey,
    async (asking) => asking.under.client.ask(api, asking.version, await build(asking)),
  ]
}

/** A topic as its version names it: by id from `byIdFrom`, by name before. */
function named({ version, topicId }: Asking, byIdFrom: number): { name: string; topicId: Uuid } {
  return version >= byIdFrom ? { name: '', topicId } : { name: 'orders', topicId: ZERO_UUID }
}

const TOPIC_RESOURCE = { resourceType: 2, resourceName: 'orders' }

const CASES = new Map<number, Case>([
  plain(apis.produce, (asking) => {
    const { name, topicId } = named(asking, 13)
    return produceRequest(batchOf(['a']), { topic: name, topicId })
  }),
  plain(apis.fetch, (asking) => {
    const { name, topicId } = named(asking, 13)
    return fetchRequest({ topic: name, topicId })
  }),
  plain(apis.listOffsets, ({ version }) => ({
    replicaId: -1,
    isolationLevel: version >= 2 ? 1 : 0,
    topics: [
      {
        name: 'orders',
        partitions: [
          { partitionIndex: 0, currentLeaderEpoch: version >= 4 ? 0 : -1, timestamp: -1 },
        ],
      },
    ],
    timeoutMs: version >= 10 ? 1000 : 0,
  })),
  plain(apis.metadata, ({ version }) => ({
    ...metadataRequest(['orders'], version < 4 || version % 2 === 0),
    includeTopicAuthorizedOperations: version >= 8,
    includeClusterAuthorizedOperations: version >= 8 && version <= 10,
  })),
  plain(apis.offsetCommit, (asking) => ({
    groupId: 'readers',
    generationIdOrMemberEpoch: -1,
    memberId: '',
    groupInstanceId: null,
    retentionTimeMs: asking.version <= 4 ? 60_000 : -1,
    topics: [
      {
        ...named(asking, 10),
        partitions: [
          {
            partitionIndex: 0,
            committedOffset: 1,
            committedLeaderEpoch: asking.version >= 6 ? 0 : -1,
            committedMetadata: null,
          },
        ],
      },
    ],
  })),
  plain(apis.offsetFetch, (asking) => {
    const { version } = asking
    const topics = version >= 8 ? [] : [{ name: 'orders', partitionIndexes: [0] }]
    const group = {
      groupId: 'readers',
      memberId: null,
      memberEpoch: -1,
      topics: [{ ...named(asking, 10), partitionIndexes: [0] }],
    }
    return {
      groupId: version >= 8 ? '' : 'readers',
      topics,
      groups: version >= 8 ? [group] : [],
      requireStable: version >= 7,
    }
  }),
  plain(apis.findCoordinator, ({ version }) => ({
    key: version >= 4 ? '' : 'readers',
    keyType: 0,
    coordinatorKeys: version >= 4 ? ['readers', 'writers'] : [],
  })),
  [
    ApiKey.JoinGroup,
    ({ under, version }) =>
      joinedGroup(under, { groupId: 'readers', joinVersion: version }).then(({ join }) => join),
  ],
  [
    ApiKey.SyncGroup,
    ({ under, version }) =>
      joinedGroup(under, { groupId: 'readers', syncVersion: version }).then(({ sync }) => sync),
  ],
  plain(apis.heartbeat, async ({ under }) => {
    const { memberId, generationId } = await joinedGroup(under, { groupId: 'readers' })
    return { groupId: 'readers', memberId, generationId, groupInstanceId: null }
  }),
  plain(apis.leaveGroup, async ({ under, version }) => {
    const { memberId } = await joinedGroup(under, { groupId: 'readers' })
    const isBatch = version >= 3
    return {
      groupId: 'readers',
      memberId: isBatch ? '' : memberId,
      members: isBatch ? [{ memberId, groupInstanceId: null, reason: null }] : [],
    }
  }),
  plain(apis.describeGroups, async ({ under, version }) => {
    await joinedGroup(under, { groupId: 'readers' })
    return { groups: ['readers'], includeAuthorizedOperations: version >= 3 }
  }),
  plain(apis.listGroups, async ({ under, version }) => {
    await joinedGroup(under, { groupId: 'readers' })
    return {
      statesFilter: version >= 4 ? ['Stable'] : [],
      typesFilter: version >= 5 ? ['classic'] : [],
    }
  }),
  plain(apis.apiVersions, ({ version }) => ({
    clientSoftwareName: version >= 3 ? 'raw' : '',
    clientSoftwareVersion: version >= 3 ? '1.0' : '',
    clusterId: null,
    nodeId: -1,
  })),
  plain(apis.createTopics, ({ version }) =>
    createTopicsRequest('payments', {
      numPartitions: version >= 4 ? -1 : 2,
      replicationFactor: version >= 4 ? -1 : 1,
    }),
  ),
  plain(apis.deleteTopics, ({ version, topicId }) => ({
    topics: version >= 6 ? [{ name: null, topicId }] : [],
    topicNames: version >= 6 ? [] : ['orders'],
    timeoutMs: 1000,
  })),
  plain(apis.deleteRecords, () => ({
    topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: -1 }] }],
    timeoutMs: 1000,
  })),
  plain(apis.initProducerId, () => ({
    transactionalId: null,
    transactionTimeoutMs: 0,
    producerId: -1,
    producerEpoch: -1,
  })),
  plain(apis.offsetForLeaderEpoch, ({ version }) => ({
    replicaId: version >= 3 ? -1 : -2,
    topics: [
      {
        topic: 'orders',
        partitions: [{ partition: 0, currentLeaderEpoch: 0, leaderEpoch: 0 }],
      },
    ],
  })),
  plain(apis.describeConfigs, ({ version }) => ({
    resources: [{ ...TOPIC_RESOURCE, configurationKeys: null }],
    includeSynonyms: true,
    includeDocumentation: version >= 3,
  })),
  plain(apis.alterConfigs, () => ({
    resources: [{ ...TOPIC_RESOURCE, configs: [{ name: 'retention.ms', value: '1000' }] }],
    validateOnly: false,
  })),
  plain(apis.createPartitions, () => ({
    topics: [{ name: 'orders', count: 3, assignments: null }],
    timeoutMs: 1000,
    validateOnly: false,
  })),
  plain(apis.deleteGroups, async ({ under }) => {
    await commitOne(under)
    return { groupsNames: ['readers'] }
  }),
  plain(apis.incrementalAlterConfigs, () => ({
    resources: [
      {
        ...TOPIC_RESOURCE,
        configs: [{ name: 'retention.ms', configOperation: 0, value: '1000' }],
      },
    ],
    validateOnly: false,
  })),
  plain(apis.offsetDelete, async ({ under }) => {
    await commitOne(under)
    return {
      groupId: 'readers',
      topics: [{ name: 'orders', partitions: [{ partitionIndex: 0 }] }],
    }
  }),
  plain(apis.describeCluster, ({ version }) => ({
    includeClusterAuthorizedOperations: true,
    endpointType: 1,
    includeFencedBrokers: version >= 2,
  })),
  plain(apis.describeTopicPartitions, () => ({
    topics: [{ name: 'orders' }],
    responsePartitionLimit: 10,
    cursor: null,
  })),
])

async function commitOne(under: BrokerUnderTest): Promise<void> {
  const commit = CASES.get(ApiKey.OffsetCommit) as Case
  assert.deepEqual(errorsIn(await commit({ under, topicId: ZERO_UUID, version: 9 })), [])
}

/** Every error code of an answer that is not 0, at any depth. */
function errorsIn(answer: unknown, path = ''): string[] {
  if (answer === null || typeof answer !== 'object' || Buffer.isBuffer(answer)) return []
  return Object.entries(answer).flatMap(([name, value]) =>
    /errorCode$/i.test(name) && value !== 0
      ? [`${path}${name}: ${String(value)}`]
      : errorsIn(value, `${path}${name}.`),
  )
}

test('what is asked here is what ApiVersions advertises', async () => {
  await using under = await startBroker()

  const { apiKeys } = await under.client.ask(apis.apiVersions, 0, {
    clientSoftwareName: '',
    clientSoftwareVersion: '',
    clusterId: null,
    nodeId: -1,
  })

  assert.deepEqual(
    [...CASES.keys()].toSorted((a, b) => a - b),
    apiKeys.map(({ apiKey }) => apiKey),
  )
})

for (const [apiKey, ask] of CASES) {
  test(`${apiName(apiKey)} answers in each of its versions`, async () => {
    const { min, max } = API_VERSIONS[apiKey] ?? { min: 0, max: -1 }
    assert.ok(max >= min)

    for (let version = min; version <= max; version++) {
      await using under = await startBroker()
      await under.client.ask(apis.createTopics, 7, createTopicsRequest('orders'))
      const topicId = topicIdOf(under, 'orders')
      await under.broker.context.topics.ensureConsumerOffsets()

      const answer = await ask({ under, topicId, version })

      assert.deepEqual(errorsIn(answer), [], `version ${version}`)
    }
  })
}
