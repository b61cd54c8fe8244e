import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock, silentLogger, uuid } from '@ottla/base'
import * as keys from '../layout/keys.ts'
import * as values from '../layout/values.ts'
import { memoryStore } from '../memory/memory-store.ts'
import { overriddenStore } from '../memory/overridden-store.ts'
import { CompactedError, StoreClosedError } from '../metadata-store.ts'
import type { MetadataStore, StoreOp, WatchObserver } from '../metadata-store.ts'
import type { ClusterDelta } from './cluster-delta.ts'
import { ImageFollower } from './image-follower.ts'

const topicId = uuid('abcdefghijklmnopqrstuv')
const otherId = uuid('vutsrqponmlkjihgfedcba')

function topicPuts(name: string, id = topicId, partitionCount = 1): StoreOp[] {
  const partitions = Array.from({ length: partitionCount }, (_, n) => partitionPut(id, n))
  const value = values.encodeTopic({ topicId: id, partitions: partitionCount })
  return [{ kind: 'put', key: keys.topicKey(name), value }, ...partitions]
}

function partitionPut(id: typeof topicId, partition: number, leader = 1): StoreOp {
  const value = { replicas: [1], leader, leaderEpoch: 0, partitionEpoch: 0, isr: [1] }
  return {
    kind: 'put',
    key: keys.partitionKey(id, partition),
    value: values.encodePartition(value),
  }
}

async function clusterStore(): Promise<MetadataStore> {
  const store = memoryStore({ clock: new FakeClock() })
  const value = values.encodeClusterId(uuid('cccccccccccccccccccccc'))
  await store.txn({ success: [{ kind: 'put', key: keys.CLUSTER_ID_KEY, value }] })
  return store
}

async function following(store: MetadataStore, clock = new FakeClock()) {
  const follower = await ImageFollower.open({ store, clock, logger: silentLogger })
  const seen: string[] = []
  follower.onChange((_, delta) => void seen.push(describe(delta)))
  return { follower, seen }
}

function describe(delta: ClusterDelta): string {
  const { createdTopics, deletedTopics, changedTopics } = delta
  return [
    ...createdTopics.map((topic) => `+${topic.name}`),
    ...deletedTopics.map((topic) => `-${topic.name}`),
    ...changedTopics.map((topic) => `~${topic.name}`),
    ...(delta.brokerConfigsChanged ? ['configs'] : []),
    ...(delta.brokersChanged ? ['brokers'] : []),
  ].join(' ')
}

test('ImageFollower tells what appeared, changed and went', async () => {
  const store = await clusterStore()
  const { follower, seen } = await following(store)
  const run = async (...success: StoreOp[]): Promise<void> => {
    await follower.untilAnnounced((await store.txn({ success })).revision)
  }
  const configs = values.encodeConfigs(new Map([['retention.ms', '5']]))

  await run(...topicPuts('a'))
  await run({ kind: 'put', key: keys.topicConfigKey('a'), value: configs })
  await run(partitionPut(topicId, 0, -1))
  await run({ kind: 'put', key: keys.brokerConfigKey(''), value: configs })
  await run({ kind: 'put', key: keys.PRODUCER_IDS_KEY, value: values.encodeNextProducerId(1) })
  await run({ kind: 'delete', key: keys.topicKey('a') }, ...topicPuts('b', otherId, 2))

  assert.deepEqual(seen, ['+a', '~a', '~a', 'configs', '+b -a'])
  assert.equal(follower.announced.topic('b')?.partitions.length, 2)
  assert.equal(follower.announced.topicById(otherId)?.name, 'b')
  assert.equal(follower.announced.topicById(topicId), undefined)
  assert.equal(follower.announced.brokerConfigs('').get('retention.ms'), '5')
})

test('an image does not change when later ones are made, and shares what stayed', async () => {
  const store = await clusterStore()
  const { follower } = await following(store)
  await follower.untilAnnounced((await store.txn({ success: topicPuts('a') })).revision)
  const before = follower.announced
  const topicBefore = before.topic('a')

  await follower.untilAnnounced((await store.txn({ success: topicPuts('b', otherId) })).revision)

  assert.deepEqual(
    [...before.topics()].map((topic) => topic.name),
    ['a'],
  )
  assert.equal(before.topicById(otherId), undefined)
  assert.equal(follower.announced.topic('a'), topicBefore)
})

test('partitions without a topic do not show until the topic names them', async () => {
  const store = await clusterStore()
  const { follower, seen } = await following(store)

  await store.txn({ success: [partitionPut(topicId, 0), partitionPut(topicId, 1)] })
  const [named] = topicPuts('a', topicId, 2)
  const { revision } = await store.txn({ success: [named as StoreOp] })
  await follower.untilAnnounced(revision)

  assert.deepEqual(seen, ['+a'])
  assert.equal(follower.announced.topic('a')?.partitions.length, 2)
})

