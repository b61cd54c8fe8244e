/**
 * The life of a member of a classic group, without I/O: what happened goes in, what is to be done comes
 * out. `classic-member.ts` does it. The protocol is that of Kafka's AbstractCoordinator and
 * ConsumerCoordinator, with KIP-345 (static members), KIP-394 (MEMBER_ID_REQUIRED) and KIP-429.
 *
 *   out ──join──► joining ──answer──► syncing ──assignment──► in ──rejoin──► joining …
 *    ▲               │ refused           │ refused             │ generation lost
 *    └───────────────┴───────────────────┴─────────────────────┘
 *
 * `generationId` stays that of the last assignment while the member rejoins: what it still holds, a
 * cooperative member may commit. It becomes -1 when the partitions are lost.
 *
 * Answers carry the attempt they belong to; those of an attempt that was given up are dropped.
 */
import type { KafkaError } from '../../../kafka-error.ts'
import type { TopicPartition } from '../../../topic-partition.ts'
import type { JoinMode } from '../assignors/assignor-list.ts'
import { Ownership, type ListenerCall } from '../ownership.ts'

export type ClassicEffect =
  | { readonly kind: 'backOff'; readonly failureCount: number }
  | { readonly kind: 'call'; readonly call: ListenerCall }
  /** `memberId` is to be told to the group, unless it is empty. */
  | { readonly kind: 'ended'; readonly memberId: string }
  | { readonly kind: 'failed'; readonly error: KafkaError }
  | { readonly kind: 'join'; readonly attempt: number; readonly reason: string }
  | { readonly kind: 'joined' }
  | { readonly kind: 'leave'; readonly memberId: string }
  | { readonly kind: 'sync'; readonly attempt: number }

export interface JoinAnswer {
  readonly memberId: string
  readonly generationId: number
  readonly protocolName: string
}

export interface ClassicMachineOptions {
  readonly modes: readonly [JoinMode, ...JoinMode[]]
  /** A static member is not said to leave, so that it gets its partitions back when it returns. */
  readonly isStatic: boolean
  /** Whether the topic is subscribed to right now. */
  readonly wants: (topic: string) => boolean
}

type Phase = 'in' | 'joining' | 'out' | 'syncing'

export class ClassicMachine {
  readonly #options: ClassicMachineOptions
  readonly #ownership = new Ownership()
  #mode: JoinMode
  #memberId = ''
  #generationId = -1
  #protocolName = ''
  #phase: Phase = 'out'
  #attempt = 0
  /** Why the member must join (again), as the coordinator is told (KIP-800). */
  #rejoin: string | undefined
  #failureCount = 0
  #isBackingOff = false
  #hasJoined = false
  #end: 'ended' | 'failed' | 'leaving' | undefined
  #effects: ClassicEffect[] = []

  constructor(options: ClassicMachineOptions) {
    this.#options = options
    this.#mode = options.modes[0]
  }

  get memberId(): string {
    return this.#memberId
  }

  get generationId(): number {
    return this.#generationId
  }

  get protocolName(): string {
    return this.#protocolName
  }

  get mode(): JoinMode {
    return this.#mode
  }

  get owned(): readonly TopicPartition[] {
    return this.#ownership.owned
  }

  owns(partition: TopicPartition): boolean {
    return this.#ownership.owns(partition)
  }

  get isOver(): boolean {
    return this.#end === 'ended' || this.#end === 'failed'
  }

