/**
 * The state of one classic group (Kafka's ClassicGroup), without time, timers or I/O.
 *
 * The steps in this folder change it and list the effects; classic-group-driver.ts performs them. What
 * of it survives the broker is written by group-metadata-record.ts. Between steps holds:
 *   - Empty has no members; Stable and CompletingRebalance have at least one and a `protocolName`
 *   - `leaderId` names a member, or is null when there are none
 *   - every member supports at least one protocol that all support
 */
import { invariant } from '@ottla/base'
import { canFollow, type ClassicGroupState } from './classic-group-state.ts'
import type { AwaitingJoin, ClassicGroupMember, JoinProtocol } from './classic-group-member.ts'
import { CONSUMER_PROTOCOL_TYPE, subscribedTopics } from './subscribed-topics.ts'
import { SupportedProtocols } from './supported-protocols.ts'

/** The first rebalance of an empty group waits for more members; see rebalance-step.ts. */
export interface InitialRebalance {
  readonly delayMs: number
  readonly remainingMs: number
}

export class ClassicGroup {
  readonly groupId: string
  #state: ClassicGroupState = 'Empty'
  #previousState: ClassicGroupState = 'Dead'
  /** Wall time of the last change of state; -1 when an old record did not say. */
  stateSinceMs: number
  generationId = 0
  protocolType: string | null = null
  protocolName: string | null = null
  leaderId: string | null = null
  /** Of the current generation; undefined when not known. Empty for a group without members. */
  subscribedTopics: ReadonlySet<string> | undefined
  initialRebalance: InitialRebalance | undefined
  /** Somebody joined since the initial delay was last set. */
  hasNewMember = false
  /** A record of the group is in the log, or on its way, so that its end needs a tombstone. */
  isSaved = false

  readonly members = new Map<string, ClassicGroupMember>()
  /** Told to come back with this id (KIP-394); oldest first. */
  readonly pendingJoinMembers = new Set<string>()
  /** Have joined this generation and not yet sent their SyncGroup. */
  readonly pendingSyncMembers = new Set<string>()
  readonly #staticMembers = new Map<string, string>()
  readonly #supported = new SupportedProtocols()
  #awaitingJoinCount = 0

  constructor(groupId: string, nowMs: number) {
    this.groupId = groupId
    this.stateSinceMs = nowMs
  }

  get state(): ClassicGroupState {
    return this.#state
  }

  get previousState(): ClassicGroupState {
    return this.#previousState
  }

  get awaitingJoinCount(): number {
    return this.#awaitingJoinCount
  }

  get usesConsumerProtocol(): boolean {
    return this.protocolType === CONSUMER_PROTOCOL_TYPE
  }

