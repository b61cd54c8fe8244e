/**
 * The life of a member of a KIP-848 group, without I/O: heartbeats carry everything, and the coordinator
 * moves the member from one assignment to the next. `consumer-group-member.ts` sends them.
 *
 *   joining ──epoch──► in ──fenced──► joining …        epoch 0 joins, -1 leaves, -2 leaves for a while
 *
 * An assignment is reconciled: what is not in it is revoked first, and a heartbeat that says what is
 * still held lets the coordinator give it to others; what is new is assigned then. A newer assignment
 * takes the place of one that is not reached yet.
 */
import type { KafkaError } from '../../../kafka-error.ts'
import { Ownership, type ListenerCall } from '../ownership.ts'
import { idKey, type AssignedPartition } from './assigned-partition.ts'

export type ConsumerEffect =
  | { readonly kind: 'backOff'; readonly failureCount: number }
  | { readonly kind: 'call'; readonly call: ListenerCall<AssignedPartition> }
  /** The last heartbeat is to be sent with this epoch, unless the member is unknown to the group. */
  | { readonly kind: 'ended'; readonly epoch: number | undefined }
  | { readonly kind: 'failed'; readonly error: KafkaError }
  | { readonly kind: 'joined' }
  | { readonly kind: 'leave'; readonly epoch: number }

const JOIN_EPOCH = 0
const LEAVE_EPOCH = -1
const STATIC_LEAVE_EPOCH = -2

export class ConsumerGroupMachine {
  readonly #isStatic: boolean
  readonly #ownership = new Ownership<AssignedPartition>(idKey)
  #epoch = -1
  #phase: 'in' | 'joining' | 'out' = 'out'
  #failureCount = 0
  #isBackingOff = false
  #hasJoined = false
  #end: 'ended' | 'failed' | 'leaving' | undefined
  #effects: ConsumerEffect[] = []

  constructor(isStatic: boolean) {
    this.#isStatic = isStatic
  }

  /** -1 while the group does not know us. */
  get memberEpoch(): number {
    return this.#epoch
  }

  /** For the next heartbeat. */
  get epochToSend(): number {
    return this.#phase === 'in' ? this.#epoch : JOIN_EPOCH
  }

  get isJoining(): boolean {
    return this.#phase === 'joining'
  }

  get isOver(): boolean {
    return this.#end === 'ended' || this.#end === 'failed'
  }

  /** Not while a lost member waits for its listener, and not before the pause after a failure is over. */
  get isHeartbeating(): boolean {
    return this.#phase !== 'out' && !this.#isBackingOff && !this.isOver
  }

  /** Whether there is nothing left of a rebalance. */
  get isSettled(): boolean {
    return this.#phase === 'in' && this.#ownership.isReconciled && !this.#ownership.isBusy
  }

  /** Whether others wait for what our listener is giving up: the rebalance timeout runs. */
  get isHoldingUpTheGroup(): boolean {
    return this.#ownership.isAwaiting('revoked')
  }

  get owned(): readonly AssignedPartition[] {
    return this.#ownership.owned
  }

  owns(partition: AssignedPartition): boolean {
    return this.#ownership.owns(partition)
  }

  start(): ConsumerEffect[] {
    this.#phase = 'joining'
    return this.#advanced()
  }

  leave(): ConsumerEffect[] {
    this.#end ??= 'leaving'
    return this.#advanced()
  }

  abandon(): void {
    if (!this.isOver) this.#end = 'ended'
  }

  /** `sentEpoch` tells an answer of before a fence from one that counts. */
  onHeartbeat(
    sentEpoch: number,
    memberEpoch: number,
    assignment: readonly AssignedPartition[] | undefined,
  ): ConsumerEffect[] {
    if (this.#isStale(sentEpoch)) return []
    this.#phase = 'in'
    this.#epoch = memberEpoch
    this.#failureCount = 0
    if (assignment !== undefined) this.#ownership.target = assignment
    return this.#advanced()
  }

  /** Names of topics that the last assignment had by id only were learnt. */
  onAssignmentResolved(assignment: readonly AssignedPartition[]): ConsumerEffect[] {
    if (this.#phase !== 'in' || this.#end !== undefined) return []
    this.#ownership.target = assignment
    return this.#advanced()
  }

  onRefused(sentEpoch: number, error: KafkaError): ConsumerEffect[] {
    if (this.#isStale(sentEpoch)) return []
    if (error.code === 'FENCED_MEMBER_EPOCH' || error.code === 'UNKNOWN_MEMBER_ID') {
      // Who is fenced as soon as it joins must not join in a tight loop.
      if (this.#phase === 'joining') this.#backOff()
      this.#lose()
    } else if (error.retriable) this.#backOff()
    else this.#fail(error)
    return this.#advanced()
  }

  onSessionExpired(): ConsumerEffect[] {
    if (this.isOver) return []
    this.#lose()
    return this.#advanced()
  }

  /** The coordinator does not wait any longer for what the listener is to give up. */
  onRebalanceTimedOut(): ConsumerEffect[] {
    if (this.isOver || !this.isHoldingUpTheGroup) return []
    const isKnown = this.#phase === 'in'
    this.#lose()
    // Whoever leaves does not wait for its listener any longer.
    if (this.#end === 'leaving') this.#finish(isKnown)
    return this.#advanced()
  }

  onCallDone(callId: number): ConsumerEffect[] {
    this.#ownership.done(callId)
    return this.#advanced()
  }

  onCallFailed(callId: number, error: KafkaError): ConsumerEffect[] {
    this.#ownership.done(callId)
    if (!this.isOver && this.#phase !== 'out') {
      this.#effects.push({ kind: 'leave', epoch: this.#leaveEpoch })
    }
    this.#fail(error)
    return this.#advanced()
  }

  onBackedOff(): ConsumerEffect[] {
    this.#isBackingOff = false
    return this.#advanced()
  }

  #isStale(sentEpoch: number): boolean {
    return this.isOver || sentEpoch !== this.epochToSend || this.#phase === 'out'
  }

  /** The coordinator has given the partitions away, or is about to. */
  #lose(): void {
    this.#epoch = -1
    this.#phase = 'out'
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
    this.#lose()
    this.#end = 'failed'
    this.#effects.push({ kind: 'failed', error })
  }

  #advanced(): ConsumerEffect[] {
    this.#advance()
    const effects = this.#effects
    this.#effects = []
    return effects
  }

  #advance(): void {
    if (this.isOver || this.#ownership.isBusy) return
    if (this.#end === 'leaving') {
      // A join that is under way may have made us known.
      if (!this.#tell(this.#ownership.revoke(this.owned))) this.#finish(this.#phase !== 'out')
      return
    }
    if (this.#phase === 'out') this.#phase = 'joining'
    if (this.#phase !== 'in' || this.#tell(this.#ownership.reconcile())) return
    if (!this.#hasJoined) this.#effects.push({ kind: 'joined' })
    this.#hasJoined = true
  }

  #tell(call: ListenerCall<AssignedPartition> | undefined): boolean {
    if (call !== undefined) this.#effects.push({ kind: 'call', call })
    return call !== undefined
  }

  #finish(isKnown: boolean): void {
    this.#end = 'ended'
    this.#effects.push({ kind: 'ended', epoch: isKnown ? this.#leaveEpoch : undefined })
  }

  get #leaveEpoch(): number {
    return this.#isStatic ? STATIC_LEAVE_EPOCH : LEAVE_EPOCH
  }
}
