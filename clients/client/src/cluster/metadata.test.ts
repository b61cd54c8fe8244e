import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ZERO_UUID, uuid, type BrokerId, type LeaderEpoch } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { MetadataResponse, MetadataResponseTopic } from '@ottla/protocol/metadata-response'
import { Metadata } from './metadata.ts'

const FIRST_ID = uuid('AAAAAAAAQACAAAAAAAAAAQ')
const SECOND_ID = uuid('AAAAAAAAQACAAAAAAAAAAg')

/** One partition for each [leader, epoch]. */
function aTopic(
  name: string,
  leaders: readonly (readonly [leaderId: number, leaderEpoch: number])[],
  more: Partial<MetadataResponseTopic> = {},
): MetadataResponseTopic {
  return {
    errorCode: 0,
    name,
    topicId: FIRST_ID,
    isInternal: false,
    partitions: leaders.map(([leaderId, leaderEpoch], partitionIndex) => ({
      errorCode: leaderId < 0 ? ErrorCode.LEADER_NOT_AVAILABLE : 0,
      partitionIndex,
      leaderId,
      leaderEpoch,
      replicaNodes: [1, 2],
      isrNodes: [1],
      offlineReplicas: [2],
    })),
    topicAuthorizedOperations: 0,
    ...more,
  }
}

function anAnswer(
  topics: MetadataResponseTopic[],
  more: Partial<MetadataResponse> = {},
): MetadataResponse {
  return {
    throttleTimeMs: 0,
    brokers: [1, 2].map((nodeId) => ({ nodeId, host: `b${nodeId}`, port: 9092, rack: null })),
    clusterId: 'a-cluster',
    controllerId: 1,
    topics,
    clusterAuthorizedOperations: 0,
    errorCode: 0,
    ...more,
  }
}

const leader = (id: number, epoch: number): { id: BrokerId; epoch: LeaderEpoch } => {
  return { id: id as BrokerId, epoch: epoch as LeaderEpoch }
}

test('Metadata knows brokers, topics, partitions and their leaders after an answer', () => {
  const metadata = new Metadata()
  metadata.update(
    anAnswer([
      aTopic('orders', [
        [1, 5],
        [2, 3],
      ]),
    ]),
  )

  assert.deepEqual([...metadata.brokers.keys()], [1, 2])
  assert.equal(metadata.clusterId, 'a-cluster')
  assert.equal(metadata.controllerId, 1)
  assert.equal(metadata.version, 1)
  assert.equal(metadata.leaderOf('orders', 1), 2)
  assert.equal(metadata.leaderOf('orders', 2), undefined)
  assert.equal(metadata.leaderOf('payments', 0), undefined)
  assert.equal(metadata.topicName(FIRST_ID), 'orders')
  assert.deepEqual(metadata.partition('orders', 0), {
    partition: 0,
    leaderId: 1,
    leaderEpoch: 5,
    replicas: [1, 2],
    inSyncReplicas: [1],
    offlineReplicas: [2],
  })
})

test('Metadata has no leader where the answer has none', () => {
  const metadata = new Metadata()
  metadata.update(anAnswer([aTopic('orders', [[-1, 5]])]))

  assert.equal(metadata.leaderOf('orders', 0), undefined)
  assert.equal(metadata.partition('orders', 0)?.leaderId, -1)
})

test('Metadata ignores the leader of an older epoch, partition by partition', () => {
  const metadata = new Metadata()
  metadata.update(
    anAnswer([
      aTopic('orders', [
        [1, 5],
        [1, 5],
      ]),
    ]),
  )
  metadata.update(
    anAnswer([
      aTopic('orders', [
        [2, 4],
        [2, 6],
      ]),
    ]),
  )

  assert.equal(metadata.leaderOf('orders', 0), 1)
  assert.equal(metadata.partition('orders', 0)?.leaderEpoch, 5)
  assert.equal(metadata.leaderOf('orders', 1), 2)
})

test('Metadata takes the low epochs of a topic that was deleted and created again', () => {
  const metadata = new Metadata()
  metadata.update(
    anAnswer([
      aTopic('orders', [
        [1, 5],
        [1, 5],
      ]),
    ]),
  )
  metadata.update(anAnswer([aTopic('orders', [[2, 0]], { topicId: SECOND_ID })]))

  assert.equal(metadata.leaderOf('orders', 0), 2)
  assert.equal(metadata.partition('orders', 0)?.leaderEpoch, 0)
  assert.equal(metadata.topic('orders')?.partitions.length, 1)
  assert.equal(metadata.topicName(FIRST_ID), undefined)
  assert.equal(metadata.topicName(SECOND_ID), 'orders')
})

