import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Uuid } from '@ottla/base'
import { KafkaError } from '../../kafka-error.ts'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import { Assignment } from '../assignment/assignment.ts'
import { consumerWorld } from '../testing/consumer-world.ts'
import { HandedRecords } from '../testing/handed-records.ts'
import { Inbox } from './inbox.ts'
import { partitionLoop } from './partition-loop.ts'
import type { RecordTaker } from './record-taker.ts'

const BOTH = [0, 1].map((partition) => ({ topic: 'orders', partition, offset: 0 }))

test('what was not taken when partitions() is left is read by who reads the consumer as a whole', async () => {
  await using on = consumerWorld({ topics: { orders: 2 } })
  on.log.log('orders', 0).append(['a'])
  on.log.log('orders', 1).append(['b'])
  const consumer = on.kafka.consumer({ assign: BOTH })
  const streams = consumer.partitions()
  const { value: first } = await on.outcome(streams.next())
  assert.equal(first?.partition, 0)
  // It waits already, and everything has been fetched.
  const coming = on.read(consumer, 1)
  await on.settle()

  await streams.return(undefined)

  assert.deepEqual(await coming, ['b'])
  // What was taken stays with its stream.
  assert.deepEqual(await on.read(first, 1), ['a'])
})

test('a partition that cannot be read is heard of as soon as it has no stream any more', async () => {
  await using on = consumerWorld({ topics: { orders: 2 } })
  const consumer = on.kafka.consumer({ assign: BOTH, from: 'none' })
  const streams = consumer.partitions()
  await on.outcome(streams.next())
  consumer.seek({ topic: 'orders', partition: 1 }, 7)
  const coming = on.read(consumer, 1)
  await on.settle()

  await streams.return(undefined)

  await assert.rejects(coming, { code: 'OFFSET_OUT_OF_RANGE', message: /orders-1/ })
})

test('a partition that is assigned when partitions() was left has no stream', async () => {
  await using on = consumerWorld({ topics: { orders: 1 } }, { metadataMaxAgeMs: 1000 })
  const consumer = on.kafka.consumer({ topics: ['orders'] })
  const streams = consumer.partitions()
  await on.outcome(streams.next())
  await streams.return(undefined)

  const coming = on.read(consumer, 1)
  const { cluster } = on.log.broker
  cluster.addTopic('orders', { id: cluster.topics.get('orders')?.id as Uuid, partitions: 2 })
  on.log.log('orders', 1).append(['b'])

  assert.deepEqual(await coming, ['b'])
})

test('a partition is given to one loop over partitions, and to none when it was revoked before', async () => {
  const assignment = new Assignment()
  const inbox = new Inbox(assignment, {} as RecordTaker)
  const shared = new HandedRecords()
  const partitions = [0, 1, 2].map(
    (partition) =>
      new AssignedPartition(
        { topic: 'orders', partition },
        { isCrcChecked: true, recordsBytesMax: 1024 },
      ),
  )
  assignment.add(partitions)
  const loop = partitionLoop({ assignment, inbox, shared }, undefined)
  const other = partitionLoop({ assignment, inbox, shared }, undefined)
  assert.equal((await loop.next()).value?.partition, 0)
  const ofOther = other.next()

  partitions[1]?.end(new KafkaError('REBALANCE_IN_PROGRESS', 'gone'))

  assert.equal((await loop.next()).value?.partition, 2)
  shared.end()
  inbox.changed.notify()
  assert.deepEqual(await ofOther, { done: true, value: undefined })
  assert.deepEqual(await loop.next(), { done: true, value: undefined })
})
