import { test } from 'node:test'
import { FakeBroker } from '../../../testing/fake-broker.ts'
import { fakeWorld } from '../../../testing/fake-world.ts'
import { FakeConsumerGroup } from '../testing/fake-consumer-group.ts'
import { clusterOf } from '../testing/group-world.ts'
import { liveRandomly } from '../testing/random-lives.ts'

const SEEDS = 12

test(`${SEEDS} random lives of a KIP-848 group`, async () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const world = fakeWorld()
    const broker = new FakeBroker(world.network, { topics: { t: 5, u: 3 } })
    new FakeConsumerGroup(broker, {
      session: { timeoutMs: 10_000, clock: world.clock },
    })
    await liveRandomly({
      world,
      seed,
      partitionCount: 8,
      client: (network) => clusterOf({ ...world, network }, broker.address),
      member: { protocol: 'consumer' },
    })
  }
})
