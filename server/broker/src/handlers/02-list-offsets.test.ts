/** ListOffsets and OffsetForLeaderEpoch: conformance L1 to L11. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { leaderEpoch } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { COMPRESSION_GZIP } from '@ottla/records'
import {
  createTopics,
  deleteRecords,
  listOffsets,
  offsetForLeaderEpoch,
  produce,
} from '../testing/apis.ts'
import { startBrokerOnDisk } from '../testing/broker-on-disk.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { batchOf, createTopicsRequest, produceRequest } from '../testing/requests.ts'

/** The time of the first record of `batchOf`. */
const FIRST_MS = 1_700_000_000_000

async function withRecords(): Promise<BrokerUnderTest> {
  const under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))
  const batch = batchOf(['a', 'b', 'c'], { compression: COMPRESSION_GZIP })
  await under.client.ask(produce, 9, produceRequest(batch))
  await under.client.ask(produce, 9, produceRequest(batchOf(['d'])))
  return under
}

async function offsetOf(under: BrokerUnderTest, timestamp: number, version = 11) {
  const asked = { partitionIndex: 0, currentLeaderEpoch: -1, timestamp }
  const { topics } = await under.client.ask(listOffsets, version, {
    replicaId: -1,
    isolationLevel: 0,
    topics: [{ name: 'orders', partitions: [asked] }],
    timeoutMs: 1000,
  })
  const answer = topics[0]?.partitions[0]
  assert.ok(answer !== undefined)
  return answer
}

test('latest is the high watermark, earliest the start of the log', async () => {
  await using under = await withRecords()

  assert.equal((await offsetOf(under, -1)).offset, 4)
  assert.equal((await offsetOf(under, -2)).offset, 0)
  assert.equal((await offsetOf(under, -4)).offset, 0)
})

test('earliest moves with DeleteRecords', async () => {
  await using under = await withRecords()
  const answer = await under.client.ask(deleteRecords, 2, {
    topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: -1 }] }],
    timeoutMs: 1000,
  })

  assert.equal(answer.topics[0]?.partitions[0]?.lowWatermark, 4)
  assert.equal((await offsetOf(under, -2)).offset, 4)
})

test('a timestamp finds the first record at or after it, inside a compressed batch too', async () => {
  await using under = await withRecords()

  const found = await offsetOf(under, FIRST_MS + 1)
  const later = await offsetOf(under, FIRST_MS + 1000)

  assert.deepEqual([found.offset, found.timestamp, found.leaderEpoch], [1, FIRST_MS + 1, 0])
  assert.deepEqual([later.errorCode, later.offset, later.timestamp], [0, -1, -1])
})

test('the largest timestamp is found at its first offset', async () => {
  await using under = await withRecords()

  const found = await offsetOf(under, -3)

  assert.deepEqual([found.offset, found.timestamp], [2, FIRST_MS + 2])
})

test('nothing is tiered, and a marker that the version does not know is refused', async () => {
  await using under = await withRecords()

  assert.deepEqual(
    [(await offsetOf(under, -5)).errorCode, (await offsetOf(under, -5)).offset],
    [0, -1],
  )
  assert.equal((await offsetOf(under, -6)).offset, -1)
  for (const [timestamp, version] of [
    [-3, 6],
    [-4, 7],
    [-5, 8],
    [-6, 10],
    [-7, 11],
  ] as const) {
    const { errorCode } = await offsetOf(under, timestamp, version)
    assert.equal(errorCode, ErrorCode.UNSUPPORTED_VERSION, `${timestamp} in version ${version}`)
  }
})

test('a partition that is named twice is refused, and answered once', async () => {
  await using under = await withRecords()
  const asked = { partitionIndex: 0, currentLeaderEpoch: -1, timestamp: -1 }

  const { topics } = await under.client.ask(listOffsets, 11, {
    replicaId: -1,
    isolationLevel: 0,
    topics: [{ name: 'orders', partitions: [asked, asked] }],
    timeoutMs: 1000,
  })

  assert.deepEqual(
    topics[0]?.partitions.map(({ errorCode }) => errorCode),
    [ErrorCode.INVALID_REQUEST],
  )
})

test('OffsetForLeaderEpoch gives the end of the epoch in force, and nothing for an unknown one', async () => {
  await using under = await withRecords()
  const end = async (leaderEpoch: number) => {
    const { topics } = await under.client.ask(offsetForLeaderEpoch, 4, {
      replicaId: -1,
      topics: [
        { topic: 'orders', partitions: [{ partition: 0, currentLeaderEpoch: 0, leaderEpoch }] },
      ],
    })
    return topics[0]?.partitions[0]
  }

  assert.deepEqual([(await end(0))?.leaderEpoch, (await end(0))?.endOffset], [0, 4])
  assert.deepEqual([(await end(9))?.leaderEpoch, (await end(9))?.endOffset], [-1, -1])
})

