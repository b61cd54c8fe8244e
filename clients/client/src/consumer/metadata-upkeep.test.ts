import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../kafka-error.ts'
import { fakeWorld, settle } from '../testing/fake-world.ts'
import { AssignedPartition } from './assignment/assigned-partition.ts'
import { MetadataUpkeep } from './metadata-upkeep.ts'
import { stubContext } from './testing/stub-context.ts'

function setUp(refresh: () => Promise<void> = () => Promise.resolve()) {
  const world = fakeWorld()
  const { context, failures } = stubContext(world)
  const used: string[] = []
  const { refresher } = context.cluster
  refresher.use = (topic) => {
    used.push(topic)
  }
  refresher.refresh = refresh
  const add = (topic: string): void => {
    context.assignment.add([new AssignedPartition({ topic, partition: 0 }, context.settings)])
  }
  return { world, failures, used, add, upkeep: new MetadataUpkeep(context) }
}

test('topics are asked for again after 30 s, and when there are other partitions', () => {
  const { used, add, upkeep } = setUp()
  add('a')

  for (const nowMs of [0, 1, 29_999, 30_000]) upkeep.useTopics(nowMs)
  assert.deepEqual(used, ['a', 'a'])
  add('b')
  upkeep.useTopics(30_001)

  assert.deepEqual(used, ['a', 'a', 'a', 'b'])
})

test('a refusal of the metadata that trying again does not mend is the end of the consumer', async () => {
  const refusal = new KafkaError('SASL_AUTHENTICATION_FAILED', 'no', { retriable: false })
  const { world, failures, upkeep } = setUp(() => Promise.reject(refusal))

  upkeep.refresh()
  await settle(world)

  assert.deepEqual(failures, [refusal])
})

test('metadata that cannot be had just now is asked for again, and nothing else', async () => {
  let asked = 0
  const { world, failures, upkeep } = setUp(() => {
    asked++
    return Promise.reject(new KafkaError('CONNECTION_LOST', 'no', { retriable: true }))
  })

  upkeep.refresh()
  upkeep.refresh()
  await settle(world)
  upkeep.refresh()
  await settle(world)
  upkeep.close()
  upkeep.refresh()

  assert.equal(asked, 2)
  assert.deepEqual(failures, [])
})
