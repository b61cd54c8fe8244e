/**
 * A member of a KIP-848 group: sends the heartbeats that `ConsumerGroupMachine` is driven by, one at a
 * time, at the interval that the coordinator names, and at once when there is something to tell.
 */
import { randomUuid, type Timer } from '@ottla/base'
import type {
  ConsumerGroupHeartbeatResponse,
  ConsumerGroupHeartbeatResponseTopicPartitions,
} from '@ottla/protocol/consumer-group-heartbeat-response'
import { untilAborted } from '../../../async/abort.ts'
import type { Lane } from '../../../cluster/connection-pool.ts'
import { backoffMs } from '../../../connection/backoff.ts'
import type { KafkaError } from '../../../kafka-error.ts'
import { partitionKey, type TopicPartition } from '../../../topic-partition.ts'
import { callListener } from '../call-listener.ts'
import type { CoordinatorLink } from '../coordinator-link.ts'
import { CONSUMER_GROUP_HEARTBEAT } from '../group-apis.ts'
import type {
  CommittedOffset,
  GroupListener,
  GroupMember,
  OffsetToCommit,
} from '../group-member.ts'
import type { MemberSettings } from '../group-options.ts'
import { asKafkaError, asRetriable, leftError, listenerError } from '../member-errors.ts'
import { MembershipPromise } from '../membership-promise.ts'
import { commitOffsets } from '../offsets/commit-offsets.ts'
import { fetchOffsets } from '../offsets/fetch-offsets.ts'
import { identityOf, NO_MEMBER, type Identity, type Membership } from '../offsets/membership.ts'
import type { ListenerCall } from '../ownership.ts'
import { RebalanceMeter } from '../rebalance-meter.ts'
import { heartbeatTimeoutMs, SessionTimer } from '../session-timer.ts'
import type { TopicSubscription } from '../topic-subscription.ts'
import type { AssignedPartition } from './assigned-partition.ts'
import { ConsumerGroupMachine, type ConsumerEffect } from './consumer-group-machine.ts'
import { HeartbeatFields } from './heartbeat-fields.ts'
import { leaveConsumerGroup } from './leave-consumer-group.ts'

export class ConsumerGroupMember implements GroupMember {
  readonly protocol = 'consumer'
  readonly #link: CoordinatorLink
  readonly #settings: MemberSettings
  readonly #subscription: TopicSubscription
  readonly #machine: ConsumerGroupMachine
  readonly #fields: HeartbeatFields
  readonly #session: SessionTimer
  readonly #membership: Membership
  readonly #meter: RebalanceMeter
  readonly #joined = new MembershipPromise()
  readonly #ended = new MembershipPromise()
  readonly #memberId: string
  #listener: GroupListener | undefined
  #intervalMs: number
  #isSending = false
  #timer: Timer | undefined
  #rebalanceTimer: Timer | undefined
  /** When the heartbeat was sent that the newest assignment answers. */
  #assignedMs = 0
  #backoffTimer: Timer | undefined
  /** The newest assignment, while the metadata does not know the names of all its topics. */
  #unnamed: readonly ConsumerGroupHeartbeatResponseTopicPartitions[] | undefined

