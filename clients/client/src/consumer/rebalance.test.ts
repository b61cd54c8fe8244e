import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeWorld, settle } from '../testing/fake-world.ts'
import type { AssignedPartition } from './assignment/assigned-partition.ts'
import { HeldRecords } from './deliver/held-records.ts'
import { Rebalance } from './rebalance.ts'
import { readSide } from './testing/read-side.ts'
import { stubContext } from './testing/stub-context.ts'

const GROUP = {
  group: 'billing',
  topics: ['orders'],
  from: 'earliest',
  // A member hears of a rebalance with its next heartbeat.
  heartbeatIntervalMs: 20,
} as const

const ORDERS_0 = { topic: 'orders', partition: 0 }

/** A promise, and what resolves it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
}

test('a revocation aborts the signal of the message in hand, waits for its handler and commits it', async () => {
  await using side = await readSide(2)
  await side.fill(2)
  const first = side.kafka.consumer(GROUP)
  const second = side.kafka.consumer(GROUP)
  const inHand = gate()
  const released = gate()
  const handling = new Set<number>()
  const finished = new Set<number>()
  const run = first.each(
    async ({ partition, signal }) => {
      handling.add(partition)
      if (handling.size === 2) inHand.open()
      await Promise.race([aborted(signal), released.opened])
      // The partition is still ours while this goes on.
      if (signal.aborted) assert.equal(second.assignment.length, 0)
      await new Promise(setImmediate)
      finished.add(partition)
    },
    { concurrency: 2, order: 'partition' },
  )
  await inHand.opened

  const messages = second.messages()
  const coming = messages.next()
  while (second.assignment.length === 0) await new Promise(setImmediate)
  const [given] = second.assignment
  assert.deepEqual([...finished], [given?.partition])
  await side.fill(2, { from: 2, keyCount: 2 })

  // The record before was committed when the partition was given up: it is not read again.
  assert.equal((await coming).value?.offset, 1)
  released.open()
  await first.close()
  await second.close()
  await run
})

test('partitions of a member that was thrown out are lost: signals abort, and nothing is committed', async () => {
  await using side = await readSide(1)
  await side.fill(5)
  const lost = gate()
  const events: string[] = []
  const consumer = side.kafka.consumer({
    ...GROUP,
    onRevoked: () => {
      events.push('revoked')
    },
    onLost: (partitions) => {
      events.push(`lost ${partitions.length}`)
      lost.open()
    },
  })
  const messages = consumer.messages()
  const { value: message } = await messages.next()
  await messages.next()
  side.ottla.faults.inject({ api: 'Heartbeat', errorCode: 'UNKNOWN_MEMBER_ID' })

  await lost.opened

  assert.equal(message?.signal.aborted, true)
  assert.deepEqual(events, ['lost 1'])
  const reader = side.kafka.consumer({ group: GROUP.group, assign: [ORDERS_0] })
  assert.equal((await reader.committed([ORDERS_0]))[0]?.offset, -1)
  await consumer.close()
})

test('a rebalance counts once, however many partitions come and go in it', async () => {
  await using side = await readSide(2)
  await side.fill(2)
  const consumer = side.kafka.consumer(GROUP)

  await consumer.messages().next()

  assert.equal(side.kafka.metrics().consumer.rebalanceCount, 1)
  await consumer.close()
})

/** A member with two partitions, one of whose records is in the hands of a loop. */
async function holding() {
  const world = fakeWorld()
  const { context, metrics } = stubContext(world, { revocationWaitMs: 60_000 })
  const held = new HeldRecords()
  const events: string[] = []
  const gone: AssignedPartition[] = []
  const note = (kind: string) => (): void => {
    events.push(kind)
  }
  const rebalance = new Rebalance({
    context,
    held,
    working: new Set(),
    committer: undefined,
    isClosing: () => false,
    onGone: (partitions) => gone.push(...partitions),
    onAssigned: note('assigned'),
    onRevoked: note('revoked'),
    onLost: note('lost'),
  })
  const both = [ORDERS_0, { topic: 'orders', partition: 1 }]
  await rebalance.onAssigned(both)
  const inHand = context.assignment.get(ORDERS_0)
  const bytes = Buffer.alloc(100)
  inHand.queue.append(bytes, null)
  metrics.consumer.addBufferedBytes(bytes.length)
  const hand = held.take()
  hand.add(inHand, inHand.tracker.begin(0, 0))
  const assignedCount = (): number => metrics.consumer.snapshot().assignedPartitionCount
  const bufferedBytes = (): number => metrics.consumer.snapshot().bufferedBytes
  return { world, rebalance, held, hand, both, events, gone, assignedCount, bufferedBytes }
}

test('a revocation waits for what is in hand, for as long as it may', async () => {
  const { world, rebalance, held, hand, both, events, gone, ...counts } = await holding()
  const { assignedCount, bufferedBytes } = counts
  assert.equal(bufferedBytes(), 100)
  const revoking = rebalance.onRevoked(both)
  await settle(world)
  // What was fetched and not given out is dropped at once.
  assert.equal(bufferedBytes(), 0)
  assert.deepEqual(events, ['assigned'])

  held.finish(hand)
  await revoking

  assert.deepEqual(events, ['assigned', 'revoked'])
  assert.equal(gone.length, 2)
  assert.equal(assignedCount(), 0)
  assert.equal(world.clock.timerCount, 0)
})

test('partitions that are lost while a revocation waits for them are lost, and neither revoked nor counted twice', async () => {
  const { world, rebalance, both, events, gone, assignedCount } = await holding()
  const revoking = rebalance.onRevoked(both)
  await settle(world)

  await rebalance.onLost(both)
  await revoking

  assert.deepEqual(events, ['assigned', 'lost'])
  assert.equal(gone.length, 2)
  assert.equal(assignedCount(), 0)
  assert.equal(world.clock.timerCount, 0)
})
