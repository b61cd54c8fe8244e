/** Puts a consumer together: which parts there are, and who knows whom. */
import type { Cluster } from '../cluster/cluster.ts'
import { GroupProgress } from './commit/group-progress.ts'
import { ConsumerLife } from './consumer-life.ts'
import { consumerSettings, type ConsumerOptions } from './consumer-options.ts'
import { MessageDecoder } from './decode/message-decoder.ts'
import { Delivery } from './deliver/delivery.ts'
import type { DeadLetterTopic } from './deliver/each-options.ts'
import { HeldRecords } from './deliver/held-records.ts'
import { DirectAssignment, joinedPattern, topicNames } from './direct-assignment.ts'
import { createGroupMember } from './group/create-group-member.ts'
import type { GroupMember } from './group/group-member.ts'
import { Reading } from './reading.ts'
import { Rebalance } from './rebalance.ts'
import type { TopicSource } from './topic-source.ts'

export interface ConsumerParts {
  readonly reading: Reading
  readonly delivery: Delivery
  readonly progress: GroupProgress
  readonly life: ConsumerLife
  /** undefined without a group. */
  readonly member: GroupMember | undefined
}

export function consumerParts(
  cluster: Cluster,
  options: ConsumerOptions<TopicSource>,
  deadLetterTopic: ((name: string) => DeadLetterTopic) | undefined,
): ConsumerParts {
  const { topics = [], assign } = options
  const settings = consumerSettings(options)
  const member = memberOf(cluster, options)
  const isDirect = assign === undefined && member === undefined
  const direct = isDirect ? new DirectAssignment(cluster, topics) : undefined
  const decoder = new MessageDecoder(topics)
  const held = new HeldRecords()
  const reading = new Reading({ cluster, settings, decoder, member, direct })
  const { context, assignment, inbox } = reading
  const progress = new GroupProgress({
    context,
    held,
    member,
    groupInstanceId: options.groupInstanceId ?? null,
    isAutoCommit: options.autoCommit !== false,
    isMember: assign === undefined,
    failure: () => inbox.failure,
  })
  const delivery = new Delivery({
    cluster,
    assignment,
    inbox,
    held,
    groupId: member?.groupId,
    commitDone: (signal) => progress.commitDone(signal),
    rewind: (partition) => {
      reading.rewind(partition)
    },
    deadLetterTopic,
  })
  const listener = new Rebalance({
    context,
    held,
    working: delivery.working,
    committer: progress.autoCommitter,
    isClosing: () => reading.isClosing,
    onGone: (partitions) => {
      progress.onGone(partitions)
    },
    onAssigned: options.onAssigned,
    onRevoked: options.onRevoked,
    onLost: options.onLost,
  })
  const life = new ConsumerLife({ reading, held, assign, direct, member, progress, listener })
  return { reading, delivery, progress, life, member }
}

function memberOf(
  cluster: Cluster,
  options: ConsumerOptions<TopicSource>,
): GroupMember | undefined {
  const { group, assign } = options
  if (group === undefined) return undefined
  // Who names its partitions joins nothing: the group keeps its offsets.
  const topics = assign === undefined ? (options.topics ?? []) : []
  return createGroupMember(cluster, {
    ...options,
    groupId: group,
    topics: topicNames(topics),
    pattern: joinedPattern(topics),
  })
}