  constructor(link: CoordinatorLink, settings: MemberSettings, subscription: TopicSubscription) {
    this.#link = link
    this.#settings = settings
    this.#subscription = subscription
    this.#intervalMs = settings.heartbeatIntervalMs
    this.#machine = new ConsumerGroupMachine(settings.groupInstanceId !== null)
    this.#fields = new HeartbeatFields(settings, subscription)
    this.#meter = new RebalanceMeter(link.cluster)
    const { world } = link.cluster
    // Chosen here once and for all, whatever happens to the membership (KIP-1082).
    this.#memberId = randomUuid(world.random)
    this.#session = new SessionTimer({
      clock: world.clock,
      timeoutMs: settings.sessionTimeoutMs,
      onExpired: () => {
        this.#fields.forget()
        this.#perform(this.#machine.onSessionExpired())
      },
    })
    this.#membership = {
      identity: () => this.#identity(),
      owns: (one) => {
        const key = partitionKey(one.topic, one.partition)
        return this.assignment.some(
          ({ topic, partition }) => partitionKey(topic, partition) === key,
        )
      },
      isNamedInFetch: true,
      // The next heartbeat says it too, and with what to do about it.
      onRefused: () => undefined,
    }
  }

  get groupId(): string {
    return this.#settings.groupId
  }

  get memberId(): string {
    return this.#listener === undefined ? '' : this.#memberId
  }

  get memberEpoch(): number {
    return this.#machine.memberEpoch
  }

  get assignment(): readonly TopicPartition[] {
    return this.#machine.owned.map(({ topic, partition }) => ({ topic, partition }))
  }

  async join(listener: GroupListener, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    this.#listener = listener
    this.#subscription.open()
    this.#perform(this.#machine.start())
    try {
      await untilAborted(this.#joined.promise, signal)
    } catch (error) {
      if (signal?.aborted === true) void this.leave().catch(() => undefined)
      throw error
    }
  }

  subscribe(topics: readonly string[]): void {
    this.#subscription.names = topics
    if (this.#listener !== undefined) this.#pump()
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
    if (this.#listener === undefined || this.#machine.isOver) {
      this.#close()
      return
    }
    this.#perform(this.#machine.leave())
    try {
      await untilAborted(this.#ended.promise, signal)
    } finally {
      this.#machine.abandon()
      this.#close()
      if (!this.#joined.isSettled) this.#joined.reject(leftError(this.groupId))
    }
  }

  #identity(): Identity {
    if (this.#listener === undefined) return NO_MEMBER
    return identityOf(this.#settings, this.#memberId, this.#machine.memberEpoch)
  }

  #perform(effects: readonly ConsumerEffect[]): void {
    for (const effect of effects) this.#performOne(effect)
    this.#meter.isSettled = this.#machine.isSettled
    this.#pump()
  }

  #performOne(effect: ConsumerEffect): void {
    switch (effect.kind) {
      case 'backOff':
        this.#backOff(effect.failureCount)
        break
      case 'call':
        void this.#call(effect.call)
        break
      case 'ended':
        void this.#leaveGroup(effect.epoch).then(() => {
          this.#ended.resolve()
        })
        break
      case 'failed':
        this.#fail(effect.error)
        break
      case 'joined':
        this.#joined.resolve()
        break
      case 'leave':
        void this.#leaveGroup(effect.epoch, 'main')
        break
    }
  }

  async #call(call: ListenerCall<AssignedPartition>): Promise<void> {
    try {
      if (call.kind === 'lost') this.#warnOfLoss(call)
      await callListener(this.#listener as GroupListener, call)
    } catch (error) {
      this.#perform(this.#machine.onCallFailed(call.id, listenerError(error, call.kind)))
      return
    }
    this.#perform(this.#machine.onCallDone(call.id))
  }

  #warnOfLoss({ partitions }: ListenerCall): void {
    const { logger } = this.#link.cluster.world
    const { groupId } = this
    const partitionCount = partitions.length
    logger.warn('Partitions are lost: the group may have given them away', {
      groupId,
      partitionCount,
    })
  }

  #backOff(failureCount: number): void {
    const { world, options } = this.#link.cluster
    const delayMs = backoffMs(world.random, failureCount, options.retryBackoff)
    this.#backoffTimer = world.clock.setTimer(delayMs, () => {
      this.#perform(this.#machine.onBackedOff())
    })
  }

  /** The coordinator has waited for what we revoke since it made the assignment. */
  #watchRebalance(): void {
    if (!this.#machine.isHoldingUpTheGroup || this.#machine.isOver) {
      this.#rebalanceTimer?.cancel()
      this.#rebalanceTimer = undefined
      return
    }
    const { clock } = this.#link.cluster.world
    const waitedMs = clock.monotonicMs() - this.#assignedMs
    const delayMs = Math.max(0, this.#settings.rebalanceTimeoutMs - waitedMs)
    this.#rebalanceTimer ??= clock.setTimer(delayMs, () => {
      this.#perform(this.#machine.onRebalanceTimedOut())
    })
  }

  /** Sends the next heartbeat now, or when it is due. */
  #pump(): void {
    this.#watchRebalance()
    const { isHeartbeating, isJoining, isOver, owned } = this.#machine
    if (isOver) {
      this.#session.stop()
      this.#backoffTimer?.cancel()
    }
    const isDue = isHeartbeating && (isJoining || this.#fields.hasNews(owned))
    if (!isHeartbeating || isDue) {
      this.#timer?.cancel()
      this.#timer = undefined
    }
    if (!isHeartbeating || this.#isSending) return
    if (isDue) {
      void this.#send()
      return
    }
    this.#timer ??= this.#link.cluster.world.clock.setTimer(this.#intervalMs, () => {
      this.#timer = undefined
      void this.#send()
    })
  }

  async #send(): Promise<void> {
    this.#isSending = true
    this.#subscription.use()
    const sentEpoch = this.#machine.epochToSend
    const sentMs = this.#link.cluster.world.clock.monotonicMs()
    let effects: () => ConsumerEffect[]
    try {
      if (this.#machine.isJoining) {
        this.#fields.forget()
        await this.#subscription.learn()
      }
      const answer = await this.#link.ask(
        CONSUMER_GROUP_HEARTBEAT,
        (version) => ({
          groupId: this.groupId,
          memberId: this.#memberId,
          memberEpoch: sentEpoch,
          ...this.#fields.tell(version, this.#machine.owned),
        }),
        { timeoutMs: heartbeatTimeoutMs(this.#settings, this.#link.cluster.options) },
      )
      const { errorCode, errorMessage } = answer.response
      this.#link.check(errorCode, CONSUMER_GROUP_HEARTBEAT, answer, errorMessage)
      if (!this.#machine.isOver) this.#session.hear(sentMs)
      if (answer.response.assignment !== null) this.#assignedMs = sentMs
      effects = this.#heard(sentEpoch, answer.response)
    } catch (error) {
      this.#fields.forget()
      const refusal = this.#refusalOf(error)
      effects = () => this.#machine.onRefused(sentEpoch, refusal)
    }
    this.#isSending = false
    this.#perform(effects())
    if (this.#unnamed !== undefined) void this.#learnNames()
  }

  #heard(sentEpoch: number, response: ConsumerGroupHeartbeatResponse): () => ConsumerEffect[] {
    const { heartbeatIntervalMs, memberEpoch, assignment } = response
    if (heartbeatIntervalMs > 0) this.#intervalMs = heartbeatIntervalMs
    const named = assignment === null ? undefined : this.#named(assignment.topicPartitions)
    return () => this.#machine.onHeartbeat(sentEpoch, memberEpoch, named)
  }

  /** A pattern that the coordinator cannot read is matched here from now on. */
  #refusalOf(error: unknown): KafkaError {
    const refusal = asKafkaError(error)
    const isOurs = this.#subscription.re2 !== undefined
    if (refusal.code !== 'INVALID_REGULAR_EXPRESSION' || !isOurs) return refusal
    this.#subscription.isMatchedByCoordinator = false
    return asRetriable(refusal)
  }

  /** Partitions of topics that have no name yet are left out; `#unnamed` keeps them in mind. */
  #named(
    assignment: readonly ConsumerGroupHeartbeatResponseTopicPartitions[],
  ): AssignedPartition[] {
    const held = new Map(this.#machine.owned.map(({ topicId, topic }) => [topicId, topic]))
    this.#unnamed = undefined
    return assignment.flatMap(({ topicId, partitions }) => {
      const topic = held.get(topicId) ?? this.#link.cluster.metadata.topicName(topicId)
      if (topic !== undefined) return partitions.map((partition) => ({ topicId, topic, partition }))
      this.#unnamed = assignment
      return []
    })
  }

  async #learnNames(): Promise<void> {
    // When it fails, the next heartbeat tries again.
    await this.#subscription.refresh()
    const unnamed = this.#unnamed
    if (unnamed === undefined) return
    this.#perform(this.#machine.onAssignmentResolved(this.#named(unnamed)))
  }

  #leaveGroup(epoch: number | undefined, lane?: Lane): Promise<void> {
    const leaving = { memberId: this.#memberId, epoch, ...(lane === undefined ? {} : { lane }) }
    return leaveConsumerGroup(this.#link, this.#settings, leaving)
  }

  #fail(error: KafkaError): void {
    this.#ended.resolve()
    this.#close()
    if (this.#joined.isSettled) this.#listener?.onFatal(error)
    else this.#joined.reject(error)
  }

  #close(): void {
    this.#session.stop()
    this.#timer?.cancel()
    this.#rebalanceTimer?.cancel()
    this.#backoffTimer?.cancel()
    this.#subscription.close()
    this.#link.close()
  }
}
