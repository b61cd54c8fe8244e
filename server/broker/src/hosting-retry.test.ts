/** Partitions that could not be hosted at once: who tries again, and when. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brokerId, FakeClock, seededRandom, silentLogger, Turn } from '@ottla/base'
import { ClusterMetadata, memoryStore } from '@ottla/cluster'
import type { GroupCoordinator } from '@ottla/coordinator'
import { LogManager, MemoryDisk } from '@ottla/log'
import { ReplicaManager } from '@ottla/replication'
import { loadBrokerConfig } from './config/load-broker-config.ts'
import { TopicHosting } from './topic-hosting.ts'

async function aHostOnFullDisk(topic: string) {
  const clock = new FakeClock()
  const disk = new MemoryDisk({ clock })
  const world = { clock, random: seededRandom(1), logger: silentLogger }
  const metadata = await ClusterMetadata.open({ ...world, store: memoryStore({ clock }) })
  await metadata.registerBroker({
    brokerId: 1,
    host: 'localhost',
    port: 9092,
    rack: null,
    endpoints: [],
    incarnationId: 'first',
  })
  const configs = new Map<string, string>()
  await metadata.createTopics([{ name: topic, numPartitions: 2, replicationFactor: 1, configs }])
  const logs = await LogManager.open({
    ...world,
    dirs: ['/data'],
    disk,
    configFor: () => undefined,
  })
  const replicas = new ReplicaManager({ logs, turn: new Turn(clock), logger: silentLogger })
  const loaded: number[] = []
  const onLoad = { run: async (): Promise<void> => {} }
  const groups: Pick<GroupCoordinator, 'load'> = {
    load: async (partition) => {
      loaded.push(partition)
      await onLoad.run()
    },
  }
  const { config } = loadBrokerConfig({ set: new Map() })
  const hosting = new TopicHosting({
    brokerId: brokerId(1),
    config,
    replicas,
    groups: groups as GroupCoordinator,
    clock,
    logger: silentLogger,
  })
  const fault = { isOn: true, tries: 0 }
  disk.onOperation = (operation) => {
    if (operation !== 'makeDirectory') return undefined
    fault.tries++
    return fault.isOn ? { code: 'ENOSPC' } : undefined
  }
  await hosting.hostAll(metadata.image)
  return { clock, replicas, hosting, loaded, onLoad, fault }
}

test('a start on a full disk goes on without the logs, which are made when there is room', async () => {
  const { clock, replicas, fault } = await aHostOnFullDisk('orders')
  assert.equal(replicas.topic('orders')?.missing.size, 2)

  clock.advance(1_000)
  assert.equal(replicas.hasMissing, true)
  fault.isOn = false
  clock.advance(2_000)

  assert.equal(replicas.hasMissing, false)
  assert.equal(replicas.partition('orders', 1)?.log.logEndOffset, 0)
})

test('a disk that stays full is asked less and less often, and not at all after close()', async () => {
  const { clock, hosting, fault } = await aHostOnFullDisk('orders')
  fault.tries = 0

  for (let second = 0; second < 61; second++) clock.advance(1_000)
  // After 1, 3, 7, 15, 31 and 61 seconds.
  assert.equal(fault.tries, 6)
  hosting.close()
  for (let second = 0; second < 61; second++) clock.advance(1_000)

  assert.equal(fault.tries, 6)
})

test('groups are loaded when the partition that keeps them is there', async () => {
  const { hosting, loaded, fault } = await aHostOnFullDisk('__consumer_offsets')
  assert.deepEqual(loaded, [])

  fault.isOn = false
  await hosting.retry()

  assert.deepEqual(loaded, [0, 1])
})

test('groups of a topic that is deleted while those of another partition are loaded are not loaded', async () => {
  const { hosting, replicas, loaded, onLoad, fault } = await aHostOnFullDisk('__consumer_offsets')
  fault.isOn = false
  onLoad.run = async () => {
    replicas.drop('__consumer_offsets')
  }

  await hosting.retry()

  assert.deepEqual(loaded, [0])
})
