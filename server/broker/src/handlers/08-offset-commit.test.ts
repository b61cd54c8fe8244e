/** OffsetCommit, OffsetFetch, OffsetDelete over the wire: conformance O1 to O16. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ZERO_UUID, type Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import {
  createTopics,
  describeGroups,
  joinGroup,
  offsetCommit,
  offsetFetch,
  syncGroup,
} from '../testing/apis.ts'
import { startBrokerOnDisk } from '../testing/broker-on-disk.ts'
import { startBroker, type BrokerUnderTest } from '../testing/broker-under-test.ts'
import { joinedGroup, topicIdOf } from '../testing/group-member.ts'
import { createTopicsRequest } from '../testing/requests.ts'

interface Position {
  readonly topic?: string
  readonly topicId?: Uuid
  readonly partition?: number
  readonly offset?: number
  readonly leaderEpoch?: number
  readonly metadata?: string | null
}

interface Committer {
  readonly memberId: string
  readonly generationId: number
  readonly groupInstanceId?: string
}

const NOBODY: Committer = { memberId: '', generationId: -1 }

async function withTopic(): Promise<BrokerUnderTest> {
  const under = await startBroker()
  await prepare(under)
  return under
}

async function prepare(under: BrokerUnderTest): Promise<void> {
  await under.client.ask(createTopics, 7, createTopicsRequest('orders', { numPartitions: 2 }))
  await under.broker.context.topics.ensureConsumerOffsets()
}

async function commit(
  under: BrokerUnderTest,
  positions: readonly Position[],
  by: Committer = NOBODY,
  version = 9,
): Promise<(number | undefined)[]> {
  const { topics } = await under.client.ask(offsetCommit, version, {
    groupId: 'readers',
    generationIdOrMemberEpoch: by.generationId,
    memberId: by.memberId,
    groupInstanceId: by.groupInstanceId ?? null,
    retentionTimeMs: -1,
    topics: positions.map((position) => ({
      name: version >= 10 ? '' : (position.topic ?? 'orders'),
      topicId: position.topicId ?? ZERO_UUID,
      partitions: [
        {
          partitionIndex: position.partition ?? 0,
          committedOffset: position.offset ?? 1,
          committedLeaderEpoch: position.leaderEpoch ?? -1,
          committedMetadata: position.metadata ?? null,
        },
      ],
    })),
  })
  return topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode))
}

async function committed(under: BrokerUnderTest, partitionIndexes: number[], version = 9) {
  const { groups } = await under.client.ask(offsetFetch, version, {
    groupId: '',
    topics: [],
    groups: [
      {
        groupId: 'readers',
        memberId: null,
        memberEpoch: -1,
        topics: [
          {
            name: version >= 10 ? '' : 'orders',
            topicId: version >= 10 ? topicIdOf(under, 'orders') : ZERO_UUID,
            partitionIndexes,
          },
        ],
      },
    ],
    requireStable: true,
  })
  return (groups[0]?.topics[0]?.partitions ?? []).map(
    ({ committedOffset, committedLeaderEpoch, metadata, errorCode }) => [
      committedOffset,
      committedLeaderEpoch,
      metadata,
      errorCode,
    ],
  )
}

test('what was never committed is -1 with empty metadata and no error', async () => {
  await using under = await withTopic()

  assert.deepEqual(await committed(under, [0, 1]), [
    [-1, -1, '', ErrorCode.NONE],
    [-1, -1, '', ErrorCode.NONE],
  ])
})

test('offset, leader epoch and metadata come back as they were committed', async () => {
  await using under = await withTopic()

  const errors = await commit(under, [{ offset: 42, leaderEpoch: 7, metadata: 'here' }])

  assert.deepEqual(errors, [ErrorCode.NONE])
  assert.deepEqual(await committed(under, [0]), [[42, 7, 'here', ErrorCode.NONE]])
})

test('a topic or partition that does not exist is refused, the others are stored', async () => {
  await using under = await withTopic()

  const errors = await commit(under, [
    { topic: 'nowhere' },
    { partition: 9 },
    { partition: 1, offset: 5 },
  ])

  assert.deepEqual(errors, [
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    ErrorCode.NONE,
  ])
  assert.equal((await committed(under, [1]))[0]?.[0], 5)
})

test('metadata over 4096 bytes is refused for its partition only', async () => {
  await using under = await withTopic()

  const errors = await commit(under, [
    { metadata: 'm'.repeat(4097) },
    { partition: 1, metadata: 'm'.repeat(4096) },
  ])

  assert.deepEqual(errors, [ErrorCode.OFFSET_METADATA_TOO_LARGE, ErrorCode.NONE])
})

test('version 10 knows topics by id only', async () => {
  await using under = await withTopic()
  const topicId = topicIdOf(under, 'orders')

  const known = await commit(under, [{ topicId, offset: 8 }], NOBODY, 10)
  const unknown = await commit(under, [{ topicId: 'AAAAAAAAAAAAAAAAAAAAAQ' as Uuid }], NOBODY, 10)

  assert.deepEqual([known, unknown], [[ErrorCode.NONE], [ErrorCode.UNKNOWN_TOPIC_ID]])
  assert.equal((await committed(under, [0], 10))[0]?.[0], 8)
})

test('while a group has members, only they commit', async () => {
  await using under = await withTopic()
  const member = await joinedGroup(under, { groupId: 'readers' })

  assert.deepEqual(await commit(under, [{}]), [ErrorCode.UNKNOWN_MEMBER_ID])
  assert.deepEqual(await commit(under, [{}], member), [ErrorCode.NONE])
})

test('a static member that was replaced is fenced when it commits', async () => {
  await using under = await withTopic()
  const joinAsStatic = async () => {
    const { errorCode, memberId, generationId } = await under.client.ask(joinGroup, 9, {
      groupId: 'readers',
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 10_000,
      memberId: '',
      groupInstanceId: 'i1',
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata: Buffer.from('topics') }],
      reason: null,
    })
    assert.equal(errorCode, ErrorCode.NONE)
    return { memberId, generationId, groupInstanceId: 'i1' }
  }
  const first = await joinAsStatic()
  await under.client.ask(syncGroup, 5, {
    groupId: 'readers',
    generationId: first.generationId,
    memberId: first.memberId,
    groupInstanceId: 'i1',
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [{ memberId: first.memberId, assignment: Buffer.from('all') }],
  })

  const second = await joinAsStatic()

  assert.notEqual(second.memberId, first.memberId)
  assert.deepEqual(await commit(under, [{}], first), [ErrorCode.FENCED_INSTANCE_ID])
  assert.deepEqual(await commit(under, [{}], second), [ErrorCode.NONE])
})

test('a group and its offsets are there after a restart', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'ottla-groups-'))
  try {
    let memberId: string
    {
      await using before = await startBrokerOnDisk(directory)
      await prepare(before)
      const member = await joinedGroup(before, { groupId: 'readers' })
      memberId = member.memberId
      await commit(before, [{ offset: 42, leaderEpoch: 0, metadata: 'here' }], member)
    }

    await using after = await startBrokerOnDisk(directory)
    const { groups } = await after.client.ask(describeGroups, 6, {
      groups: ['readers'],
      includeAuthorizedOperations: false,
    })

    assert.deepEqual(await committed(after, [0]), [[42, 0, 'here', ErrorCode.NONE]])
    assert.deepEqual(
      [groups[0]?.groupState, groups[0]?.members.map((member) => member.memberId)],
      ['Stable', [memberId]],
    )
  } finally {
    rmSync(directory, { recursive: true })
  }
})
