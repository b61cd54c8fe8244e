/**
 * A cluster of Apache Kafka: nodes that are broker and controller at once, ids 1 to n, racks `rack-1` to
 * `rack-n`, replication factor 3 (fewer with fewer nodes) and min.insync.replicas 2. Consumers may read
 * from the replica of their rack (KIP-392). Topics of its own have few partitions: each of them is a
 * directory and a recovery on every node.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClusterNode } from './cluster-node.ts'
import { fetchJars } from './fetch-jars.ts'
import { formatStorage, randomUuid } from './format-storage.ts'
import type { ServerProperties } from './server-properties.ts'
import { stablePorts } from './stable-ports.ts'

export interface ApacheKafkaClusterOptions {
  /** Default: 3. */
  readonly nodeCount?: number
  /** server.properties of every node; what stands here wins. */
  readonly properties?: ServerProperties
  /** Of each node; default: 256. */
  readonly heapMib?: number
  /** Of each start; default: 120,000. */
  readonly startTimeoutMs?: number
}

export interface ApacheKafkaCluster {
  /** By id, from 1 on. */
  readonly nodes: readonly ClusterNode[]
  /** Of the nodes as they are now. */
  readonly bootstrapServers: string
  node(id: number): ClusterNode
  /** Those that are down; resolves when all answer. */
  startMissing(): Promise<void>
  /** SIGKILL to all, since the last ones could not leave politely; the data goes too. */
  stop(): Promise<void>
}

/** They end a process without its `exit` event, which would have killed the nodes. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const
const INTERNAL_PARTITIONS = 3
const CLEANER_BYTES = 8 * 1024 * 1024

export async function startApacheKafkaCluster(
  options: ApacheKafkaClusterOptions = {},
): Promise<ApacheKafkaCluster> {
  const { nodeCount = 3, heapMib = 256, startTimeoutMs = 120_000 } = options
  const classPath = await fetchJars('broker')
  const directory = mkdtempSync(join(tmpdir(), 'apache-kafka-cluster-'))
  const ports = await stablePorts(2 * nodeCount)
  const controllerPorts = ports.slice(nodeCount)
  const properties = clusterProperties(controllerPorts, options.properties ?? {})
  const nodes = controllerPorts.map((controllerPort, i) => {
    const [id, port] = [i + 1, ports[i] ?? 0]
    const own = { id, port, controllerPort, directory: join(directory, `node-${id}`) }
    return new ClusterNode({ ...own, classPath, properties, heapMib, startTimeoutMs })
  })
  const startMissing = async (): Promise<void> => {
    await Promise.all(nodes.filter((node) => !node.isRunning).map((node) => node.start()))
  }
  const endWithUs = (signal: NodeJS.Signals): void => {
    // Synchronous up to the signals to the nodes; then we end as we would have.
    void stop()
    try {
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    } finally {
      process.kill(process.pid, signal)
    }
  }
  const stop = async (): Promise<void> => {
    for (const signal of SIGNALS) process.off(signal, endWithUs)
    await Promise.all(nodes.map((node) => node.kill()))
    rmSync(directory, { recursive: true, force: true })
  }
  for (const signal of SIGNALS) process.once(signal, endWithUs)
  try {
    await formatAll(nodes, controllerPorts, classPath)
    await startMissing()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    nodes,
    get bootstrapServers() {
      return nodes.map(({ address }) => address).join(',')
    },
    node: (id) => {
      const node = nodes[id - 1]
      if (node === undefined) throw new Error(`There is no node ${id}`)
      return node
    },
    startMissing,
    stop,
  }
}

function clusterProperties(
  controllerPorts: readonly number[],
  overrides: ServerProperties,
): ServerProperties {
  const replicas = Math.min(3, controllerPorts.length)
  const inSyncMin = Math.min(2, replicas)
  return {
    'controller.quorum.bootstrap.servers': controllerPorts
      .map((port) => `127.0.0.1:${port}`)
      .join(','),
    'default.replication.factor': replicas,
    'min.insync.replicas': inSyncMin,
    'offsets.topic.replication.factor': replicas,
    'offsets.topic.num.partitions': INTERNAL_PARTITIONS,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSyncMin,
    'transaction.state.log.num.partitions': INTERNAL_PARTITIONS,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSyncMin,
    'share.coordinator.state.topic.num.partitions': INTERNAL_PARTITIONS,
    'replica.selector.class': 'org.apache.kafka.common.replica.RackAwareReplicaSelector',
    // Leaders move when a test says so, and not by themselves five minutes later.
    'auto.leader.rebalance.enable': false,
    'log.cleaner.dedupe.buffer.size': CLEANER_BYTES,
    ...overrides,
  }
}

async function formatAll(
  nodes: readonly ClusterNode[],
  controllerPorts: readonly number[],
  classPath: string,
): Promise<void> {
  const clusterId = randomUuid()
  const initialControllers = nodes
    .map(({ id }, i) => `${id}@127.0.0.1:${controllerPorts[i]}:${randomUuid()}`)
    .join(',')
  await Promise.all(
    nodes.map((node) => {
      node.writeProperties()
      const { propertiesFile, logDirectory } = node
      return formatStorage({
        classPath,
        propertiesFile,
        logDirectory,
        clusterId,
        initialControllers,
      })
    }),
  )
}
