/**
 * A member of a classic group: performs what `ClassicMachine` says, and tells it what came of that.
 *
 * Heartbeats pause while the coordinator holds a JoinGroup or SyncGroup of ours, as Kafka wants it: on
 * the same connection they would stand behind it, and it takes the request itself for a sign of life.
 */
import type { Timer } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import { untilAborted } from '../../../async/abort.ts'
import { backoffMs } from '../../../connection/backoff.ts'
import type { KafkaError } from '../../../kafka-error.ts'
import type { TopicPartition } from '../../../topic-partition.ts'
import { joinModes } from '../assignors/assignor-list.ts'
import type { LastAssignment } from '../assignors/assignor.ts'
import { callListener } from '../call-listener.ts'
import type { CoordinatorLink } from '../coordinator-link.ts'
import { HEARTBEAT, JOIN_GROUP, SYNC_GROUP } from '../group-apis.ts'
import type {
  CommittedOffset,
  GroupListener,
  GroupMember,
  OffsetToCommit,
} from '../group-member.ts'
import type { MemberSettings } from '../group-options.ts'
import { asKafkaError, leftError, listenerError } from '../member-errors.ts'
import { MembershipPromise } from '../membership-promise.ts'
import { commitOffsets } from '../offsets/commit-offsets.ts'
import { fetchOffsets } from '../offsets/fetch-offsets.ts'
import { identityOf, NO_MEMBER, type Identity, type Membership } from '../offsets/membership.ts'
import type { ListenerCall } from '../ownership.ts'
import { RebalanceMeter } from '../rebalance-meter.ts'
import { heartbeatTimeoutMs, SessionTimer } from '../session-timer.ts'
import type { TopicSubscription } from '../topic-subscription.ts'
import { ClassicMachine, type ClassicEffect } from './classic-machine.ts'
import { joinRequest, syncRequest } from './classic-requests.ts'
import { decodeAssignment } from './consumer-protocol.ts'
import { GroupLeader } from './group-leader.ts'
import { Heartbeats } from './heartbeats.ts'
import { leaveClassicGroup } from './leave-classic-group.ts'

/** What a coordinator may take beyond the rebalance itself, as in Java's consumer. */
const JOIN_EXTRA_MS = 5000

export class ClassicMember implements GroupMember {
  readonly protocol = 'classic'
  readonly #link: CoordinatorLink
  readonly #settings: MemberSettings
  readonly #subscription: TopicSubscription
  readonly #machine: ClassicMachine
  readonly #leader: GroupLeader
  readonly #heartbeats: Heartbeats
  readonly #session: SessionTimer
  readonly #membership: Membership
  readonly #meter: RebalanceMeter
  readonly #joined = new MembershipPromise()
  readonly #ended = new MembershipPromise()
  #listener: GroupListener | undefined
  #joinedTopics: readonly string[] = []
  #last: LastAssignment | undefined
  #answer: JoinGroupResponse | undefined
  /** Requests of ours that the coordinator holds: one, or none. */
  #heldCount = 0
  /** No request to join has been answered since the last one that was. */
  #isCutOff = false
  /** When a heartbeat was sent, or SyncGroup answered, that told of no rebalance: the last of them. */
  #calmMs = 0
  #rebalanceTimer: Timer | undefined
  #backoffTimer: Timer | undefined

