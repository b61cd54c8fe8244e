/** The door to this room: a member of a group, of the kind that was asked for. Nothing is sent yet. */
import type { Cluster } from '../../cluster/cluster.ts'
import { ClassicMember } from './classic/classic-member.ts'
import { ConsumerGroupMember } from './consumer/consumer-group-member.ts'
import { CoordinatorLink } from './coordinator-link.ts'
import type { GroupMember } from './group-member.ts'
import { memberSettings, type GroupOptions } from './group-options.ts'
import { NegotiatedMember } from './negotiated-member.ts'
import { TopicSubscription } from './topic-subscription.ts'

/**
 * ```ts
 * const member = createGroupMember(cluster, { groupId: 'billing', topics: ['orders'] })
 * await member.join(listener)
 * await member.commit([{ topic: 'orders', partition: 0, offset: 42, leaderEpoch: -1, metadata: '' }])
 * await member.leave()
 * ```
 *
 * A member that never joins commits and fetches offsets for a consumer that chose its partitions itself.
 * Call `leave` in that case too: it gives the connections back.
 */
export function createGroupMember(cluster: Cluster, options: GroupOptions): GroupMember {
  const settings = memberSettings(options)
  const subscription = new TopicSubscription(cluster, options.topics ?? [], options.pattern)
  const link = (): CoordinatorLink => new CoordinatorLink(cluster, settings.groupId)
  const { protocol = 'auto' } = options
  if (protocol === 'classic') return new ClassicMember(link(), settings, subscription)
  if (protocol === 'consumer') return new ConsumerGroupMember(link(), settings, subscription)
  return new NegotiatedMember({
    link: link(),
    consumer: new ConsumerGroupMember(link(), settings, subscription),
    classic: new ClassicMember(link(), settings, subscription),
  })
}

export type { GroupOptions } from './group-options.ts'
