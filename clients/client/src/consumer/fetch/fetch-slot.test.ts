import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrokerId } from '@ottla/base'
import type { BrokerConnection } from '../../connection/broker-connection.ts'
import { KafkaError } from '../../kafka-error.ts'
import { fakeWorld, settle } from '../../testing/fake-world.ts'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import { stubContext } from '../testing/stub-context.ts'
import { FetchAnswers } from './fetch-answer.ts'
import { NOTHING_FETCHED } from './fetch-request.ts'
import { FetchSlot } from './fetch-slot.ts'

/** A slot that is about to fetch a partition, as soon as it has a connection. */
function fetching() {
  const world = fakeWorld()
  const { context, failures } = stubContext(world)
  const opened = Promise.withResolvers<BrokerConnection>()
  const { cluster } = context
  cluster.openConnectionTo = () => undefined
  cluster.connectionTo = () => opened.promise
  const brokerId = 1 as BrokerId
  const slot = new FetchSlot(brokerId, context, 'main', new FetchAnswers(context))
  const partition = new AssignedPartition({ topic: 'orders', partition: 0 }, context.settings)
  partition.moveTo(5)
  partition.preferredReplica = brokerId
  slot.fetch([partition], NOTHING_FETCHED)
  return { world, opened, slot, partition, failures }
}

test('a partition that was sought while the connection was made can be fetched again', async () => {
  const { world, opened, slot, partition } = fetching()
  assert.ok(partition.isInFlight)

  partition.seek('earliest')
  opened.resolve({} as BrokerConnection)
  await settle(world)

  assert.equal(partition.isInFlight, false)
  assert.equal(slot.isBusy, false)
})

test('a replica that cannot be reached is not preferred any more', async () => {
  const { world, opened, slot, partition, failures } = fetching()

  opened.reject(new KafkaError('CONNECTION_FAILED', 'no', { retriable: true }))
  await settle(world)

  assert.equal(partition.preferredReplica, undefined)
  assert.equal(partition.isInFlight, false)
  assert.ok(slot.notBeforeMs > world.clock.monotonicMs())
  assert.deepEqual(failures, [])
})
