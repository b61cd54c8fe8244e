import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../kafka-error.ts'
import { fakeWorld, outcomeOf, settle, type FakeWorld } from '../testing/fake-world.ts'
import { GroupProgress } from './commit/group-progress.ts'
import { ConsumerLife } from './consumer-life.ts'
import { MessageDecoder } from './decode/message-decoder.ts'
import { HeldRecords } from './deliver/held-records.ts'
import type { GroupListener, GroupMember, OffsetToCommit } from './group/group-member.ts'
import { Reading } from './reading.ts'
import { stubContext } from './testing/stub-context.ts'

const LISTENER: GroupListener = {
  onAssigned: async () => {},
  onRevoked: async () => {},
  onLost: async () => {},
  onFatal: () => {},
}

/** A consumer of orders-0 that reads for a group, or for nobody, and has come to offset 5. */
function living(world: FakeWorld) {
  const { cluster, settings } = stubContext(world).context
  const decoder = new MessageDecoder([])
  const commits: number[] = []
  const member = {
    groupId: 'billing',
    commit: async (offsets: readonly OffsetToCommit[]) => {
      commits.push(...offsets.map(({ offset }) => offset))
      return new Map<string, KafkaError>()
    },
    leave: async () => {},
  } as unknown as GroupMember
  const reading = new Reading({ cluster, settings, decoder, member, direct: undefined })
  const held = new HeldRecords()
  const progress = new GroupProgress({
    context: reading.context,
    held,
    member,
    groupInstanceId: null,
    isAutoCommit: true,
    isMember: false,
    failure: () => reading.inbox.failure,
  })
  const assign = [{ topic: 'orders', partition: 0, offset: 5 }]
  const parts = { reading, held, progress, assign, direct: undefined, member }
  const life = new ConsumerLife({ ...parts, listener: LISTENER })
  reading.add(assign)
  return { reading, held, life, commits }
}

test('close() wakes a revocation that waits for what is in hand', async () => {
  const world = fakeWorld()
  const { held, life } = living(world)
  let isAwake = false
  void held.untilChanged().then(() => {
    isAwake = true
  })

  void life.close(undefined)
  await settle(world)

  assert.ok(isAwake)
  assert.ok(life.isReleased)
})

test('close() commits what is done', async () => {
  const world = fakeWorld()
  const { life, commits } = living(world)

  await outcomeOf(world, life.close(undefined))

  assert.deepEqual(commits, [5])
})

test('close() after a failure commits nothing, and does not tell again what was told', async () => {
  const world = fakeWorld()
  const { reading, life, commits } = living(world)
  reading.fail(new KafkaError('TOPIC_AUTHORIZATION_FAILED', 'no'))

  await outcomeOf(world, life.close(undefined))

  assert.deepEqual(commits, [])
  assert.ok(life.isReleased)
})
