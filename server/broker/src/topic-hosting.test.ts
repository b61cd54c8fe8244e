/** The configuration of a topic reaches its logs, and decides when segments begin and go. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ErrorCode } from '@ottla/protocol'
import { buildBatch } from '@ottla/records'
import { createTopics, heartbeat, incrementalAlterConfigs, produce } from './testing/apis.ts'
import { startBrokerOnDisk } from './testing/broker-on-disk.ts'
import { startBroker, type BrokerUnderTest } from './testing/broker-under-test.ts'
import { batchOf, createTopicsRequest, produceRequest } from './testing/requests.ts'

const NOW_MS = 1_700_000_000_000
const NO_TIMESTAMP = -1

async function withTopic(configs: Record<string, string>): Promise<BrokerUnderTest> {
  const under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('orders', { configs }))
  return under
}

async function produceAt(under: BrokerUnderTest, timestamp: number, valueBytes = 10) {
  const record = { timestamp, key: null, value: Buffer.alloc(valueBytes), headers: [] }
  const answer = await under.client.ask(produce, 9, produceRequest(buildBatch([record])))
  assert.equal(answer.responses[0]?.partitionResponses[0]?.errorCode, 0)
}

function logOf(under: BrokerUnderTest) {
  const log = under.broker.context.replicas.partition('orders', 0)?.log
  assert.ok(log !== undefined)
  return log
}

test('a segment ends when a record is more than segment.ms younger than its first one', async () => {
  await using under = await withTopic({ 'segment.ms': '60000' })

  await produceAt(under, NOW_MS)
  await produceAt(under, NOW_MS + 60_000)
  assert.equal(logOf(under).segmentCount, 1)
  await produceAt(under, NOW_MS + 60_001)

  assert.equal(logOf(under).segmentCount, 2)
})

test('a segment ends when its index is full', async () => {
  // Room for two entries of the time index, which gets one for each batch of more than index.interval.bytes.
  await using under = await withTopic({ 'segment.index.bytes': '24', 'index.interval.bytes': '1' })

  for (let i = 0; i < 8; i++) await produceAt(under, NOW_MS + i)

  assert.ok(logOf(under).segmentCount > 1)
  assert.equal(logOf(under).logEndOffset, 8)
})

test('records without a timestamp expire by the age of their file', async () => {
  await using under = await withTopic({ 'retention.ms': '60000' })
  await produceAt(under, NO_TIMESTAMP)
  const log = logOf(under)
  const nowMs = under.broker.context.clock.wallMs()

  assert.equal(log.applyRetention(nowMs + 30_000), 0)
  assert.equal(log.applyRetention(nowMs + 120_000), 1)
  assert.equal(log.logStartOffset, 1)
})

test('a changed retention is applied to the log that is there', async () => {
  await using under = await withTopic({ 'retention.ms': '-1' })
  await produceAt(under, NOW_MS)
  const log = logOf(under)
  assert.equal(log.applyRetention(NOW_MS + 1_000_000_000_000), 0)

  await under.client.ask(incrementalAlterConfigs, 1, {
    resources: [
      {
        resourceType: 2,
        resourceName: 'orders',
        configs: [{ name: 'retention.ms', configOperation: 0, value: '1000' }],
      },
    ],
    validateOnly: false,
  })

  assert.equal(log.applyRetention(NOW_MS + 1001), 1)
})

for (const [what, key] of [
  ['too short', 'k'],
  ['of a group without a name', '\0\x01'],
] as const) {
  test(`a record of group state whose key is ${what} costs its groups, not the broker`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'ottla-group-state-'))
    try {
      {
        await using before = await startBrokerOnDisk(directory)
        await before.client.ask(createTopics, 7, createTopicsRequest('orders'))
        await before.broker.context.topics.ensureConsumerOffsets()
        // Kafka lets this client id write there, whoever uses it.
        before.client.clientId = '__admin_client'
        const record = { timestamp: 0, key: Buffer.from(key), value: null, headers: [] }
        const { responses } = await before.client.ask(
          produce,
          9,
          produceRequest(buildBatch([record]), { topic: '__consumer_offsets', partition: 0 }),
        )
        assert.equal(responses[0]?.partitionResponses[0]?.errorCode, 0)
      }

      await using after = await startBrokerOnDisk(directory)

      const produced = await after.client.ask(produce, 9, produceRequest(batchOf(['a'])))
      assert.equal(produced.responses[0]?.partitionResponses[0]?.errorCode, 0)
      const heartbeats = new Set<number>()
      for (const groupId of ['a', 'b', 'c', 'd']) {
        const { errorCode } = await after.client.ask(heartbeat, 4, {
          groupId,
          generationId: 1,
          memberId: 'm',
          groupInstanceId: null,
        })
        heartbeats.add(errorCode)
      }
      // The groups of the other partition are looked for and not found.
      assert.deepEqual(
        heartbeats,
        new Set([ErrorCode.NOT_COORDINATOR, ErrorCode.UNKNOWN_MEMBER_ID]),
      )
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
}
