import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KafkaError } from '../../kafka-error.ts'
import { fakeWorld } from '../../testing/fake-world.ts'
import { AssignedPartition } from '../assignment/assigned-partition.ts'
import type { CommittedOffset } from '../group/group-member.ts'
import { stubContext } from '../testing/stub-context.ts'
import { findCommitted } from './committed-positions.ts'

const ORDERS_0 = { topic: 'orders', partition: 0 }
const AT_3: CommittedOffset = { ...ORDERS_0, offset: 3, leaderEpoch: 0, metadata: '' }

/** A partition whose committed offset is asked for, until something happens to it before the answer. */
async function foundAfter(
  event: (partition: AssignedPartition) => void,
  answer: readonly CommittedOffset[] = [AT_3],
): Promise<AssignedPartition> {
  const { context } = stubContext(fakeWorld(), { from: 'earliest' })
  const partition = new AssignedPartition(ORDERS_0, context.settings)
  partition.askCommitted()
  const answered = Promise.withResolvers<readonly CommittedOffset[]>()
  const finding = findCommitted(context, [partition], () => answered.promise)
  event(partition)
  answered.resolve(answer)
  await finding
  return partition
}

test('a partition is read from where the group has committed it', async () => {
  const { position, committedOffset, phase } = await foundAfter(() => undefined)

  assert.deepEqual([position, committedOffset, phase], [3, 3, 'ready'])
})

for (const [name, answer] of [
  ['an offset', [AT_3]],
  ['nothing', []],
] as const) {
  test(`a partition that was sought while the group was asked stays there, whether it has ${name}`, async () => {
    const seek = (one: AssignedPartition): void => one.seek(7)
    const { position, committedOffset, phase } = await foundAfter(seek, answer)

    assert.deepEqual([position, committedOffset, phase], [7, -1, 'ready'])
  })
}

test('a partition that was lost while the group was asked is where it was', async () => {
  const end = (one: AssignedPartition): void => one.end(new KafkaError('UNKNOWN_MEMBER_ID', 'gone'))
  const { position, phase } = await foundAfter(end)

  assert.deepEqual([position, phase], [undefined, 'committed'])
})