test('Metadata leaves topics as they were when the answer has an error for them or no word', () => {
  const metadata = new Metadata()
  metadata.update(
    anAnswer([aTopic('orders', [[1, 5]]), aTopic('payments', [[1, 5]], { topicId: SECOND_ID })]),
  )
  metadata.update(anAnswer([aTopic('orders', [], { errorCode: ErrorCode.LEADER_NOT_AVAILABLE })]))

  assert.equal(metadata.leaderOf('orders', 0), 1)
  assert.equal(metadata.leaderOf('payments', 0), 1)
})

test('Metadata keeps the brokers when an answer has none, and drops those that are gone', () => {
  const metadata = new Metadata()
  metadata.update(anAnswer([]))
  metadata.update(anAnswer([], { brokers: [] }))
  assert.equal(metadata.brokers.size, 2)

  const moved = { nodeId: 2, host: 'elsewhere', port: 9093, rack: 'r' }
  metadata.update(anAnswer([], { brokers: [moved] }))

  assert.deepEqual(
    [...metadata.brokers.values()],
    [{ id: 2, host: 'elsewhere', port: 9093, rack: 'r' }],
  )
})

test('Metadata.moveLeader() takes the newer leader of a Produce or Fetch answer only', () => {
  const metadata = new Metadata()
  metadata.update(anAnswer([aTopic('orders', [[1, 5]])]))

  assert.equal(metadata.moveLeader('orders', 0, leader(2, 5)), false, 'not news')
  assert.equal(metadata.moveLeader('orders', 0, leader(-1, 7)), false, 'nobody')
  assert.equal(metadata.moveLeader('orders', 1, leader(2, 6)), false, 'no such partition')
  assert.equal(metadata.leaderOf('orders', 0), 1)

  metadata.addBroker({ id: 3 as BrokerId, host: 'b3', port: 9092, rack: null })
  assert.equal(metadata.moveLeader('orders', 0, leader(3, 6)), true)
  assert.equal(metadata.leaderOf('orders', 0), 3)
  assert.equal(metadata.brokers.get(3 as BrokerId)?.host, 'b3')

  metadata.update(anAnswer([aTopic('orders', [[1, 5]])]))
  assert.equal(metadata.leaderOf('orders', 0), 3, 'an answer from before does not undo it')
})

test('Metadata.forgetTopic() forgets the name and the id', () => {
  const metadata = new Metadata()
  metadata.update(anAnswer([aTopic('orders', [[1, 5]])]))
  metadata.forgetTopic('orders')
  metadata.forgetTopic('never known')

  assert.equal(metadata.topic('orders'), undefined)
  assert.equal(metadata.topicName(FIRST_ID), undefined)
  assert.deepEqual([...metadata.topics()], [])
})

test('Metadata takes topics without an id, from brokers that have none', () => {
  const metadata = new Metadata()
  metadata.update(
    anAnswer([
      aTopic('orders', [[1, 0]], { topicId: ZERO_UUID }),
      aTopic('payments', [[2, 0]], { topicId: ZERO_UUID }),
    ]),
  )

  assert.equal(metadata.leaderOf('orders', 0), 1)
  assert.equal(metadata.leaderOf('payments', 0), 2)
  assert.equal(metadata.topicName(ZERO_UUID), undefined)
})

test('Metadata makes an array without holes of whatever partitions an answer has', () => {
  const metadata = new Metadata()
  const odd = aTopic('orders', [
    [1, 5],
    [1, 5],
    [1, 5],
  ])
  const numbers = [1, 2_147_483_647, -1]
  odd.partitions.forEach((partition, at) => {
    partition.partitionIndex = numbers[at] as number
  })
  metadata.update(anAnswer([odd]))

  const partitions = metadata.topic('orders')?.partitions ?? []
  assert.deepEqual(
    partitions.map(({ partition, leaderId }) => [partition, leaderId]),
    [
      [0, -1],
      [1, 1],
      [2, -1],
    ],
  )
})
