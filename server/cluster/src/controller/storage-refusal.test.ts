/** A disk that does not take a change: an outcome of the items concerned, and of them alone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClusterMetadata } from '../cluster-metadata.ts'
import { freshStore, openCluster, topic, topicNames } from '../cluster-under-test.ts'
import { overriddenStore } from '../memory/overridden-store.ts'
import { MetadataDiskError, type Txn } from '../metadata-store.ts'

const PARTITIONS_STAGED = 101

/** The disk refuses the transactions that `isRefused` picks, while `fault.isOn`. */
async function clusterOnDisk(isRefused: (txn: Txn) => boolean) {
  const store = freshStore()
  const fault = { isOn: false }
  const failing = overriddenStore(store, {
    txn: async (txn) => {
      if (fault.isOn && isRefused(txn))
        throw new MetadataDiskError('"/secret/metadata.db": full', {
          publicMessage: 'the disk is full',
        })
      return store.txn(txn)
    },
  })
  const cluster: ClusterMetadata = await openCluster({ store: failing })
  await cluster.createTopics([topic('there')])
  fault.isOn = true
  return { cluster, fault }
}

const REFUSED = { error: 'KAFKA_STORAGE_ERROR', message: 'the disk is full' }

function outcomeOf({ error, message }: { error: string; message: string | null }) {
  return { error, message }
}

test('each change that the disk does not take is answered with the reason, and nothing is changed', async () => {
  const { cluster, fault } = await clusterOnDisk(() => true)
  const before = cluster.image.revision

  const results = [
    ...(await cluster.createTopics([topic('new')])),
    ...(await cluster.createPartitions([{ name: 'there', count: 2 }])),
    ...(await cluster.alterConfigs([
      { type: 'topic', name: 'there', set: new Map([['a', 'b']]), remove: [] },
    ])),
    ...(await cluster.deleteTopics([{ name: 'there' }])),
  ]

  for (const result of results) assert.deepEqual(outcomeOf(result), REFUSED)
  assert.equal(results.length, 4)
  assert.equal(cluster.image.revision, before)
  fault.isOn = false
  assert.equal((await cluster.deleteTopics([{ name: 'there' }]))[0]?.error, 'NONE')
  await cluster.close()
})

test('a request of several transactions tells which of its topics were made', async () => {
  const isAboutBig = ({ success }: Txn) =>
    success.some((op) => op.kind === 'put' && op.key.endsWith('/second'))
  const { cluster } = await clusterOnDisk(isAboutBig)

  const results = await cluster.createTopics([
    topic('first', { numPartitions: 100 }),
    topic('second', { numPartitions: 100 }),
    topic('third', { numPartitions: 100 }),
    topic('there'),
  ])

  assert.deepEqual(
    results.map(({ error }) => error),
    ['NONE', 'KAFKA_STORAGE_ERROR', 'NONE', 'TOPIC_ALREADY_EXISTS'],
  )
  assert.deepEqual(topicNames(cluster), ['first', 'there', 'third'])
  await cluster.close()
})

test('partitions that cannot even be staged are refused with the reason', async () => {
  const { cluster } = await clusterOnDisk(() => true)

  const [created] = await cluster.createTopics([topic('new', { numPartitions: PARTITIONS_STAGED })])
  const [grown] = await cluster.createPartitions([{ name: 'there', count: PARTITIONS_STAGED + 1 }])

  for (const result of [created, grown]) assert.deepEqual(result && outcomeOf(result), REFUSED)
  await cluster.close()
})
