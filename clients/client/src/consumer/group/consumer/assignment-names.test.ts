import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Uuid } from '@ottla/base'
import { AssignmentNames } from './assignment-names.ts'
import type { ConsumerGroupContext } from './consumer-group-context.ts'

test('what is held keeps its name when its topic was deleted; what has no name is left out', () => {
  const [held, known, unknown] = ['held', 'known', 'unknown'] as Uuid[] as [Uuid, Uuid, Uuid]
  const context = {
    machine: { owned: [{ topicId: held, topic: 't', partition: 0 }] },
    link: {
      cluster: { metadata: { topicName: (id: Uuid) => (id === known ? 'u' : undefined) } },
    },
  } as unknown as ConsumerGroupContext

  const named = new AssignmentNames(context).named([
    { topicId: held, partitions: [0] },
    { topicId: unknown, partitions: [0, 1] },
    { topicId: known, partitions: [2] },
  ])

  assert.deepEqual(named, [
    { topicId: held, topic: 't', partition: 0 },
    { topicId: known, topic: 'u', partition: 2 },
  ])
})
