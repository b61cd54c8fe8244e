/**
 * A member of a KIP-848 group: performs what `ConsumerGroupMachine` says, and tells it what came of that.
 * The heartbeats that the machine is driven by are sent by `ConsumerGroupHeartbeats`.
 */
import { randomUuid } from '@ottla/base'
import type { Lane } from '../../../cluster/connection-pool.ts'
import type { KafkaError } from '../../../kafka-error.ts'
import { partitionKey, type TopicPartition } from '../../../topic-partition.ts'
import type { CoordinatorLink } from '../coordinator-link.ts'
import type {
  CommittedOffset,
  GroupListener,
  GroupMember,
  OffsetToCommit,
} from '../group-member.ts'
import type { MemberSettings } from '../group-options.ts'
import { MemberTimers } from '../member-timers.ts'
import { MembershipEvents } from '../membership-events.ts'
import { commitOffsets } from '../offsets/commit-offsets.ts'
import { fetchOffsets } from '../offsets/fetch-offsets.ts'
import { identityOf, NO_MEMBER, type Identity, type Membership } from '../offsets/membership.ts'
import type { ListenerCall } from '../ownership.ts'
import { RebalanceMeter } from '../rebalance-meter.ts'
import type { TopicSubscription } from '../topic-subscription.ts'
import type { AssignedPartition } from './assigned-partition.ts'
import { ConsumerGroupHeartbeats } from './consumer-group-heartbeats.ts'
import { ConsumerGroupMachine, type ConsumerEffect } from './consumer-group-machine.ts'
import { leaveConsumerGroup } from './leave-consumer-group.ts'

export class ConsumerGroupMember implements GroupMember {
  readonly protocol = 'consumer'
  readonly #link: CoordinatorLink
  readonly #settings: MemberSettings
  readonly #subscription: TopicSubscription
  readonly #machine: ConsumerGroupMachine
  readonly #timers: MemberTimers
  readonly #events: MembershipEvents
  readonly #heartbeats: ConsumerGroupHeartbeats
  readonly #meter: RebalanceMeter
  readonly #membership: Membership
  readonly #memberId: string

  constructor(link: CoordinatorLink, settings: MemberSettings, subscription: TopicSubscription) {
    const { cluster } = link
    const machine = new ConsumerGroupMachine(settings.groupInstanceId !== null)
    const perform = (effects: readonly ConsumerEffect[]): void => {
      this.#perform(effects)
    }
    const timers = new MemberTimers({
      cluster,
      settings,
      onSessionExpired: () => {
        this.#heartbeats.forget()
        perform(machine.onSessionExpired())
      },
      onRebalanceTimedOut: () => {
        perform(machine.onRebalanceTimedOut())
      },
      onBackedOff: () => {
        perform(machine.onBackedOff())
      },
    })
    // Chosen here once and for all, whatever happens to the membership (KIP-1082).
    const memberId = randomUuid(cluster.world.random)
    const context = { link, settings, subscription, machine, timers, memberId, perform }
    this.#link = link
    this.#settings = settings
    this.#subscription = subscription
    this.#machine = machine
    this.#timers = timers
    this.#memberId = memberId
    this.#heartbeats = new ConsumerGroupHeartbeats(context)
    this.#events = new MembershipEvents(settings.groupId, cluster.world.logger)
    this.#meter = new RebalanceMeter(cluster)
    this.#membership = {
      identity: () => this.#identity(),
      owns: (one) => this.#ownsByName(one),
      isNamedInFetch: true,
      // The next heartbeat says it too, and with what to do about it.
      onRefused: () => undefined,
    }
  }

  get groupId(): string {
    return this.#settings.groupId
  }

  get memberId(): string {
    return this.#events.hasBegun ? this.#memberId : ''
  }

  get memberEpoch(): number {
    return this.#machine.memberEpoch
  }

  get assignment(): readonly TopicPartition[] {
    return this.#machine.owned.map(({ topic, partition }) => ({ topic, partition }))
  }

  async join(listener: GroupListener, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    this.#events.begin(listener)
    this.#subscription.open()
    this.#perform(this.#machine.start())
    try {
      await this.#events.untilJoined(signal)
    } catch (error) {
      if (signal?.aborted === true) void this.leave().catch(() => undefined)
      throw error
    }
  }

  subscribe(topics: readonly string[]): void {
    this.#subscription.names = topics
    if (this.#events.hasBegun) this.#heartbeats.pump()
  }

  commit(
    offsets: readonly OffsetToCommit[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, KafkaError>> {
    return commitOffsets(this.#link, this.#membership, offsets, signal)
  }

  committed(
    partitions: readonly TopicPartition[],
    signal?: AbortSignal,
  ): Promise<readonly CommittedOffset[]> {
    return fetchOffsets(this.#link, this.#membership, partitions, signal)
  }

  async leave(signal?: AbortSignal): Promise<void> {
    if (!this.#events.hasBegun) {
      this.#close()
      return
    }
    // Also when somebody else leaves already: the goodbye needs the connection until it is said.
    this.#perform(this.#machine.leave())
    try {
      await this.#events.untilEnded(signal)
    } finally {
      // An abort leaves without a word: the session timeout tells the group.
      this.#machine.abandon()
      this.#close()
      this.#events.onLeft()
    }
  }

  #identity(): Identity {
    if (!this.#events.hasBegun) return NO_MEMBER
    return identityOf(this.#settings, this.#memberId, this.#machine.memberEpoch)
  }

  #ownsByName(one: TopicPartition): boolean {
    const key = partitionKey(one.topic, one.partition)
    return this.#machine.owned.some(
      ({ topic, partition }) => partitionKey(topic, partition) === key,
    )
  }

  #perform(effects: readonly ConsumerEffect[]): void {
    for (const effect of effects) this.#performOne(effect)
    this.#meter.isSettled = this.#machine.isSettled
    this.#timers.follow(this.#machine)
    this.#heartbeats.pump()
  }

  #performOne(effect: ConsumerEffect): void {
    switch (effect.kind) {
      case 'backOff':
        this.#timers.backOff(effect.failureCount)
        break
      case 'call':
        void this.#call(effect.call)
        break
      case 'ended':
        void this.#leaveGroup(effect.epoch).then(() => {
          this.#events.onEnded()
        })
        break
      case 'failed':
        this.#close()
        this.#events.onFailed(effect.error)
        break
      case 'joined':
        this.#events.onJoined()
        break
      case 'leave':
        void this.#leaveGroup(effect.epoch, 'main')
        break
    }
  }

  async #call(call: ListenerCall<AssignedPartition>): Promise<void> {
    const failure = await this.#events.call(call)
    const machine = this.#machine
    this.#perform(
      failure === undefined ? machine.onCallDone(call.id) : machine.onCallFailed(call.id, failure),
    )
  }

  #leaveGroup(epoch: number | undefined, lane?: Lane): Promise<void> {
    const leaving = { memberId: this.#memberId, epoch, ...(lane === undefined ? {} : { lane }) }
    return leaveConsumerGroup(this.#link, this.#settings, leaving)
  }

  #close(): void {
    this.#heartbeats.stop()
    this.#timers.stop()
    this.#subscription.close()
    this.#link.close()
  }
}
