/**
 * What a member holds, and what its listener is being told. Pure; shared by both kinds of member.
 *
 * The rules that keep a partition from having two owners, or none that knows of it:
 * - A partition is owned from the moment onAssigned is called until onRevoked has resolved, or until
 *   onLost is called.
 * - One call at a time. Only onLost may come while another is awaited: whoever still works on the
 *   partition must hear at once that it is not theirs any more.
 * - Nothing is assigned while a call is awaited, the lost one included.
 */
import { invariant } from '@ottla/base'
import type { TopicPartition } from '../../topic-partition.ts'
import { PartitionSet } from './partition-set.ts'

export interface ListenerCall<P extends TopicPartition = TopicPartition> {
  readonly id: number
  readonly kind: 'assigned' | 'lost' | 'revoked'
  /** Never empty. */
  readonly partitions: readonly P[]
}

export class Ownership<P extends TopicPartition = TopicPartition> {
  readonly #keyOf: ((one: P) => string) | undefined
  readonly #owned: PartitionSet<P>
  readonly #calls = new Map<number, ListenerCall<P>>()
  #callCount = 0
  #target: PartitionSet<P> | undefined

  constructor(keyOf?: (one: P) => string) {
    this.#keyOf = keyOf
    this.#owned = new PartitionSet<P>([], keyOf)
  }

  get owned(): readonly P[] {
    return this.#owned.toArray()
  }

  owns(one: P): boolean {
    return this.#owned.has(one)
  }

  /** Whether some call of the listener is awaited. */
  get isBusy(): boolean {
    return this.#calls.size > 0
  }

  isAwaiting(kind: ListenerCall['kind']): boolean {
    return [...this.#calls.values()].some((call) => call.kind === kind)
  }

  /** What the group wants it to hold; `reconcile` leads there. */
  set target(partitions: readonly P[]) {
    this.#target = new PartitionSet(partitions, this.#keyOf)
  }

  get isReconciled(): boolean {
    return this.#target === undefined
  }

  /** The next call towards the target, revocations first; undefined when it is reached. */
  reconcile(): ListenerCall<P> | undefined {
    const target = this.#target
    if (target === undefined) return undefined
    const revoked = this.revoke(this.#owned.without(target))
    if (revoked !== undefined) return revoked
    const added = target.without(this.#owned)
    this.#target = undefined
    if (added.length === 0) return undefined
    this.#owned.add(added)
    return this.#call('assigned', added)
  }

  /** They stay owned until the call is done. */
  revoke(partitions: readonly P[]): ListenerCall<P> | undefined {
    if (partitions.length === 0) return undefined
    return this.#call('revoked', partitions)
  }

  /** Everything is gone at once, whatever is awaited. */
  lose(): ListenerCall<P> | undefined {
    this.#target = undefined
    const partitions = this.#owned.toArray()
    if (partitions.length === 0) return undefined
    this.#owned.clear()
    return this.#call('lost', partitions)
  }

  done(callId: number): void {
    const call = this.#calls.get(callId)
    invariant(call !== undefined, 'a listener call is done that was not made', { callId })
    this.#calls.delete(callId)
    // Nothing to delete when they were lost meanwhile: nothing is assigned before this call is done.
    if (call.kind === 'revoked') this.#owned.delete(call.partitions)
  }

  #call(kind: ListenerCall['kind'], partitions: readonly P[]): ListenerCall<P> {
    invariant(kind === 'lost' || !this.isBusy, 'two listener calls at a time', { kind })
    this.#callCount++
    const call = { id: this.#callCount, kind, partitions }
    this.#calls.set(call.id, call)
    return call
  }
}
