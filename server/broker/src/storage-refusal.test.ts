/** Disks that refuse, as clients see them: answers for each item, on a connection that goes on. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock, ZERO_UUID } from '@ottla/base'
import { MetadataDiskError, memoryStore } from '@ottla/cluster'
import { MemoryDisk } from '@ottla/log'
import { ErrorCode } from '@ottla/protocol'
import {
  alterConfigs,
  createPartitions,
  createTopics,
  deleteRecords,
  deleteTopics,
  describeTopicPartitions,
  fetch,
  findCoordinator,
  incrementalAlterConfigs,
  listOffsets,
  metadata,
  offsetForLeaderEpoch,
  produce,
} from './testing/apis.ts'
import { startBroker, type BrokerUnderTest } from './testing/broker-under-test.ts'
import {
  batchOf,
  createTopicsRequest,
  fetchRequest,
  metadataRequest,
  produceRequest,
} from './testing/requests.ts'

const { NONE, KAFKA_STORAGE_ERROR, LEADER_NOT_AVAILABLE, UNKNOWN_TOPIC_OR_PARTITION } = ErrorCode
const TOPIC_RESOURCE = 2

/** With the topic `orders`; the metadata store refuses changes while `fault.isOn`. */
async function brokerOnFullStore() {
  const fault = { isOn: false }
  const store = memoryStore({ clock: systemClock })
  const txn = store.txn.bind(store)
  store.txn = async (wanted) => {
    if (fault.isOn)
      throw new MetadataDiskError('"/secret/metadata.db": disk full', {
        publicMessage: 'the disk is full; free some space',
      })
    return txn(wanted)
  }
  const under = await startBroker({}, { openStore: () => store })
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  fault.isOn = true
  return { under, fault }
}

/** The disk refuses to make the directories of partition 1. */
async function brokerOnBadDisk() {
  const fault = { isOn: true }
  const disk = new MemoryDisk({ clock: systemClock })
  disk.onOperation = (operation, path) =>
    fault.isOn && operation === 'makeDirectory' && path.endsWith('-1') ? { code: 'EIO' } : undefined
  return { under: await startBroker({}, { disk }), fault, disk }
}

async function produceTo(under: BrokerUnderTest, partition: number): Promise<number | undefined> {
  const request = produceRequest(batchOf(['a']), { partition })
  const { responses } = await under.client.ask(produce, 9, request)
  return responses[0]?.partitionResponses[0]?.errorCode
}

test('each change that the metadata store cannot write down is answered with the reason', async () => {
  const { under, fault } = await brokerOnFullStore()
  await using _ = under
  const { client } = under
  const resource = { resourceType: TOPIC_RESOURCE, resourceName: 'orders' }
  const name = 'retention.ms'

  const answers = [
    (await client.ask(createTopics, 7, createTopicsRequest('new'))).topics[0],
    (
      await client.ask(createPartitions, 3, {
        topics: [{ name: 'orders', count: 2, assignments: null }],
        timeoutMs: 1000,
        validateOnly: false,
      })
    ).results[0],
    (
      await client.ask(incrementalAlterConfigs, 1, {
        resources: [{ ...resource, configs: [{ name, configOperation: 0, value: '1' }] }],
        validateOnly: false,
      })
    ).responses[0],
    (
      await client.ask(alterConfigs, 2, {
        resources: [{ ...resource, configs: [{ name, value: '1' }] }],
        validateOnly: false,
      })
    ).responses[0],
    (
      await client.ask(deleteTopics, 6, {
        topics: [{ name: 'orders', topicId: ZERO_UUID }],
        topicNames: [],
        timeoutMs: 1000,
      })
    ).responses[0],
  ]

  for (const answer of answers) {
    assert.deepEqual(
      [answer?.errorCode, answer?.errorMessage],
      [KAFKA_STORAGE_ERROR, 'the disk is full; free some space'],
    )
  }
  const created = await client.ask(metadata, 9, metadataRequest(['wanted', 'orders']))
  assert.deepEqual(
    created.topics.map(({ name: topic, errorCode }) => [topic, errorCode]),
    [
      ['wanted', KAFKA_STORAGE_ERROR],
      ['orders', NONE],
    ],
  )
  const found = await client.ask(findCoordinator, 3, {
    key: 'readers',
    keyType: 0,
    coordinatorKeys: [],
  })
  assert.equal(found.errorCode, ErrorCode.COORDINATOR_NOT_AVAILABLE)
  fault.isOn = false
  const after = await client.ask(createTopics, 7, createTopicsRequest('new'))
  assert.equal(after.topics[0]?.errorCode, NONE)
})

