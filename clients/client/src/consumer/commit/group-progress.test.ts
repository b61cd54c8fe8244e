import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../../kafka-error.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { HeldRecords } from '../deliver/held-records.ts'
import type { GroupMember } from '../group/group-member.ts'
import { stubContext } from '../testing/stub-context.ts'
import { GroupProgress } from './group-progress.ts'

test('a consumer that has failed commits nothing, and says why', async () => {
  const failure = new KafkaError('FENCED_INSTANCE_ID', 'fenced', { fatal: true })
  const progress = new GroupProgress({
    context: stubContext(fakeWorld()).context,
    held: new HeldRecords(),
    member: { groupId: 'billing' } as GroupMember,
    groupInstanceId: 'i',
    isAutoCommit: false,
    isMember: true,
    failure: () => failure,
  })
  const offset = { topic: 'orders', partition: 0, offset: 1 }

  await assert.rejects(progress.commitAll(undefined), failure)
  await assert.rejects(progress.commit([offset], undefined), failure)
  assert.throws(() => progress.takeForTransaction(), failure)
})