  /** Whether the coordinator expects heartbeats. It wants none while it holds a JoinGroup of ours. */
  get isHeartbeating(): boolean {
    return (this.#phase === 'in' || this.#phase === 'syncing') && !this.isOver
  }

  get isJoining(): boolean {
    return this.#phase === 'joining'
  }

  /** Whether there is nothing left of a rebalance. */
  get isSettled(): boolean {
    const isReconciled = this.#ownership.isReconciled && !this.#ownership.isBusy
    return this.#phase === 'in' && isReconciled && this.#rejoin === undefined
  }

  /** Whether others wait for us, our listener, or our way back: the rebalance timeout runs. */
  get isHoldingUpTheGroup(): boolean {
    if (this.#ownership.isAwaiting('revoked')) return true
    if (this.#phase === 'out' && this.owned.length > 0) return true
    return this.#ownership.isAwaiting('assigned') && this.#rejoin !== undefined
  }

  /** Whether an attempt to join was given up: nothing is sent for it any more, and no answer counts. */
  isStale(attempt: number): boolean {
    const isUnderWay = this.#phase === 'joining' || this.#phase === 'syncing'
    return attempt !== this.#attempt || !isUnderWay || this.#end !== undefined
  }

  start(): ClassicEffect[] {
    this.#rejoin = 'the member starts'
    return this.#advanced()
  }

  requestRejoin(reason: string): ClassicEffect[] {
    if (this.#phase !== 'out') this.#rejoin ??= reason
    return this.#advanced()
  }

  leave(): ClassicEffect[] {
    this.#end ??= 'leaving'
    return this.#advanced()
  }

  /** Over without another word, as when the wait for the listener is given up. */
  abandon(): void {
    if (!this.isOver) this.#end = 'ended'
  }

  onMemberIdRequired(attempt: number, memberId: string): ClassicEffect[] {
    if (this.isStale(attempt)) return []
    this.#memberId = memberId
    this.#phase = 'out'
    this.#rejoin = 'the member was given an id'
    return this.#advanced()
  }

  onJoined(attempt: number, answer: JoinAnswer): ClassicEffect[] {
    if (this.isStale(attempt)) return []
    this.#memberId = answer.memberId
    this.#generationId = answer.generationId
    this.#protocolName = answer.protocolName
    this.#phase = 'syncing'
    this.#effects.push({ kind: 'sync', attempt })
    return this.#advanced()
  }

  onSynced(attempt: number, partitions: readonly TopicPartition[]): ClassicEffect[] {
    if (this.isStale(attempt)) return []
    this.#phase = 'in'
    this.#failureCount = 0
    this.#ownership.target = partitions
    return this.#advanced()
  }

  /** JoinGroup or SyncGroup was refused, or got no answer. */
  onRefused(attempt: number, error: KafkaError): ClassicEffect[] {
    if (this.isStale(attempt)) return []
    this.#phase = 'out'
    if (error.code === 'REBALANCE_IN_PROGRESS') this.#rejoin = 'the group rebalances'
    else if (error.code === 'INCONSISTENT_GROUP_PROTOCOL') this.#nextMode(error)
    else if (isLoss(error)) {
      this.#lose(error)
      this.#backOff()
    } else if (error.retriable) {
      this.#rejoin ??= `${error.code} before`
      this.#backOff()
    } else this.#fail(error)
    return this.#advanced()
  }

  /** Also for a commit: what it is refused with says as much about the membership. */
  onHeartbeatRefused(generationId: number, error: KafkaError): ClassicEffect[] {
    if (generationId !== this.#generationId || !this.isHeartbeating) return []
    // While syncing, SyncGroup itself will say so.
    if (error.code === 'REBALANCE_IN_PROGRESS') {
      return this.#phase === 'in' ? this.requestRejoin('the group rebalances') : []
    }
    if (isLoss(error)) this.#lose(error)
    else if (!error.retriable) this.#fail(error)
    return this.#advanced()
  }

  /** Nothing was heard of the coordinator for so long that it must have given the partitions away. */
  onSessionExpired(): ClassicEffect[] {
    if (this.isOver || this.#generationId < 0) return []
    this.#loseGeneration('the session expired')
    return this.#advanced()
  }

  /** The listener took longer than a rebalance may last: the group goes on without us. */
  onRebalanceTimedOut(): ClassicEffect[] {
    const hasLeft = this.#generationId < 0 && this.#end !== 'leaving'
    if (this.isOver || hasLeft) return []
    const memberId = this.#memberId
    this.#loseGeneration('the member held up the rebalance for too long')
    if (!this.#options.isStatic && memberId !== '') {
      this.#memberId = ''
      this.#effects.push({ kind: 'leave', memberId })
    }
    // Whoever leaves does not wait for its listener any longer.
    if (this.#end === 'leaving') this.#finish()
    return this.#advanced()
  }

  onCallDone(callId: number): ClassicEffect[] {
    this.#ownership.done(callId)
    return this.#advanced()
  }

  /** The program can neither take nor give its partitions: going on would read past what it did not do. */
  onCallFailed(callId: number, error: KafkaError): ClassicEffect[] {
    this.#ownership.done(callId)
    const memberId = this.#options.isStatic ? '' : this.#memberId
    if (!this.isOver && memberId !== '') this.#effects.push({ kind: 'leave', memberId })
    this.#fail(error)
    return this.#advanced()
  }

  onBackedOff(): ClassicEffect[] {
    this.#isBackingOff = false
    return this.#advanced()
  }

  #nextMode(error: KafkaError): void {
    const { modes } = this.#options
    const next = modes[modes.indexOf(this.#mode) + 1]
    if (next === undefined) this.#fail(error)
    else {
      this.#mode = next
      this.#rejoin = 'the group does not know the assignors'
    }
  }

  #lose(error: KafkaError): void {
    if (error.code === 'UNKNOWN_MEMBER_ID') this.#memberId = ''
    this.#loseGeneration(`${error.code} before`)
  }

  #loseGeneration(reason: string): void {
    this.#generationId = -1
    this.#phase = 'out'
    this.#rejoin = reason
    const call = this.#ownership.lose()
    if (call !== undefined) this.#effects.push({ kind: 'call', call })
  }

  #backOff(): void {
    this.#failureCount++
    this.#isBackingOff = true
    this.#effects.push({ kind: 'backOff', failureCount: this.#failureCount })
  }

  #fail(error: KafkaError): void {
    if (this.isOver) return
    this.#loseGeneration(error.code)
    this.#end = 'failed'
    this.#effects.push({ kind: 'failed', error })
  }

  #finish(): void {
    this.#end = 'ended'
    this.#effects.push({ kind: 'ended', memberId: this.#options.isStatic ? '' : this.#memberId })
  }

  #advanced(): ClassicEffect[] {
    this.#advance()
    const effects = this.#effects
    this.#effects = []
    return effects
  }

  /** One step further when nothing is awaited of the listener. */
  #advance(): void {
    if (this.isOver || this.#ownership.isBusy) return
    if (this.#end === 'leaving') {
      if (!this.#revoke(this.owned)) this.#finish()
      return
    }
    if (this.#phase === 'in' && this.#reconcile()) return
    if (this.#rejoin === undefined || this.#isBackingOff) return
    if (this.#phase === 'joining' || this.#phase === 'syncing') return
    if (!this.#revoke(this.#givenUpBeforeJoin())) this.#join(this.#rejoin)
  }

  #givenUpBeforeJoin(): readonly TopicPartition[] {
    if (!this.#mode.isCooperative) return this.owned
    return this.owned.filter(({ topic }) => !this.#options.wants(topic))
  }

  #reconcile(): boolean {
    const call = this.#ownership.reconcile()
    if (call !== undefined) {
      this.#effects.push({ kind: 'call', call })
      // The leader kept back what we had: whoever is to have it waits for us to say that we have not.
      if (call.kind === 'revoked') this.#rejoin ??= 'the member has revoked partitions'
      return true
    }
    if (!this.#hasJoined) this.#effects.push({ kind: 'joined' })
    this.#hasJoined = true
    return false
  }

  #revoke(partitions: readonly TopicPartition[]): boolean {
    const call = this.#ownership.revoke(partitions)
    if (call !== undefined) this.#effects.push({ kind: 'call', call })
    return call !== undefined
  }

  #join(reason: string): void {
    this.#attempt++
    this.#phase = 'joining'
    this.#rejoin = undefined
    this.#effects.push({ kind: 'join', attempt: this.#attempt, reason })
  }
}

/** The group does not count on us any more, as far as this generation goes. */
function isLoss({ code }: KafkaError): boolean {
  return code === 'ILLEGAL_GENERATION' || code === 'UNKNOWN_MEMBER_ID'
}
