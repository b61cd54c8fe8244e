/**
 * A group whose members come, go, die, resubscribe, dawdle and lose their connections in any order, by
 * seed. At every moment a partition has one owner (`Holders` fails else); when it is quiet, all have one.
 */
import assert from 'node:assert/strict'
import { seededRandom } from '@ottla/base'
import type { Network } from '@ottla/net'
import type { Cluster } from '../../../cluster/cluster.ts'
import { elapse, outcomeOf, until, type FakeWorld } from '../../../testing/fake-world.ts'
import { createGroupMember, type GroupOptions } from '../create-group-member.ts'
import type { GroupMember } from '../group-member.ts'
import { CuttableNetwork } from './cuttable-network.ts'
import { Holders, RecordingListener } from './recording-listener.ts'

export interface RandomLivesOptions {
  readonly world: FakeWorld
  readonly seed: number
  /** Of topics t and u, together. */
  readonly partitionCount: number
  readonly client: (network: Network) => Cluster
  readonly member: Partial<GroupOptions>
}

interface Living {
  readonly network: CuttableNetwork
  readonly cluster: Cluster
  readonly member: GroupMember
  readonly listener: RecordingListener
}

const STEPS = 25
const MEMBERS_MAX = 5
const SUBSCRIPTIONS = [['t'], ['t', 'u'], ['u']]

export async function liveRandomly(options: RandomLivesOptions): Promise<void> {
  const { world, seed, partitionCount } = options
  const random = seededRandom(seed)
  const upTo = (count: number): number => Math.floor(random.fraction() * count)
  const holders = new Holders()
  const living: Living[] = []
  const come = (): void => {
    living.push(join(options, holders))
  }
  come()
  for (let step = 0; step < STEPS; step++) {
    const one = living[upTo(living.length)]
    switch (upTo(7)) {
      case 0:
      case 1:
        if (living.length < MEMBERS_MAX) come()
        break
      case 2:
        if (one !== undefined) await go(world, living, one)
        break
      case 3:
        if (one !== undefined) die(living, one)
        break
      case 4:
        one?.member.subscribe(SUBSCRIPTIONS[upTo(SUBSCRIPTIONS.length)] ?? [])
        break
      case 5:
        one?.network.cut()
        break
      default: {
        const release = one?.listener.holdUp(upTo(2) === 0 ? 'revoked' : 'assigned')
        world.clock.setTimer(upTo(30_000), () => release?.())
      }
    }
    await elapse(world, upTo(6000))
  }
  if (living.length === 0) come()
  for (const { member } of living) member.subscribe(['t', 'u'])
  await until(world, () => holders.count === partitionCount && living.every(isInStep), {
    withinMs: 200_000,
    what: `seed ${seed}: all partitions to have an owner`,
  })
  for (let one = living[0]; one !== undefined; one = living[0]) {
    assert.equal(one.listener.fatal, undefined)
    await go(world, living, one)
  }
  assert.equal(holders.count, 0)
}

function join(options: RandomLivesOptions, holders: Holders): Living {
  const network = new CuttableNetwork(options.world.network)
  const cluster = options.client(network)
  const member = createGroupMember(cluster, {
    groupId: 'g',
    topics: ['t', 'u'],
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 20_000,
    ...options.member,
  })
  const listener = new RecordingListener('member', holders)
  member.join(listener).catch(() => undefined)
  return { network, cluster, member, listener }
}

async function go(world: FakeWorld, living: Living[], one: Living): Promise<void> {
  living.splice(living.indexOf(one), 1)
  await outcomeOf(world, one.member.leave(), { withinMs: 60_000 })
}

function die(living: Living[], one: Living): void {
  living.splice(living.indexOf(one), 1)
  one.cluster.close()
  one.listener.die()
}

function isInStep({ member, listener }: Living): boolean {
  return member.assignment.length === listener.held.size
}