test('a topic whose logs cannot all be made says so everywhere, and is whole when it is asked for again', async () => {
  const { under, fault } = await brokerOnBadDisk()
  await using _ = under
  const { client } = under
  const wanted = createTopicsRequest('orders', { numPartitions: 3 })

  const [created] = (await client.ask(createTopics, 7, wanted)).topics

  assert.equal(created?.errorCode, KAFKA_STORAGE_ERROR)
  assert.match(created.errorMessage ?? '', /^Partition 1: .*without the logs of 1 partitions/)
  assert.doesNotMatch(created.errorMessage ?? '', /\//)
  assert.deepEqual(
    [await produceTo(under, 0), await produceTo(under, 1), await produceTo(under, 3)],
    [NONE, KAFKA_STORAGE_ERROR, UNKNOWN_TOPIC_OR_PARTITION],
  )
  assert.deepEqual(await leadersOf(under), [
    [NONE, 1],
    [LEADER_NOT_AVAILABLE, -1],
    [NONE, 1],
  ])
  assert.deepEqual(new Set(await errorsOfReaders(under)), new Set([KAFKA_STORAGE_ERROR]))

  fault.isOn = false
  const [again] = (await client.ask(createTopics, 7, wanted)).topics

  assert.equal(again?.errorCode, ErrorCode.TOPIC_ALREADY_EXISTS)
  assert.equal(await produceTo(under, 1), NONE)
  assert.deepEqual(await leadersOf(under), [
    [NONE, 1],
    [NONE, 1],
    [NONE, 1],
  ])
})

/** Error and leader of each partition; Metadata and DescribeTopicPartitions agree. */
async function leadersOf({ client }: BrokerUnderTest) {
  const { topics } = await client.ask(metadata, 9, metadataRequest(['orders']))
  const described = await client.ask(describeTopicPartitions, 0, {
    topics: [{ name: 'orders' }],
    responsePartitionLimit: 100,
    cursor: null,
  })
  const leaders = topics[0]?.partitions.map(({ errorCode, leaderId }) => [errorCode, leaderId])
  assert.deepEqual(
    described.topics[0]?.partitions.map(({ errorCode, leaderId }) => [errorCode, leaderId]),
    leaders,
  )
  return leaders
}

/** Of partition 1, from everyone who looks for it. */
async function errorsOfReaders({ client }: BrokerUnderTest) {
  const fetched = await client.ask(fetch, 12, fetchRequest({ partition: 1 }))
  const listed = await client.ask(listOffsets, 6, {
    replicaId: -1,
    isolationLevel: 0,
    timeoutMs: 0,
    topics: [
      {
        name: 'orders',
        partitions: [{ partitionIndex: 1, currentLeaderEpoch: -1, timestamp: -1 }],
      },
    ],
  })
  const ended = await client.ask(offsetForLeaderEpoch, 4, {
    replicaId: -2,
    topics: [
      {
        topic: 'orders',
        partitions: [{ partition: 1, currentLeaderEpoch: -1, leaderEpoch: 0 }],
      },
    ],
  })
  const deleted = await client.ask(deleteRecords, 2, {
    topics: [{ name: 'orders', partitions: [{ partitionIndex: 1, offset: 0 }] }],
    timeoutMs: 1000,
  })
  return [
    fetched.responses[0]?.partitions[0]?.errorCode,
    listed.topics[0]?.partitions[0]?.errorCode,
    ended.topics[0]?.partitions[0]?.errorCode,
    deleted.topics[0]?.partitions[0]?.errorCode,
  ]
}

test('a topic that grows by partitions whose logs cannot be made says so', async () => {
  const { under } = await brokerOnBadDisk()
  await using _ = under
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))

  const { results } = await under.client.ask(createPartitions, 3, {
    topics: [{ name: 'orders', count: 3, assignments: null }],
    timeoutMs: 1000,
    validateOnly: false,
  })

  assert.equal(results[0]?.errorCode, KAFKA_STORAGE_ERROR)
  assert.deepEqual([await produceTo(under, 1), await produceTo(under, 2)], [56, NONE])
})

test('a deleted topic whose logs cannot be moved away is an error, and gone', async () => {
  const { under, disk } = await brokerOnBadDisk()
  await using _ = under
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  disk.onOperation = (operation, path) =>
    operation === 'rename' && path.endsWith('-0') ? { code: 'EIO' } : undefined

  const { responses } = await under.client.ask(deleteTopics, 6, {
    topics: [{ name: 'orders', topicId: ZERO_UUID }],
    topicNames: [],
    timeoutMs: 1000,
  })

  assert.equal(responses[0]?.errorCode, KAFKA_STORAGE_ERROR)
  assert.equal(responses[0].errorMessage, 'Cannot move the log away: EIO')
  assert.equal(await produceTo(under, 0), UNKNOWN_TOPIC_OR_PARTITION)
})

test('a producer is told what the disk did, and not where', async () => {
  const { under, disk } = await brokerOnBadDisk()
  await using _ = under
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  disk.onOperation = (operation, path) =>
    operation === 'write' && path.endsWith('.log') ? { code: 'EIO' } : undefined

  const answers: (string | null | undefined)[] = []
  for (let i = 0; i < 2; i++) {
    const request = produceRequest(batchOf(['a']), { partition: 0 })
    const { responses } = await under.client.ask(produce, 9, request)
    assert.equal(responses[0]?.partitionResponses[0]?.errorCode, KAFKA_STORAGE_ERROR)
    answers.push(responses[0].partitionResponses[0].errorMessage)
  }

  // The one whose write failed, and one that comes when the log refuses.
  const text = 'Cannot append to the log: EIO; check the disk and restart the broker'
  assert.deepEqual(answers, [text, text])
})