  get canRebalance(): boolean {
    return canFollow(this.#state, 'PreparingRebalance')
  }

  get hasAllMembersJoined(): boolean {
    return this.members.size === this.#awaitingJoinCount && this.pendingJoinMembers.size === 0
  }

  /** The longest of its members': each was promised that much time to rejoin. */
  get rebalanceTimeoutMs(): number {
    let timeoutMs = 0
    for (const member of this.members.values()) {
      timeoutMs = Math.max(timeoutMs, member.rebalanceTimeoutMs)
    }
    return timeoutMs
  }

  transitionTo(state: ClassicGroupState, nowMs: number): void {
    invariant(canFollow(this.#state, state), 'a group skipped a state', {
      groupId: this.groupId,
      from: this.#state,
      to: state,
    })
    this.#previousState = this.#state
    this.#state = state
    this.stateSinceMs = nowMs
  }

  /** What replay found: the record was written when the members had their assignments. */
  restoreState(state: 'Empty' | 'Stable', stateSinceMs: number): void {
    invariant(this.#state === 'Empty', 'only a fresh group is restored')
    this.#state = state
    this.stateSinceMs = stateSinceMs
    this.subscribedTopics = this.computeSubscribedTopics()
  }

  isLeader(memberId: string): boolean {
    return this.leaderId === memberId
  }

  staticMemberId(groupInstanceId: string): string | undefined {
    return this.#staticMembers.get(groupInstanceId)
  }

  supportsProtocols(protocolType: string, protocols: readonly JoinProtocol[]): boolean {
    if (this.#state === 'Empty') return protocolType !== '' && protocols.length > 0
    if (this.protocolType !== protocolType) return false
    return protocols.some(({ name }) => this.#supported.isSupportedByAll(name, this.members.size))
  }

  add(member: ClassicGroupMember): void {
    const { memberId, groupInstanceId } = member
    invariant(!this.members.has(memberId), 'a member was added twice', { memberId })
    if (groupInstanceId !== null) {
      invariant(!this.#staticMembers.has(groupInstanceId), 'a static member was added twice', {
        groupInstanceId,
      })
      this.#staticMembers.set(groupInstanceId, memberId)
    }
    if (this.members.size === 0) this.protocolType = member.protocolType
    invariant(this.protocolType === member.protocolType, 'one group has one protocol type')
    this.leaderId ??= memberId
    this.members.set(memberId, member)
    this.#supported.add(member.protocols)
    this.pendingJoinMembers.delete(memberId)
  }

  /** The caller has answered what the member was waiting for. */
  remove(member: ClassicGroupMember): void {
    invariant(member.awaitingJoin === undefined, 'a removed member still waits for its join')
    invariant(member.awaitingSync === undefined, 'a removed member still waits for its sync')
    if (!this.members.delete(member.memberId)) return
    this.#supported.remove(member.protocols)
    if (member.groupInstanceId !== null) this.#staticMembers.delete(member.groupInstanceId)
    if (this.isLeader(member.memberId)) {
      const [first] = this.members.keys()
      this.leaderId = first ?? null
    }
    this.pendingSyncMembers.delete(member.memberId)
  }

  /** `member` takes the place of `old`: its role and its instance id. */
  replaceStatic(old: ClassicGroupMember, member: ClassicGroupMember): void {
    const wasLeader = this.isLeader(old.memberId)
    this.remove(old)
    this.add(member)
    if (wasLeader) this.leaderId = member.memberId
  }

  updateProtocols(member: ClassicGroupMember, protocols: readonly JoinProtocol[]): void {
    this.#supported.remove(member.protocols)
    member.protocols = protocols
    this.#supported.add(protocols)
  }

  /** Holds the join of `member`; a join that was held before comes back, to be answered. */
  holdJoin(member: ClassicGroupMember, join: AwaitingJoin): AwaitingJoin | undefined {
    const superseded = this.takeJoin(member)
    member.awaitingJoin = join
    this.#awaitingJoinCount++
    return superseded
  }

  takeJoin(member: ClassicGroupMember): AwaitingJoin | undefined {
    const join = member.awaitingJoin
    if (join === undefined) return undefined
    member.awaitingJoin = undefined
    this.#awaitingJoinCount--
    return join
  }

  /**
   * Each member votes for its first protocol that all support; the most votes win (conformance G10).
   * Kafka leaves a tie to a hash table; here the earlier member decides, so that it can be foreseen.
   */
  selectProtocol(): string {
    const candidates = this.#supported.commonTo(this.members.size)
    const votes = new Map<string, number>()
    for (const member of this.members.values()) {
      const name = member.voteFor(candidates)
      invariant(name !== undefined, 'a member supports nothing the group supports', {
        groupId: this.groupId,
        memberId: member.memberId,
      })
      votes.set(name, (votes.get(name) ?? 0) + 1)
    }
    let selected: string | undefined
    for (const [name, count] of votes) {
      if (selected === undefined || count > (votes.get(selected) as number)) selected = name
    }
    invariant(selected !== undefined, 'a protocol is selected among members')
    return selected
  }

  /** After the join phase: CompletingRebalance, or Empty when nobody came. */
  initNextGeneration(nowMs: number): void {
    this.generationId++
    this.protocolName = this.members.size === 0 ? null : this.selectProtocol()
    this.subscribedTopics = this.computeSubscribedTopics()
    this.transitionTo(this.members.size === 0 ? 'Empty' : 'CompletingRebalance', nowMs)
    this.pendingSyncMembers.clear()
    this.initialRebalance = undefined
  }

  computeSubscribedTopics(): ReadonlySet<string> | undefined {
    if (!this.usesConsumerProtocol) return undefined
    const members = [...this.members.values()]
    return subscribedTopics(members.map((member) => member.metadataFor(this.protocolName)))
  }

  /** A consumer group whose topics are not known counts as subscribed to all. */
  isSubscribedTo(topic: string): boolean {
    return this.subscribedTopics?.has(topic) ?? this.usesConsumerProtocol
  }
}
