/** Where a client begins, and where it begins again when nobody that it knows is left. */
import assert from 'node:assert/strict'
import { Kafka } from '@ottla/client'
import { stablePorts, type ApacheKafkaCluster } from '@ottla/lab-apache-kafka'
import { uniqueName } from '../cases/names.ts'
import { CuttingProxy } from '../targets/cutting-proxy.ts'
import type { ClusterCase } from './cluster-case.ts'
import { endTraffic } from './end-traffic.ts'
import { Reader } from './reader.ts'
import { LED_BY_EACH, untilWhole } from './three-nodes.ts'
import { Writer } from './writer.ts'

const MORE_COUNT = 30
/** A broker that is down costs one refused connection. */
const FIRST_SEND_MS_MAX = 10_000

async function firstSendMs(brokers: readonly string[], topic: string): Promise<number> {
  await using kafka = new Kafka({ brokers })
  const startedMs = performance.now()
  await Promise.all(
    LED_BY_EACH.map((_, partition) => kafka.topic(topic).send({ value: 'one', partition })),
  )
  return performance.now() - startedMs
}

const deadNames: ClusterCase = {
  name: 'one name of the bootstrap list that answers is enough, wherever it stands',
  run: async (cluster) => {
    const dead = (await stablePorts(2)).map((port) => `127.0.0.1:${port}`)
    const alive = cluster.node(3).address
    await using kafka = new Kafka({ brokers: alive })
    const topic = uniqueName('bootstrap')
    await kafka.admin.topics.create(topic, { assignments: LED_BY_EACH })

    for (const brokers of [
      [...dead, alive],
      [alive, ...dead],
      [dead[0] ?? '', alive, dead[1] ?? ''],
    ]) {
      const tookMs = await firstSendMs(brokers, topic)
      assert.ok(tookMs < FIRST_SEND_MS_MAX, `${brokers.join()}: ${Math.round(tookMs)} ms`)
    }
    await assert.rejects(
      new Kafka({ brokers: dead, apiTimeoutMs: 500 }).admin.topics.list(),
      ({ code, message }: { code: string; message: string }) =>
        code === 'CONNECTION_FAILED' && dead.every((address) => message.includes(address)),
    )
  },
}

/** Each node politely, one after the other, onto a port that nobody knows. */
async function moveAll(cluster: ApacheKafkaCluster, between: () => Promise<void>): Promise<void> {
  const ports = await stablePorts(cluster.nodes.length)
  for (const [i, node] of cluster.nodes.entries()) {
    await node.stop()
    await node.start({ port: ports[i] ?? 0 })
    await untilWhole(cluster)
    await between()
  }
}

const rebootstrap: ClusterCase = {
  name: 'brokers that all come back under other addresses are found: by who is busy at once, by who slept through the bootstrap list',
  run: async (cluster, tell) => {
    const name = await CuttingProxy.start()
    name.targetPort = cluster.node(1).port
    const brokers = `127.0.0.1:${name.port}`
    const busy = new Kafka({ brokers })
    const sleeper = new Kafka({ brokers })
    try {
      const [topic, other] = [uniqueName('moved'), uniqueName('slept')]
      for (const made of [topic, other]) {
        await busy.admin.topics.create(made, { assignments: LED_BY_EACH })
      }
      const writer = new Writer(busy, topic, LED_BY_EACH.length)
      const reader = new Reader(busy, { group: uniqueName('group'), topics: [topic] })
      const sleeping = sleeper.producer({ deliveryTimeoutMs: 30_000 })
      await sleeping.send(other, { value: '0', partition: 0 })
      await writer.untilMore(MORE_COUNT)

      await moveAll(cluster, () => writer.untilMore(MORE_COUNT))
      name.targetPort = cluster.node(1).port
      await reader.untilMore(MORE_COUNT)
      const { refreshCount } = sleeper.metrics().metadata
      const sent = await sleeping.send(other, { value: '1', partition: 0 })

      assert.equal(sent.offset, 1)
      // It did sleep: all that it knew was old.
      assert.ok(sleeper.metrics().metadata.refreshCount > refreshCount)
      await endTraffic({ kafka: busy, writer, readers: [reader], tell })
    } finally {
      await Promise.all([busy.close(), sleeper.close()])
      await name.stop()
    }
  },
}

export const bootstrap: readonly ClusterCase[] = [deadNames, rebootstrap]
