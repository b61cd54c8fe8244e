import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { silentLogger } from '@ottla/base'
import { clock, freshStore, openCluster, openTwo } from './cluster-under-test.ts'
import { register, topic, topicNames } from './cluster-under-test.ts'
import { OPERATIONS_MAX } from './controller/operation-queue.ts'
import { openEmbeddedStore } from './embedded/embedded-store.ts'
import { overriddenStore } from './memory/overridden-store.ts'
import { MetadataStoreError, StoreClosedError } from './metadata-store.ts'

const root = mkdtempSync(join(tmpdir(), 'ottla-cluster-'))
after(() => rmSync(root, { recursive: true, force: true }))

test('onChange() listeners have finished when an operation resolves', async () => {
  const metadata = await openCluster()
  const seen: string[] = []
  metadata.onChange(async (image, delta) => {
    await new Promise((resolve) => setImmediate(resolve))
    for (const created of delta.createdTopics) {
      assert.equal(image.topic(created.name), created)
      seen.push(`+${created.name}`)
    }
    seen.push(...delta.changedTopics.map(({ name }) => `~${name}`))
    seen.push(...delta.deletedTopics.map(({ name }) => `-${name}`))
    if (delta.brokerConfigsChanged) seen.push('configs')
  })
  const after = async (operation: Promise<unknown>): Promise<string[]> => {
    await operation
    return seen.splice(0)
  }

  assert.deepEqual(await after(metadata.createTopics([topic('a')])), ['+a'])
  assert.deepEqual(await after(metadata.createPartitions([{ name: 'a', count: 2 }])), ['~a'])
  const set = new Map([['x', '1']])
  const topicConfigs = { type: 'topic', name: 'a', set, remove: [] } as const
  assert.deepEqual(await after(metadata.alterConfigs([topicConfigs])), ['~a'])
  const brokerConfigs = { type: 'broker', name: '', set, remove: [] } as const
  assert.deepEqual(await after(metadata.alterConfigs([brokerConfigs])), ['configs'])
  assert.deepEqual(await after(metadata.deleteTopics([{ name: 'a' }])), ['-a'])
})

test('an operation fails with the error of a listener that could not follow', async () => {
  const metadata = await openCluster()
  const broken = new Error('no space for logs')
  metadata.onChange(() => {
    throw broken
  })

  await assert.rejects(metadata.createTopics([topic('a')]), broken)
})

test('a change by another broker reaches the listeners and the image', async () => {
  const { here, there } = await openTwo()
  const told = new Promise<string>((resolve) => {
    there.onChange((_, delta) => resolve(delta.createdTopics.map(({ name }) => name).join()))
  })

  await here.createTopics([topic('a')])

  assert.equal(await told, 'a')
  assert.equal(here.image.clusterId, there.image.clusterId)
})

test('registerBroker() gives a new process a new epoch and the same one its own', async () => {
  const metadata = await openCluster({ brokerCount: 0 })

  const first = await register(metadata, 1, 'one')
  const same = await register(metadata, 1, 'one')
  const second = await register(metadata, 1, 'two')

  assert.equal(same, first)
  assert.ok(second > first)
  assert.deepEqual(
    metadata.image
      .brokers()
      .map(({ id, host, port, rack, epoch }) => [id, host, port, rack, epoch]),
    [[1, 'localhost', 9092, null, second]],
  )
  assert.equal(metadata.image.broker(1)?.endpoints[0]?.listener, 'PLAINTEXT')
})

test('brokers() are in order of their ids', async () => {
  const metadata = await openCluster({ brokerCount: 0 })

  for (const id of [10, 2, 1]) await register(metadata, id)

  assert.deepEqual(
    metadata.image.brokers().map(({ id }) => id),
    [1, 2, 10],
  )
})

test('allocateProducerIdBlock() hands out no id twice, on two brokers at once', async () => {
  const { here, there } = await openTwo()

  const blocks = await Promise.all(
    Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? here : there).allocateProducerIdBlock(1)),
  )

  const firsts = blocks.map(({ first }) => first).sort((a, b) => a - b)
  assert.deepEqual(
    firsts,
    Array.from({ length: 40 }, (_, i) => i * 1000),
  )
  assert.ok(blocks.every(({ size }) => size === 1000))
})

test('everything is there after a restart on the embedded store', async () => {
  const directory = join(root, 'restart')
  const embedded = () => openEmbeddedStore({ directory, clock, logger: silentLogger })
  const before = embedded()
  const first = await openCluster({ store: before })
  await first.createTopics([topic('a', { numPartitions: 200, configs: new Map([['x', '1']]) })])
  await first.alterConfigs([{ type: 'broker', name: '', set: new Map([['y', '2']]), remove: [] }])
  const block = await first.allocateProducerIdBlock(1)
  const topicBefore = first.image.topic('a')
  await first.close()
  await before.close()

  const store = embedded()
  const second = await openCluster({ store, seed: 99 })

  assert.equal(second.image.clusterId, first.image.clusterId)
  assert.deepEqual(second.image.topic('a'), topicBefore)
  assert.equal(second.image.brokerConfigs('').get('y'), '2')
  assert.equal((await second.allocateProducerIdBlock(1)).first, block.first + 1000)
  await second.close()
  await store.close()
})

test('open() sweeps the partitions of a large topic whose creation was cut short', async () => {
  const store = freshStore()
  let txnsLeft = Infinity
  const dying = overriddenStore(store, {
    txn: (txn) => {
      if (txnsLeft-- <= 0) throw new Error('killed')
      return store.txn(txn)
    },
  })
  const metadata = await openCluster({ store: dying })
  txnsLeft = 2
  await assert.rejects(metadata.createTopics([topic('a', { numPartitions: 350 })]), /killed/)
  assert.equal((await store.range('/c/p/')).kvs.length, 200)

  const again = await openCluster({ store, seed: 2 })

  assert.equal((await store.range('/c/p/')).kvs.length, 0)
  assert.deepEqual(topicNames(again), [])
  const [created] = await again.createTopics([topic('a', { numPartitions: 350 })])
  assert.equal(created?.error, 'NONE')
})

test('more operations than the bound are refused, and taken again when some are done', async () => {
  const metadata = await openCluster()
  const gate = Promise.withResolvers<void>()
  metadata.onChange(() => gate.promise)

  const waiting = Array.from({ length: OPERATIONS_MAX }, (_, i) =>
    metadata.createTopics([topic(`t${i}`)]),
  )
  await assert.rejects(metadata.createTopics([topic('more')]), MetadataStoreError)

  gate.resolve()
  await Promise.all(waiting)
  assert.equal((await metadata.createTopics([topic('more')]))[0]?.error, 'NONE')
  assert.equal(metadata.image.topicCount, OPERATIONS_MAX + 1)
})

test('close() lets operations finish and refuses new ones', async () => {
  const metadata = await openCluster()

  const creating = metadata.createTopics([topic('a')])
  await metadata.close()

  assert.equal((await creating)[0]?.error, 'NONE')
  await assert.rejects(metadata.createTopics([topic('b')]), StoreClosedError)
  await assert.rejects(metadata.allocateProducerIdBlock(1), StoreClosedError)
})