test('reading committed ends at the last stable offset, which is the watermark without transactions', async () => {
  await using under = await withRecords()

  const { topics } = await under.client.ask(listOffsets, 11, {
    replicaId: -1,
    isolationLevel: 1,
    topics: [
      {
        name: 'orders',
        partitions: [{ partitionIndex: 0, currentLeaderEpoch: -1, timestamp: -1 }],
      },
    ],
    timeoutMs: 1000,
  })

  assert.equal(topics[0]?.partitions[0]?.offset, 4)
})

test('an empty log has no largest timestamp', async () => {
  await using under = await startBroker()
  await under.client.ask(createTopics, 7, createTopicsRequest('orders'))

  const { errorCode, offset, timestamp } = await offsetOf(under, -3)

  assert.deepEqual([errorCode, offset, timestamp], [ErrorCode.NONE, -1, -1])
})

test('ListOffsets and OffsetForLeaderEpoch fence a client with another leader epoch', async () => {
  await using under = await withRecords()
  const partition = under.broker.context.replicas.partition('orders', 0)
  assert.ok(partition !== undefined)
  partition.leaderEpoch = leaderEpoch(3)
  const errorsFor = async (currentLeaderEpoch: number) => {
    const listed = await under.client.ask(listOffsets, 11, {
      replicaId: -1,
      isolationLevel: 0,
      topics: [
        { name: 'orders', partitions: [{ partitionIndex: 0, currentLeaderEpoch, timestamp: -1 }] },
      ],
      timeoutMs: 1000,
    })
    const ended = await under.client.ask(offsetForLeaderEpoch, 4, {
      replicaId: -1,
      topics: [
        { topic: 'orders', partitions: [{ partition: 0, currentLeaderEpoch, leaderEpoch: 0 }] },
      ],
    })
    return [listed.topics[0]?.partitions[0]?.errorCode, ended.topics[0]?.partitions[0]?.errorCode]
  }

  const fenced = [ErrorCode.FENCED_LEADER_EPOCH, ErrorCode.FENCED_LEADER_EPOCH]
  const unknown = [ErrorCode.UNKNOWN_LEADER_EPOCH, ErrorCode.UNKNOWN_LEADER_EPOCH]
  assert.deepEqual(await errorsFor(2), fenced)
  assert.deepEqual(await errorsFor(4), unknown)
  assert.deepEqual(await errorsFor(3), [ErrorCode.NONE, ErrorCode.NONE])
  assert.deepEqual(await errorsFor(-1), [ErrorCode.NONE, ErrorCode.NONE])
})

test('an unknown partition is UNKNOWN_TOPIC_OR_PARTITION, for each API that asks for offsets', async () => {
  await using under = await withRecords()

  const listed = await under.client.ask(listOffsets, 11, {
    replicaId: -1,
    isolationLevel: 0,
    topics: [
      {
        name: 'orders',
        partitions: [{ partitionIndex: 9, currentLeaderEpoch: -1, timestamp: -1 }],
      },
    ],
    timeoutMs: 1000,
  })
  const ended = await under.client.ask(offsetForLeaderEpoch, 4, {
    replicaId: -1,
    topics: [
      { topic: 'x', partitions: [{ partition: 0, currentLeaderEpoch: -1, leaderEpoch: 0 }] },
    ],
  })

  const expected = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
  assert.equal(listed.topics[0]?.partitions[0]?.errorCode, expected)
  assert.equal(ended.topics[0]?.partitions[0]?.errorCode, expected)
})

test('the starts of the leader epochs are found again in the batches when their checkpoint is lost', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'ottla-epochs-'))
  try {
    {
      await using before = await startBrokerOnDisk(directory)
      await before.client.ask(createTopics, 7, createTopicsRequest('orders'))
      await before.client.ask(produce, 9, produceRequest(batchOf(['a', 'b'])))
    }
    rmSync(join(directory, 'orders-0', 'leader-epoch-checkpoint'))

    await using after = await startBrokerOnDisk(directory)
    const { topics } = await after.client.ask(offsetForLeaderEpoch, 4, {
      replicaId: -1,
      topics: [
        { topic: 'orders', partitions: [{ partition: 0, currentLeaderEpoch: -1, leaderEpoch: 0 }] },
      ],
    })

    const [answer] = topics[0]?.partitions ?? []
    assert.deepEqual([answer?.leaderEpoch, answer?.endOffset], [0, 2])
  } finally {
    rmSync(directory, { recursive: true })
  }
})
