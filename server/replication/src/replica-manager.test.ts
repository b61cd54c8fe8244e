import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLogger, uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { ReplicaManager } from './replica-manager.ts'
import { ProduceInTest } from './testing/produce-in-test.ts'
import {
  aBatch,
  FIRST_EPOCH,
  offsetsRead,
  ReplicationFixture,
  TOPIC,
  TOPIC_ID,
} from './testing/replication-fixture.ts'

const OTHER_ID = uuid('vutsrqponmlkjihgfedcbw')

async function aTopicWithRecords(): Promise<ReplicationFixture> {
  const at = await ReplicationFixture.open({ partitions: 2 })
  const call = new ProduceInTest([[at.partition(0), aBatch()]], { clock: at.clock })
  at.settle()
  assert.equal(call.isDone, true)
  return at
}

test('ReplicaManager finds a topic by name and by id, and a partition by its number', async () => {
  const at = await ReplicationFixture.open({ partitions: 2 })
  const { replicas } = at

  const topic = replicas.topic(TOPIC)

  assert.equal(topic?.topicId, TOPIC_ID)
  assert.equal(replicas.topicById(TOPIC_ID), topic)
  assert.equal(replicas.partition(TOPIC, 1), topic?.partitions[1])
  assert.equal(replicas.partition(TOPIC, 1)?.log.partition, 1)
})

test('ReplicaManager finds nothing for what nobody could have', async () => {
  const { replicas } = await ReplicationFixture.open()

  assert.equal(replicas.topic('unknown'), undefined)
  assert.equal(replicas.topicById(OTHER_ID), undefined)
  for (const index of [-1, 1, 2147483647, -2147483648]) {
    assert.equal(replicas.partition(TOPIC, index), undefined)
  }
  for (const name of ['__proto__', 'constructor', '']) {
    assert.equal(replicas.topic(name), undefined)
  }
})

test('ReplicaManager.host() leaves partitions alone that are there, and adds new ones', async () => {
  const at = await aTopicWithRecords()
  const { replicas } = at
  const first = at.partition(0)
  const place = (partition: number) => ({ partition, leaderId: 1, leaderEpoch: FIRST_EPOCH })

  replicas.host(TOPIC, TOPIC_ID, at.config, [place(0), place(1), place(2)])

  assert.equal(at.partition(0), first)
  assert.equal(first.highWatermark, 1)
  assert.equal(replicas.topic(TOPIC)?.partitions.length, 3)
  assert.equal(at.partition(2).log.logEndOffset, 0)
})

test('ReplicaManager.host() takes up a log that is on the disk', async () => {
  const at = await ReplicationFixture.open()
  const { logs, replicas, config } = at
  const log = logs.create({ topic: 'kept', topicId: OTHER_ID, partition: 0, config })
  log.append(aBatch({ values: ['a', 'b'] }), { origin: 'client', leaderEpoch: 0 })
  log.write()

  replicas.host('kept', OTHER_ID, config, [{ partition: 0, leaderId: 1, leaderEpoch: FIRST_EPOCH }])

  const partition = replicas.partition('kept', 0)
  assert.equal(partition?.log, log)
  assert.equal(partition?.highWatermark, 2)
  assert.equal(partition?.leaderId, 1)
})

test('ReplicaManager.updateConfig() reaches every partition, and no unknown topic', async () => {
  const at = await ReplicationFixture.open({ partitions: 2 })
  const config = { ...at.config, retentionMs: 1 }

  at.replicas.updateConfig(TOPIC, config)
  at.replicas.updateConfig('unknown', config)

  assert.equal(at.partition(0).log.config, config)
  assert.equal(at.partition(1).log.config, config)
})

test('ReplicaManager.drop() forgets the topic and its logs, and may be repeated', async () => {
  const at = await aTopicWithRecords()

  at.replicas.drop(TOPIC)
  at.replicas.drop(TOPIC)

  assert.equal(at.replicas.topic(TOPIC), undefined)
  assert.equal(at.replicas.topicById(TOPIC_ID), undefined)
  assert.equal(at.logs.get(TOPIC, 0), undefined)
  assert.equal(at.logs.get(TOPIC, 1), undefined)
})

test('a topic that is made again begins empty', async () => {
  const at = await aTopicWithRecords()
  at.replicas.drop(TOPIC)

  at.host(OTHER_ID)

  assert.equal(at.partition(0).log.logEndOffset, 0)
  assert.equal(at.partition(0).log.topicId, OTHER_ID)
  assert.equal(offsetsRead(at.partition(0), 0), undefined)
})

// The image may show a deletion and a creation as one change.
test('ReplicaManager.host() drops an earlier topic of the same name first', async () => {
  const at = await aTopicWithRecords()
  at.isHoldingSyncs = true
  const waiting = new ProduceInTest([[at.partition(0), aBatch()]], { clock: at.clock })
  at.settle()

  at.host(OTHER_ID)

  assert.deepEqual(waiting.errorCodes, [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION])
  assert.equal(at.replicas.topicById(TOPIC_ID), undefined)
  assert.equal(at.replicas.topicById(OTHER_ID), at.replicas.topic(TOPIC))
  assert.equal(at.partition(0).log.logEndOffset, 0)
})

test('ReplicaManager.drop() tells everyone who waits also when the disk refuses', async () => {
  const at = await ReplicationFixture.open({ partitions: 2 })
  at.isHoldingSyncs = true
  const waiting = [0, 1].map(
    (index) => new ProduceInTest([[at.partition(index), aBatch()]], { clock: at.clock }),
  )
  at.settle()
  at.disk.onOperation = (operation) => (operation === 'rename' ? { code: 'EIO' } : undefined)

  assert.throws(() => {
    at.replicas.drop(TOPIC)
  })

  for (const call of waiting) {
    assert.deepEqual(call.errorCodes, [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION])
  }
})

test('ReplicaManager.host() sets a log of another topic of the same name aside, and keeps it', async () => {
  const at = await aTopicWithRecords()
  const before = at.partition(0).log.directoryPath
  const place = { partition: 0, leaderId: 1, leaderEpoch: FIRST_EPOCH }
  const namesake = new ReplicaManager({ logs: at.logs, turn: at.turn, logger: silentLogger })

  namesake.host(TOPIC, OTHER_ID, at.config, [place])

  const fresh = namesake.partition(TOPIC, 0)
  assert.equal(fresh?.log.topicId, OTHER_ID)
  assert.equal(fresh?.highWatermark, 0)
  assert.equal(fresh?.log.directoryPath, before)
  assert.ok(at.partition(0).log.directoryPath.endsWith('-stray'))
})
