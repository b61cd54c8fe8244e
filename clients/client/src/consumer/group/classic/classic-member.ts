/**
 * A member of a classic group: performs what `ClassicMachine` says, and tells it what came of that.
 *
 * Heartbeats pause while the coordinator holds a JoinGroup or SyncGroup of ours, as Kafka wants it: on
 * the same connection they would stand behind it, and it takes the request itself for a sign of life.
 */
import type { KafkaError } from '../../../kafka-error.ts'
import type { TopicPartition } from '../../../topic-partition.ts'
import { joinModes } from '../assignors/assignor-list.ts'
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
import { ClassicMachine, type ClassicEffect } from './classic-machine.ts'
import { Heartbeats } from './heartbeats.ts'
import { JoinRound } from './join-round.ts'
import { leaveClassicGroup } from './leave-classic-group.ts'

export class ClassicMember implements GroupMember {
  readonly protocol = 'classic'
  readonly #link: CoordinatorLink
  readonly #settings: MemberSettings
  readonly #subscription: TopicSubscription
  readonly #machine: ClassicMachine
  readonly #timers: MemberTimers
  readonly #events: MembershipEvents
  readonly #round: JoinRound
  readonly #heartbeats: Heartbeats
  readonly #meter: RebalanceMeter
  readonly #membership: Membership

  constructor(link: CoordinatorLink, settings: MemberSettings, subscription: TopicSubscription) {
    const { cluster } = link
    const machine = new ClassicMachine({
      modes: joinModes(settings.assignors),
      isStatic: settings.groupInstanceId !== null,
      wants: (topic) => subscription.resolved().includes(topic),
    })
    const perform = (effects: readonly ClassicEffect[]): void => {
      this.#perform(effects)
    }
    const timers = new MemberTimers({
      cluster,
      settings,
      onSessionExpired: () => {
        perform(machine.onSessionExpired())
      },
      onRebalanceTimedOut: () => {
        perform(machine.onRebalanceTimedOut())
      },
      onBackedOff: () => {
        perform(machine.onBackedOff())
      },
    })
    const context = { link, settings, subscription, machine, timers, perform }
    const round = new JoinRound(context)
    this.#link = link
    this.#settings = settings
    this.#subscription = subscription
    this.#machine = machine
    this.#timers = timers
    this.#round = round
    this.#heartbeats = new Heartbeats(context, () => {
      round.watchTopics()
    })
    this.#events = new MembershipEvents(settings.groupId, cluster.world.logger)
    this.#meter = new RebalanceMeter(cluster)
    this.#membership = {
      identity: () => this.#identity(),
      owns: (partition) => machine.owns(partition),
      isNamedInFetch: false,
      onRefused: (error, { epoch }) => {
        if (this.#events.hasBegun) perform(machine.onHeartbeatRefused(epoch, error))
      },
    }
  }

  get groupId(): string {
    return this.#settings.groupId
  }

  get memberId(): string {
    return this.#machine.memberId
  }

  get memberEpoch(): number {
    return this.#machine.generationId
  }

  get assignment(): readonly TopicPartition[] {
    return this.#machine.owned
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
    if (this.#events.hasBegun) this.#round.rejoinIfTopicsChanged()
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
    const { memberId, generationId: epoch } = this.#machine
    return identityOf(this.#settings, memberId, epoch)
  }

  #perform(effects: readonly ClassicEffect[]): void {
    for (const effect of effects) this.#performOne(effect)
    this.#meter.isSettled = this.#machine.isSettled
    this.#timers.follow(this.#machine)
    this.#heartbeats.isRunning = this.#machine.isHeartbeating && !this.#round.isHeld
  }

  #performOne(effect: ClassicEffect): void {
    switch (effect.kind) {
      case 'backOff':
        this.#timers.backOff(effect.failureCount)
        break
      case 'call':
        void this.#call(effect.call)
        break
      case 'ended':
        void leaveClassicGroup(this.#link, this.#settings, effect.memberId).then(() => {
          this.#events.onEnded()
        })
        break
      case 'failed':
        this.#close()
        this.#events.onFailed(effect.error)
        break
      case 'join':
        void this.#round.join(effect.attempt, effect.reason)
        break
      case 'joined':
        this.#events.onJoined()
        break
      case 'leave':
        void leaveClassicGroup(this.#link, this.#settings, effect.memberId)
        break
      case 'sync':
        void this.#round.sync(effect.attempt)
        break
    }
  }

  async #call(call: ListenerCall): Promise<void> {
    if (call.kind === 'assigned') this.#round.rememberAssignment()
    const failure = await this.#events.call(call)
    const machine = this.#machine
    this.#perform(
      failure === undefined ? machine.onCallDone(call.id) : machine.onCallFailed(call.id, failure),
    )
  }

  #close(): void {
    this.#heartbeats.isRunning = false
    this.#timers.stop()
    this.#subscription.close()
    this.#link.close()
  }
}
