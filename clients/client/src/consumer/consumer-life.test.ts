import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeWorld, settle } from '../testing/fake-world.ts'
import { GroupProgress } from './commit/group-progress.ts'
import { ConsumerLife } from './consumer-life.ts'
import { MessageDecoder } from './decode/message-decoder.ts'
import { HeldRecords } from './deliver/held-records.ts'
import type { GroupListener } from './group/group-member.ts'
import { Reading } from './reading.ts'
import { stubContext } from './testing/stub-context.ts'

const LISTENER: GroupListener = {
  onAssigned: async () => {},
  onRevoked: async () => {},
  onLost: async () => {},
  onFatal: () => {},
}

test('close() wakes a revocation that waits for what is in hand', async () => {
  const world = fakeWorld()
  const { cluster, settings } = stubContext(world).context
  const decoder = new MessageDecoder([])
  const reading = new Reading({ cluster, settings, decoder, member: undefined, direct: undefined })
  const held = new HeldRecords()
  const progress = new GroupProgress({
    context: reading.context,
    held,
    member: undefined,
    groupInstanceId: null,
    isAutoCommit: true,
    isMember: true,
    failure: () => undefined,
  })
  const parts = { reading, held, progress, assign: undefined, direct: undefined, member: undefined }
  const life = new ConsumerLife({ ...parts, listener: LISTENER })
  let isAwake = false
  void held.untilChanged().then(() => {
    isAwake = true
  })

  void life.close(undefined)
  await settle(world)

  assert.ok(isAwake)
  assert.ok(life.isReleased)
})
