/** A fake world with one member of a scripted classic group, before it joins. */
import type { Cluster } from '../../../cluster/cluster.ts'
import { FakeBroker } from '../../../testing/fake-broker.ts'
import { fakeWorld, outcomeOf, type FakeWorld } from '../../../testing/fake-world.ts'
import { createGroupMember, type GroupOptions } from '../create-group-member.ts'
import type { GroupMember } from '../group-member.ts'
import { clusterOf } from './group-world.ts'
import { RecordingListener } from './recording-listener.ts'
import { ScriptedGroup, type ScriptedVersions } from './scripted-group.ts'

export interface ClassicWorld {
  readonly world: FakeWorld
  readonly broker: FakeBroker
  readonly group: ScriptedGroup
  readonly cluster: Cluster
  readonly member: GroupMember
  readonly listener: RecordingListener
  readonly joined: () => Promise<void>
}

/** Topic t has two partitions. */
export function classicWorld(
  options: Partial<GroupOptions> = {},
  versions: ScriptedVersions = {},
): ClassicWorld {
  const world = fakeWorld()
  const broker = new FakeBroker(world.network, { topics: { t: 2 } })
  const group = new ScriptedGroup(broker, versions)
  const cluster = clusterOf(world, broker.address)
  const member = createGroupMember(cluster, {
    groupId: 'g',
    protocol: 'classic',
    topics: ['t'],
    ...options,
  })
  const listener = new RecordingListener()
  const joined = async (): Promise<void> => {
    await outcomeOf(world, member.join(listener), { withinMs: 5000 })
  }
  return { world, broker, group, cluster, member, listener, joined }
}
