/** An Admin without a Kafka object around it, on scripted brokers or on an embedded one. */
import { seededRandom, silentLogger, systemClock, type Clock, type FakeClock } from '@ottla/base'
import type { Network } from '@ottla/net'
import { Cluster } from '../../cluster/cluster.ts'
import { parseBrokers } from '../../connection/broker-address.ts'
import type { FakeBroker } from '../../testing/fake-broker.ts'
import { outcomeOf, type FakeWorld } from '../../testing/fake-world.ts'
import type { ClientWorld } from '../../world.ts'
import { Admin } from '../admin.ts'

export interface AdminUnderTest extends Disposable {
  readonly cluster: Cluster
  readonly admin: Admin
}

function adminOf(world: ClientWorld, brokers: string): AdminUnderTest {
  const cluster = new Cluster(world, {
    bootstrap: parseBrokers(brokers),
    clientId: 'admin-test',
    softwareVersion: '0.0.0',
    requestTimeoutMs: 30_000,
    setupTimeoutMs: 10_000,
    apiTimeoutMs: 60_000,
    reconnectBackoff: { firstMs: 50, maxMs: 1000 },
    retryBackoff: { firstMs: 100, maxMs: 1000 },
    metadataMaxAgeMs: 300_000,
    metadataMaxIdleMs: 300_000,
    connectionMaxIdleMs: 540_000,
    // What an admin client looks at must not come into being by that.
    allowAutoTopicCreation: true,
  })
  return {
    cluster,
    admin: new Admin(cluster),
    [Symbol.dispose]: () => {
      cluster.close()
    },
  }
}

/** Of `startOttla`, or whatever else says where it listens. */
export function adminOfOttla(ottla: {
  readonly brokers: string
  readonly network: Network
}): AdminUnderTest {
  const world = {
    clock: systemClock,
    random: seededRandom(1),
    network: ottla.network,
    logger: silentLogger,
  }
  return adminOf(world, ottla.brokers)
}

export interface ScriptedAdmin<C extends Clock = FakeClock> extends AdminUnderTest {
  readonly world: FakeWorld<C>
  /** What the call comes to; a fake clock is moved as far as that takes. */
  result<T>(call: Promise<T>): Promise<T>
}

const PATIENCE_MS = 90_000

/** `brokers` are made with the network of the same world. */
export function adminOfBrokers<C extends Clock>(
  world: FakeWorld<C>,
  ...brokers: readonly FakeBroker[]
): ScriptedAdmin<C> {
  const under = adminOf(world, brokers.map(({ address }) => address).join(','))
  return {
    ...under,
    world,
    result: (call) => outcomeOf(world, call, { withinMs: PATIENCE_MS }),
    [Symbol.dispose]: () => {
      under.cluster.close()
    },
  }
}