test('a topic that is deleted and made again while a listener is busy is told as both', async () => {
  const store = await clusterStore()
  await store.txn({ success: topicPuts('a') })
  const { follower } = await following(store)
  const gate = Promise.withResolvers<void>()
  const told: ClusterDelta[] = []
  follower.onChange((_, delta) => {
    told.push(delta)
    return gate.promise
  })

  await store.txn({ success: topicPuts('busy', uuid('bbbbbbbbbbbbbbbbbbbbbb')) })
  await store.txn({ success: [{ kind: 'delete', key: keys.topicKey('a') }] })
  const { revision } = await store.txn({ success: topicPuts('a', otherId) })
  gate.resolve()
  await follower.untilAnnounced(revision)

  assert.deepEqual(told.map(describe), ['+busy', '+a -a'])
  assert.equal(told[1]?.createdTopics[0]?.topicId, otherId)
  assert.equal(told[1]?.deletedTopics[0]?.topicId, topicId)
})

test('the announced image waits for listeners, the latest does not', async () => {
  const store = await clusterStore()
  const { follower } = await following(store)
  const gate = Promise.withResolvers<void>()
  const entered = Promise.withResolvers<void>()
  follower.onChange((image) => {
    assert.ok(image.topic('a'))
    entered.resolve()
    return gate.promise
  })

  const { revision } = await store.txn({ success: topicPuts('a') })
  await entered.promise
  assert.equal(follower.announced.topic('a'), undefined)
  assert.ok(follower.latest.topic('a'))

  gate.resolve()
  await follower.untilAnnounced(revision)
  assert.ok(follower.announced.topic('a'))
})

test('a listener that fails fails those who wait, early or late, and nobody else', async () => {
  const store = await clusterStore()
  const { follower, seen } = await following(store)
  const broken = new Error('the disk is gone')
  let isBroken = true
  follower.onChange(() => {
    if (isBroken) throw broken
  })
  follower.onChange((_, delta) => void seen.push(`then ${describe(delta)}`))

  const failed = await store.txn({ success: topicPuts('a') })
  await assert.rejects(follower.untilAnnounced(failed.revision), broken)
  await assert.rejects(follower.untilAnnounced(failed.revision), broken)
  isBroken = false
  const { revision } = await store.txn({ success: topicPuts('b', otherId) })
  await follower.untilAnnounced(revision)

  assert.deepEqual(seen, ['+a', 'then +a', '+b', 'then +b'])
  assert.ok(follower.announced.topic('a'))
})

test('close() waits for the listener that runs and refuses who waits for more', async () => {
  const store = await clusterStore()
  const { follower } = await following(store)
  const gate = Promise.withResolvers<void>()
  const entered = Promise.withResolvers<void>()
  let isDone = false
  follower.onChange(async () => {
    entered.resolve()
    await gate.promise
    isDone = true
  })
  await store.txn({ success: topicPuts('a') })
  await entered.promise

  const waiting = assert.rejects(follower.untilAnnounced(1_000), StoreClosedError)
  const closed = follower.close()
  gate.resolve()
  await closed

  assert.equal(isDone, true)
  await waiting
})

/** A store whose watches can be made to fall behind, and whose ranges can be made to fail. */
function tearable(store: MetadataStore) {
  const watches: { observer: WatchObserver; close: () => void }[] = []
  let failingRanges = 0
  const torn = overriddenStore(store, {
    range: async (prefix) => {
      if (failingRanges-- > 0) throw new Error('no answer')
      return store.range(prefix)
    },
    watch: (prefix, fromRevision, observer) => {
      const watch = store.watch(prefix, fromRevision, observer)
      watches.push({ observer, close: () => watch.close() })
      return watch
    },
  })
  const cut = (): void => watches.at(-1)?.close()
  const compact = (): void => watches.at(-1)?.observer.onCompacted(new CompactedError(2, 5))
  return { torn, cut, compact, failRanges: (count: number) => (failingRanges = count) }
}

test('a watch that fell behind is replaced by reading everything, with nothing missed', async () => {
  const store = await clusterStore()
  await store.txn({ success: topicPuts('goes') })
  const { torn, cut, compact } = tearable(store)
  const { follower, seen } = await following(torn)

  cut()
  await store.txn({ success: [{ kind: 'delete', key: keys.topicKey('goes') }] })
  const missed = await store.txn({ success: topicPuts('comes', otherId) })
  compact()
  await follower.untilAnnounced(missed.revision)
  assert.deepEqual(seen, ['+comes -goes'])

  const later = await store.txn({ success: [{ kind: 'delete', key: keys.topicKey('comes') }] })
  await follower.untilAnnounced(later.revision)
  assert.deepEqual(seen, ['+comes -goes', '-comes'])
})

test('reading everything again is retried when the store does not answer', async () => {
  const store = await clusterStore()
  const { torn, cut, compact, failRanges } = tearable(store)
  const clock = new FakeClock()
  const { follower } = await following(torn, clock)
  cut()
  const { revision } = await store.txn({ success: topicPuts('a') })

  failRanges(1)
  compact()
  while (clock.timerCount === 0) await Promise.resolve()
  clock.advance(1_000)
  await follower.untilAnnounced(revision)

  assert.ok(follower.announced.topic('a'))
})