  constructor(link: CoordinatorLink, settings: MemberSettings, subscription: TopicSubscription) {
    this.#link = link
    this.#settings = settings
    this.#subscription = subscription
    this.#machine = new ClassicMachine({
      modes: joinModes(settings.assignors),
      isStatic: settings.groupInstanceId !== null,
      wants: (topic) => this.#subscription.resolved().includes(topic),
    })
    const { world, options } = link.cluster
    this.#meter = new RebalanceMeter(link.cluster)
    this.#leader = new GroupLeader(link.cluster)
    this.#heartbeats = new Heartbeats({
      world,
      intervalMs: settings.heartbeatIntervalMs,
      retryBackoff: options.retryBackoff,
      beat: () => this.#beat(),
    })
    this.#session = new SessionTimer({
      clock: world.clock,
      timeoutMs: settings.sessionTimeoutMs,
      onExpired: () => {
        this.#perform(this.#machine.onSessionExpired())
      },
    })
    this.#membership = {
      identity: () => this.#identity(),
      owns: (partition) => this.#machine.owns(partition),
      isNamedInFetch: false,
      onRefused: (error, { epoch }) => {
        if (this.#listener === undefined) return
        this.#perform(this.#machine.onHeartbeatRefused(epoch, error))
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
    if (this.#listener !== undefined) this.#rejoinIfTopicsChanged()
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
      // An abort leaves without a word: the session timeout tells the group.
      this.#machine.abandon()
      this.#close()
      if (!this.#joined.isSettled) this.#joined.reject(leftError(this.groupId))
    }
  }

  #identity(): Identity {
    if (this.#listener === undefined) return NO_MEMBER
    const { memberId, generationId: epoch } = this.#machine
    return identityOf(this.#settings, memberId, epoch)
  }

  #perform(effects: readonly ClassicEffect[]): void {
    for (const effect of effects) this.#performOne(effect)
    this.#meter.isSettled = this.#machine.isSettled
    this.#setTimers()
  }

  #performOne(effect: ClassicEffect): void {
    switch (effect.kind) {
      case 'backOff':
        this.#backOff(effect.failureCount)
        break
      case 'call':
        void this.#call(effect.call)
        break
      case 'ended':
        void leaveClassicGroup(this.#link, this.#settings, effect.memberId).then(() => {
          this.#ended.resolve()
        })
        break
      case 'failed':
        this.#fail(effect.error)
        break
      case 'join':
        void this.#join(effect.attempt, effect.reason)
        break
      case 'joined':
        this.#joined.resolve()
        break
      case 'leave':
        void leaveClassicGroup(this.#link, this.#settings, effect.memberId)
        break
      case 'sync':
        void this.#sync(effect.attempt)
        break
    }
  }

  /** All timers follow from where the machine stands, so none can be forgotten. */
  #setTimers(): void {
    const { isHeartbeating, isHoldingUpTheGroup, isOver } = this.#machine
    this.#heartbeats.isRunning = isHeartbeating && this.#heldCount === 0
    if (isOver) {
      this.#session.stop()
      this.#backoffTimer?.cancel()
    }
    if (!isHoldingUpTheGroup || isOver) {
      this.#rebalanceTimer?.cancel()
      this.#rebalanceTimer = undefined
      return
    }
    // The coordinator has been waiting for longer than we know of it, but not since it said that all is
    // well: from there the time counts, so that we let go before it gives the partitions away.
    const { clock } = this.#link.cluster.world
    const waitedMs = clock.monotonicMs() - this.#calmMs
    const delayMs = Math.max(0, this.#settings.rebalanceTimeoutMs - waitedMs)
    this.#rebalanceTimer ??= clock.setTimer(delayMs, () => {
      this.#perform(this.#machine.onRebalanceTimedOut())
    })
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

  async #call(call: ListenerCall): Promise<void> {
    const { generationId, owned } = this.#machine
    if (call.kind === 'assigned') this.#last = { partitions: owned, generationId }
    try {
      if (call.kind === 'lost') this.#warnOfLoss(call)
      await callListener(this.#listener as GroupListener, call)
    } catch (error) {
      const effects = this.#machine.onCallFailed(call.id, listenerError(error, call.kind))
      this.#perform(effects)
      return
    }
    this.#perform(this.#machine.onCallDone(call.id))
  }

  async #join(attempt: number, reason: string): Promise<void> {
    if (this.#subscription.hasPattern) await this.#subscription.learn()
    this.#joinedTopics = this.#subscription.resolved()
    const { rebalanceTimeoutMs } = this.#settings
    const { requestTimeoutMs } = this.#link.cluster.options
    const timeoutMs = Math.max(requestTimeoutMs, rebalanceTimeoutMs + JOIN_EXTRA_MS)
    const parts = { topics: this.#joinedTopics, owned: this.assignment, last: this.#last, reason }
    await this.#held(attempt, async () => {
      const answer = await this.#link.ask(
        JOIN_GROUP,
        () => joinRequest(this.#settings, this.#machine, parts),
        { timeoutMs },
      )
      const { response } = answer
      const { errorCode, memberId, generationId, protocolName } = response
      if (errorCode === ErrorCode.MEMBER_ID_REQUIRED) {
        return () => this.#machine.onMemberIdRequired(attempt, memberId)
      }
      this.#link.check(errorCode, JOIN_GROUP, answer)
      this.#answer = response
      const joined = { memberId, generationId, protocolName: protocolName ?? '' }
      return () => this.#machine.onJoined(attempt, joined)
    })
  }

  async #sync(attempt: number): Promise<void> {
    const joined = this.#answer as JoinGroupResponse
    const isLeader = joined.leader === joined.memberId
    let assignments: Awaited<ReturnType<GroupLeader['lead']>> = []
    try {
      if (isLeader) assignments = await this.#leader.lead(joined, this.#machine.mode)
      else this.#leader.follow()
    } catch (error) {
      this.#perform(this.#machine.onRefused(attempt, asKafkaError(error)))
      return
    }
    const timeoutMs = Math.max(
      this.#link.cluster.options.requestTimeoutMs,
      this.#settings.rebalanceTimeoutMs + JOIN_EXTRA_MS,
    )
    await this.#held(attempt, async () => {
      const answer = await this.#link.ask(
        SYNC_GROUP,
        () => syncRequest(this.#settings, this.#machine, assignments),
        { timeoutMs },
      )
      this.#link.check(answer.response.errorCode, SYNC_GROUP, answer)
      const partitions = decodeAssignment(answer.response.assignment)
      this.#calmMs = this.#link.cluster.world.clock.monotonicMs()
      return () => this.#machine.onSynced(attempt, partitions)
    })
  }

  /** Around a request that the coordinator answers when the others have come so far too. */
  async #held(attempt: number, request: () => Promise<() => ClassicEffect[]>): Promise<void> {
    // Metadata may have been waited for until here.
    if (this.#machine.isStale(attempt)) return
    this.#heldCount++
    this.#session.suspend()
    this.#setTimers()
    let next: () => ClassicEffect[]
    try {
      next = await request()
      this.#isCutOff = false
      this.#session.hear()
    } catch (error) {
      const refusal = asKafkaError(error)
      // The coordinator may have held it until now; of a second failure in a row that is not so.
      if (!this.#isCutOff && this.#machine.generationId >= 0) this.#session.hear()
      else this.#session.resume()
      this.#isCutOff = true
      next = () => this.#machine.onRefused(attempt, refusal)
    }
    this.#heldCount--
    this.#perform(next())
  }

  /** True when the coordinator was heard, whatever it said. */
  async #beat(): Promise<boolean> {
    this.#watchTopics()
    const { memberId, generationId } = this.#machine
    const { groupId, groupInstanceId } = this.#settings
    const sentMs = this.#link.cluster.world.clock.monotonicMs()
    try {
      const answer = await this.#link.ask(
        HEARTBEAT,
        () => ({ groupId, generationId, memberId, groupInstanceId }),
        { timeoutMs: heartbeatTimeoutMs(this.#settings, this.#link.cluster.options) },
      )
      const { errorCode } = answer.response
      const isOurs = errorCode === ErrorCode.REBALANCE_IN_PROGRESS || errorCode === 0
      if (isOurs && this.#machine.isHeartbeating) this.#session.hear(sentMs)
      if (errorCode === 0) this.#calmMs = Math.max(this.#calmMs, sentMs)
      this.#link.check(errorCode, HEARTBEAT, answer)
      return true
    } catch (error) {
      const refusal = asKafkaError(error)
      this.#perform(this.#machine.onHeartbeatRefused(generationId, refusal))
      return refusal.code === 'REBALANCE_IN_PROGRESS'
    }
  }

  #watchTopics(): void {
    this.#subscription.use()
    this.#rejoinIfTopicsChanged()
    if (this.#leader.hasChanged()) {
      this.#leader.follow()
      this.#perform(this.#machine.requestRejoin('the topics of the group have changed'))
    }
  }

  #rejoinIfTopicsChanged(): void {
    const topics = this.#subscription.resolved()
    const isSame =
      topics.length === this.#joinedTopics.length &&
      topics.every((topic, i) => topic === this.#joinedTopics[i])
    if (!isSame) this.#perform(this.#machine.requestRejoin('the subscription has changed'))
  }

  #fail(error: KafkaError): void {
    this.#ended.resolve()
    this.#close()
    if (this.#joined.isSettled) this.#listener?.onFatal(error)
    else this.#joined.reject(error)
  }

  #close(): void {
    this.#heartbeats.isRunning = false
    this.#session.stop()
    this.#rebalanceTimer?.cancel()
    this.#backoffTimer?.cancel()
    this.#subscription.close()
    this.#link.close()
  }
}
