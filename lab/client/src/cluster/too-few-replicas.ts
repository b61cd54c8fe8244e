/** min.insync.replicas not met: sends wait for the brokers, and say why when they have waited long enough. */
import assert from 'node:assert/strict'
import { Kafka, KafkaError } from '@ottla/client'
import { uniqueName } from '../cases/names.ts'
import { assertStored } from './assert-stored.ts'
import type { ClusterCase } from './cluster-case.ts'
import { untilWhole } from './three-nodes.ts'
import { within } from './within.ts'

const LEFT = 1
const SHORT_MS = 3000
const OUT_OF_SYNC_TIMEOUT_MS = 30_000

export const tooFewReplicas: ClusterCase = {
  name: 'sends without enough replicas fail with NOT_ENOUGH_REPLICAS at their deadline, and succeed when the brokers are back before it',
  run: async (cluster) => {
    await using kafka = new Kafka({ brokers: cluster.bootstrapServers })
    const topic = uniqueName('too-few')
    await kafka.admin.topics.create(topic, {
      assignments: [[LEFT, 2, 3]],
      configs: { 'min.insync.replicas': 2 },
    })
    const patient = kafka.producer()
    const hasty = kafka.producer({ deliveryTimeoutMs: SHORT_MS })
    // While there is still a quorum to give them their producer ids.
    assert.equal((await patient.send(topic, { value: '0', partition: 0 })).offset, 0)
    assert.equal((await hasty.send(topic, { value: '1', partition: 0 })).offset, 1)

    await cluster.node(2).stop()
    await cluster.node(3).stop()
    await within(OUT_OF_SYNC_TIMEOUT_MS, async () => {
      const { partitions } = await kafka.admin.topics.describe(topic)
      assert.deepEqual(partitions[0]?.inSyncReplicas, [LEFT])
    })
    const startedMs = performance.now()
    const waiting = patient.send(topic, { value: '2', partition: 0 })
    const waited = Promise.allSettled([waiting])
    await assert.rejects(hasty.send(topic, { value: 'never', partition: 0 }), (error) => {
      assert.ok(error instanceof KafkaError)
      assert.equal(error.code, 'DELIVERY_TIMED_OUT')
      assert.match(error.message, /NOT_ENOUGH_REPLICAS/)
      assert.ok(error.cause instanceof KafkaError)
      assert.equal(error.cause.code, 'NOT_ENOUGH_REPLICAS')
      return true
    })
    const tookMs = performance.now() - startedMs
    assert.ok(
      tookMs >= SHORT_MS && tookMs < 4 * SHORT_MS,
      `given up after ${Math.round(tookMs)} ms`,
    )

    await untilWhole(cluster)
    const [outcome] = await waited
    assert.equal(
      outcome?.status,
      'fulfilled',
      String(outcome?.status === 'rejected' && outcome.reason),
    )
    assert.equal((await waiting).offset, 2)
    // The one that was given up left no hole behind it.
    assert.equal((await hasty.send(topic, { value: '3', partition: 0 })).offset, 3)
    await assertStored(kafka, topic, [4])
  },
}
