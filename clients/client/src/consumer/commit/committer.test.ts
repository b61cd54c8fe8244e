import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../../kafka-error.ts'
import { elapse, fakeWorld, settle, type FakeWorld } from '../../testing/fake-world.ts'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { GroupMember, OffsetToCommit } from '../group/group-member.ts'
import { stubContext } from '../testing/stub-context.ts'
import { Committer } from './committer.ts'

type CommitAnswer = Promise<ReadonlyMap<string, KafkaError>>

const INTERVAL_MS = 1000
const NO_ERRORS: ReadonlyMap<string, KafkaError> = new Map()

/** A consumer that reads one partition, and a group that answers its commits as the test says. */
function setUp(answer: (offsets: readonly OffsetToCommit[]) => CommitAnswer = accepted) {
  const world = fakeWorld()
  const { context, failures } = stubContext(world, { autoCommitIntervalMs: INTERVAL_MS })
  const partition = new AssignedPartition({ topic: 'orders', partition: 0 }, context.settings)
  partition.moveTo(5)
  context.assignment.add([partition])
  const commits: number[] = []
  const member = {
    groupId: 'billing',
    commit: (offsets: readonly OffsetToCommit[]): CommitAnswer => {
      commits.push(...offsets.map(({ offset }) => offset))
      return answer(offsets)
    },
  } as GroupMember
  return { world, partition, failures, commits, committer: new Committer(context, member) }
}

async function accepted(): CommitAnswer {
  return NO_ERRORS
}

function warnings({ logLines }: FakeWorld): string[] {
  return logLines.filter(({ level }) => level === 'warn').map(({ message }) => message)
}

test('Committer tells the group from time to time, and only what is new', async () => {
  const { world, partition, commits, committer } = setUp()
  committer.start()

  await elapse(world, INTERVAL_MS)
  await elapse(world, INTERVAL_MS)
  assert.deepEqual(commits, [5])
  partition.moveTo(8)
  await elapse(world, INTERVAL_MS)

  assert.deepEqual(commits, [5, 8])
  committer.stop()
})

test('Committer sends one commit at a time, in the order in which they were asked for', async () => {
  const answered = Promise.withResolvers<ReadonlyMap<string, KafkaError>>()
  const { partition, commits, committer } = setUp((offsets) =>
    offsets[0]?.offset === 5 ? answered.promise : accepted(),
  )
  const first = committer.commitDone([partition])
  const second = committer.commit([
    { topic: 'orders', partition: 0, offset: 9, leaderEpoch: -1, metadata: '' },
  ])
  await new Promise(setImmediate)
  assert.deepEqual(commits, [5])

  answered.resolve(NO_ERRORS)
  await Promise.all([first, second])

  assert.deepEqual(commits, [5, 9])
  assert.equal(partition.committedOffset, 9)
})

test('Committer goes on after a refusal that passes, and after one that it only tells its caller', async () => {
  const refusal = new KafkaError('REBALANCE_IN_PROGRESS', 'wait')
  let refusalsLeft = 2
  const { world, partition, commits, failures, committer } = setUp(() => {
    refusalsLeft--
    return refusalsLeft < 0 ? accepted() : Promise.reject(refusal)
  })
  committer.start()

  await elapse(world, INTERVAL_MS)
  await assert.rejects(committer.commitDone([partition]), refusal)
  await elapse(world, INTERVAL_MS)

  assert.deepEqual(commits, [5, 5, 5])
  assert.deepEqual(failures, [])
  assert.deepEqual(warnings(world), [
    'Offsets could not be committed; the next commit takes them along',
  ])
  committer.stop()
})

test('Committer does not promise another try for partitions that are given up', async () => {
  const refusal = new KafkaError('REBALANCE_IN_PROGRESS', 'wait')
  const { world, partition, commits, failures, committer } = setUp(() => Promise.reject(refusal))
  partition.end(refusal)

  await committer.commitQuietly([partition])

  assert.deepEqual(commits, [5])
  assert.deepEqual(failures, [])
  assert.deepEqual(warnings(world), [
    'Offsets of partitions that are given up could not be committed; their new owner reads again what they cover',
  ])
})

test('a refusal for good of what was committed without a word of the program ends the consumer, once', async () => {
  const refusal = new KafkaError('GROUP_AUTHORIZATION_FAILED', 'no')
  const { world, failures, commits, committer } = setUp(() => Promise.reject(refusal))
  committer.start()

  for (let i = 0; i < 3; i++) await elapse(world, INTERVAL_MS)

  assert.deepEqual(failures, [refusal])
  assert.deepEqual(commits, [5])
  assert.equal(world.clock.timerCount, 0)
})

test('the refusal of one partition is the refusal of the commit', async () => {
  const refusal = new KafkaError('OFFSET_METADATA_TOO_LARGE', 'too long')
  const { partition, committer } = setUp(async () => new Map([['orders 0', refusal]]))

  await assert.rejects(committer.commitDone([partition]), refusal)

  assert.equal(partition.committedOffset, -1)
})

test('Committer.stop() leaves no timer behind, also while a commit is under way', async () => {
  const answered = Promise.withResolvers<ReadonlyMap<string, KafkaError>>()
  const { world, committer, commits } = setUp(() => answered.promise)
  committer.start()
  await elapse(world, INTERVAL_MS)
  assert.deepEqual(commits, [5])

  committer.stop()
  answered.resolve(NO_ERRORS)
  await settle(world)

  assert.equal(world.clock.timerCount, 0)
})
