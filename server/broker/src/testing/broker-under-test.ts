/** A whole broker on memory disk and memory metadata, listening on a loopback port of its own. */
import { silentLogger, systemClock, systemRandom } from '@ottla/base'
import { memoryStore } from '@ottla/cluster'
import { MemoryDisk } from '@ottla/log'
import { nodeNetwork } from '@ottla/net'
import { assembleBroker } from '../assemble.ts'
import type { Runtime } from '../runtime.ts'
import type { Broker } from '../broker.ts'
import { loadBrokerConfig } from '../config/load-broker-config.ts'
import { RawClient } from './raw-client.ts'

export interface BrokerUnderTest extends AsyncDisposable {
  readonly broker: Broker
  readonly port: number
  readonly client: RawClient
  /** Another connection to the same broker. */
  connect(): Promise<RawClient>
}

const DEFAULTS = {
  listeners: 'PLAINTEXT://127.0.0.1:0',
  'log.dirs': '/data',
  'group.initial.rebalance.delay.ms': '0',
  'offsets.topic.num.partitions': '2',
}

/** `world` replaces parts of the memory world, for a test that needs a disk of its own. */
export async function startBroker(
  settings: Record<string, string> = {},
  world: Partial<Runtime> = {},
): Promise<BrokerUnderTest> {
  const { config } = loadBrokerConfig({
    set: new Map(Object.entries({ ...DEFAULTS, ...settings })),
  })
  const broker = await assembleBroker(config, {
    clock: systemClock,
    random: systemRandom,
    logger: silentLogger,
    disk: new MemoryDisk({ clock: systemClock }),
    network: nodeNetwork,
    openStore: () => memoryStore({ clock: systemClock }),
    onBug: (error) => {
      throw error
    },
    ...world,
  })
  await broker.start()
  const port = broker.addresses[0]?.port ?? 0
  const clients = [await RawClient.connect(port)]
  return {
    broker,
    port,
    client: clients[0] as RawClient,
    async connect(): Promise<RawClient> {
      const client = await RawClient.connect(port)
      clients.push(client)
      return client
    },
    async [Symbol.asyncDispose](): Promise<void> {
      for (const client of clients) client.close()
      await broker.stop()
    },
  }
}
