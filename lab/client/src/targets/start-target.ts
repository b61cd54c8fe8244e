/** Ottla from this repository, or Apache Kafka from Maven, each with a temporary data directory. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BrokerProcess,
  freePort,
  startApacheKafka,
  type ApacheKafka,
  type ServerProperties,
} from '@ottla/lab-apache-kafka'
import { CuttingProxy } from './cutting-proxy.ts'
import type { Target } from './target.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const MAIN = join(ROOT, 'server/broker/src/main.mjs')
const START_TIMEOUT_MS = 60_000

/** What both are started with; everything else is at its default. */
const PROPERTIES = {
  'num.partitions': 3,
  'group.initial.rebalance.delay.ms': 0,
  'group.min.session.timeout.ms': 1000,
}

export interface TargetOptions {
  /** Advertises its own port instead of the proxy's: for benchmarks, which cut nothing. */
  readonly isDirect?: boolean
  /** server.properties; what stands here wins. */
  readonly properties?: ServerProperties
}

/** Of KIP-848, where the broker and not the member says how long a session is. */
const KAFKA_PROPERTIES = {
  'group.consumer.min.session.timeout.ms': 1000,
  'group.consumer.session.timeout.ms': 6000,
  'group.consumer.min.heartbeat.interval.ms': 500,
  'group.consumer.heartbeat.interval.ms': 1000,
}

export async function startOttla({
  isDirect = false,
  properties = {},
}: TargetOptions = {}): Promise<Target> {
  const proxy = await CuttingProxy.start()
  const port = await freePort()
  proxy.targetPort = port
  const advertisedPort = isDirect ? port : proxy.port
  const directory = mkdtempSync(join(tmpdir(), 'client-suite-ottla-'))
  const settings = {
    ...PROPERTIES,
    ...properties,
    listeners: `PLAINTEXT://127.0.0.1:${port}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort}`,
    'log.dirs': directory,
  }
  const start = async (): Promise<BrokerProcess> => {
    const sets = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`])
    const command = [process.execPath, MAIN, ...sets]
    const started = new BrokerProcess({ name: 'Ottla', command, directory: ROOT })
    await started.untilAnswering(port, START_TIMEOUT_MS)
    return started
  }
  let broker = await start()
  const again = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    await broker.end(signal)
    broker = await start()
  }
  return {
    name: 'Ottla',
    brokers: `127.0.0.1:${advertisedPort}`,
    proxy,
    restart: () => again('SIGTERM'),
    killAndRestart: () => again('SIGKILL'),
    stop: async () => {
      await proxy.stop()
      await broker.end('SIGTERM')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export async function startKafka({
  isDirect = false,
  properties: overrides = {},
}: TargetOptions = {}): Promise<Target> {
  const proxy = await CuttingProxy.start()
  const port = await freePort()
  proxy.targetPort = port
  const advertisedPort = isDirect ? port : proxy.port
  const directory = mkdtempSync(join(tmpdir(), 'client-suite-kafka-'))
  const properties = {
    ...PROPERTIES,
    ...KAFKA_PROPERTIES,
    ...overrides,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${advertisedPort}`,
  }
  const start = (): Promise<ApacheKafka> =>
    startApacheKafka({ port, directory, properties, heapMib: 512 })
  let kafka = await start()
  return {
    name: 'Apache Kafka',
    brokers: `127.0.0.1:${advertisedPort}`,
    proxy,
    restart: async () => {
      await kafka.stop()
      kafka = await start()
    },
    killAndRestart: async () => {
      await kafka.kill()
      kafka = await start()
    },
    stop: async () => {
      await proxy.stop()
      await kafka.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
