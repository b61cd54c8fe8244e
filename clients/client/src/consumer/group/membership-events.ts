/**
 * What the program hears of a membership: that it was joined, what happens to its partitions, that it was
 * left, and what has ended it. `join` and `leave` wait here; what is to be said is the machine's matter.
 */
import type { Logger } from '@ottla/base'
import { untilAborted } from '../../async/abort.ts'
import type { KafkaError } from '../../kafka-error.ts'
import type { GroupListener } from './group-member.ts'
import { leftError, listenerError } from './member-errors.ts'
import type { ListenerCall } from './ownership.ts'

export class MembershipEvents {
  readonly #groupId: string
  readonly #logger: Logger
  readonly #joined = Promise.withResolvers<void>()
  readonly #ended = Promise.withResolvers<void>()
  /** Whether `join` was answered: a failure is told to the listener from then on. */
  #isJoinAnswered = false
  #listener: GroupListener | undefined

  constructor(groupId: string, logger: Logger) {
    this.#groupId = groupId
    this.#logger = logger
  }

  /** False for a member that only keeps the offsets of a consumer. */
  get hasBegun(): boolean {
    return this.#listener !== undefined
  }

  begin(listener: GroupListener): void {
    this.#listener = listener
  }

  untilJoined(signal: AbortSignal | undefined): Promise<void> {
    return untilAborted(this.#joined.promise, signal)
  }

  untilEnded(signal: AbortSignal | undefined): Promise<void> {
    return untilAborted(this.#ended.promise, signal)
  }

  onJoined(): void {
    this.#isJoinAnswered = true
    this.#joined.resolve()
  }

  /** The group has been told, or need not be: whoever leaves need not wait any longer. */
  onEnded(): void {
    this.#ended.resolve()
  }

  /** It is gone: a `join` that still waits is not answered by the group any more. */
  onLeft(): void {
    this.#ended.resolve()
    this.#refuseJoin(leftError(this.#groupId))
  }

  onFailed(error: KafkaError): void {
    this.#ended.resolve()
    if (this.#isJoinAnswered) this.#listener?.onFatal(error)
    else this.#refuseJoin(error)
  }

  #refuseJoin(error: KafkaError): void {
    if (this.#isJoinAnswered) return
    this.#isJoinAnswered = true
    this.#joined.reject(error)
  }

  /** The listener is called at once; resolves with what it failed with, as an error of the membership. */
  async call(call: ListenerCall): Promise<KafkaError | undefined> {
    try {
      if (call.kind === 'lost') this.#warnOfLoss(call)
      await this.#tell(call)
      return undefined
    } catch (error) {
      return listenerError(error, call.kind)
    }
  }

  async #tell({ kind, partitions }: ListenerCall): Promise<void> {
    const listener = this.#listener as GroupListener
    // Plain names: what a member knows of a partition besides (its topic's id) is not the program's.
    const named = partitions.map(({ topic, partition }) => ({ topic, partition }))
    switch (kind) {
      case 'assigned':
        return listener.onAssigned(named)
      case 'revoked':
        return listener.onRevoked(named)
      case 'lost':
        return listener.onLost(named)
    }
  }

  #warnOfLoss({ partitions }: ListenerCall): void {
    this.#logger.warn('Partitions are lost: the group may have given them away', {
      groupId: this.#groupId,
      partitionCount: partitions.length,
    })
  }
}
