import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrokerId } from '@ottla/base'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import { KafkaError } from '../../kafka-error.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import { stubContext } from '../testing/stub-context.ts'
import { askAbout } from './asked-partition.ts'
import { validateEpochs } from './epoch-validation.ts'
import { lookUpOffsets } from './offset-lookup.ts'

const LEADER = 1 as BrokerId

function setUp() {
  const { context, failures } = stubContext(fakeWorld())
  const partition = new AssignedPartition({ topic: 'orders', partition: 0 }, context.settings)
  /** The leader's answer comes after `meanwhile`. */
  const answer = (response: unknown, meanwhile: () => void): void => {
    const request = async (): Promise<unknown> => {
      meanwhile()
      return response
    }
    const connection = { broker: 'b:1', versionOf: () => 4, request } as unknown as BrokerConnection
    context.cluster.connectionTo = async () => connection
  }
  return { context, failures, partition, answer }
}

test('an answer that comes late does not end the question that was asked since', async () => {
  const { context, partition } = setUp()
  const late = Promise.withResolvers<void>()
  partition.seek('earliest')
  const first = askAbout(context, [partition], () => late.promise)
  partition.seek('latest')
  const second = Promise.withResolvers<void>()
  const asked = askAbout(context, [partition], () => second.promise)

  late.resolve()
  await first

  assert.ok(partition.isAsking)
  second.resolve()
  await asked
  assert.equal(partition.isAsking, false)
})

test('a refusal for partitions that were given up meanwhile concerns nobody', async () => {
  const { context, failures, partition } = setUp()
  const refusal = new KafkaError('GROUP_AUTHORIZATION_FAILED', 'no', { retriable: false })

  await askAbout(context, [partition], async () => {
    partition.end(new KafkaError('REBALANCE_IN_PROGRESS', 'gone'))
    throw refusal
  })

  assert.deepEqual(failures, [])
  const other = setUp()
  await askAbout(other.context, [other.partition], () => Promise.reject(refusal))
  assert.deepEqual(other.failures, [refusal])
})

test('a group between two generations is asked again, and is no reason to fail', async () => {
  const { context, failures, partition } = setUp()
  context.assignment.add([partition])

  await askAbout(context, [partition], () =>
    Promise.reject(new KafkaError('ILLEGAL_GENERATION', 'no', { retriable: false })),
  )

  assert.deepEqual(failures, [])
  assert.equal(partition.failure, undefined)
  assert.equal(partition.failureCount, 1)
  assert.equal(partition.isAsking, false)
})

test('an offset that was looked up before a seek does not count', async () => {
  const { context, partition, answer } = setUp()
  partition.seek('earliest')
  const found = { partitionIndex: 0, errorCode: 0, offset: 3, leaderEpoch: 0 }
  answer({ topics: [{ name: 'orders', partitions: [found] }] }, () => {
    partition.seek(7)
  })

  await lookUpOffsets(context, LEADER, [partition])

  assert.equal(partition.position, 7)
})

test('what a new leader lacks does not move a partition that was sought meanwhile', async () => {
  const { context, partition, answer } = setUp()
  partition.moveTo(5, 0)
  partition.phase = 'validating'
  const end = { partition: 0, errorCode: 0, endOffset: 1, leaderEpoch: 0 }
  answer({ topics: [{ topic: 'orders', partitions: [end] }] }, () => {
    partition.seek(7)
  })

  await validateEpochs(context, LEADER, [partition])

  assert.equal(partition.position, 7)
})
