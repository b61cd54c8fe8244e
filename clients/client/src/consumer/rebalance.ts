/**
 * What happens to partitions when the group gives and takes them.
 *
 *   assigned  the program is told (and may seek) ── then their offsets are looked up and they are read
 *   revoked   nothing more is given out, signals abort ── loops and handlers finish what they have in hand
 *             (for a while) ── the program is told ── what is done is committed ── they are gone
 *   lost      they are gone at once; then the program is told, also while it still gives them up
 */
import type { TopicPartition } from '../topic-partition.ts'
import { KafkaError } from '../kafka-error.ts'
import { AssignedPartition } from './assignment/assigned-partition.ts'
import { discountQueue } from './assignment/discount-queue.ts'
import type { Committer } from './commit/committer.ts'
import type { ConsumerContext } from './consumer-context.ts'
import type { PartitionsListener } from './consumer-options.ts'
import type { Working } from './deliver/each-run.ts'
import type { HeldRecords } from './deliver/held-records.ts'
import type { GroupListener } from './group/group-member.ts'

export interface RebalanceOptions {
  readonly context: ConsumerContext
  readonly held: HeldRecords
  readonly working: ReadonlySet<Working>
  /** undefined when nothing is committed by itself. */
  readonly committer: Committer | undefined
  /** The consumer closes: loops are not waited for, one of them may be what closes it. */
  readonly isClosing: () => boolean
  /** They have left the assignment. */
  readonly onGone?: ((partitions: readonly AssignedPartition[]) => void) | undefined
  readonly onAssigned: PartitionsListener | undefined
  readonly onRevoked: PartitionsListener | undefined
  readonly onLost: PartitionsListener | undefined
}

export class Rebalance implements GroupListener {
  readonly #options: RebalanceOptions

  constructor(options: RebalanceOptions) {
    this.#options = options
  }

  async onAssigned(partitions: readonly TopicPartition[]): Promise<void> {
    const { context, onAssigned } = this.#options
    const { assignment, settings } = context
    const added = partitions.map((one) => new AssignedPartition(one, settings))
    assignment.add(added)
    this.#count(added.length)
    await onAssigned?.(partitions)
    // Those that the program sought are where they should be.
    for (const one of added) if (one.phase === 'starting') one.askCommitted()
    context.wake()
  }

  async onRevoked(partitions: readonly TopicPartition[]): Promise<void> {
    const { context, held, committer, isClosing, onRevoked } = this.#options
    const revoked = this.#end(partitions, 'REBALANCE_IN_PROGRESS', 'was given to another member')
    held.changed()
    if (!isClosing()) await this.#untilFinished(revoked)
    try {
      // Lost while they were in hand: the program has heard that, and there is nothing to commit any more.
      if (this.#stillOurs(revoked).length > 0) {
        await onRevoked?.(partitions)
        await this.#commit(committer, this.#stillOurs(revoked))
      }
    } finally {
      // Those that were lost meanwhile have gone already.
      this.#letGo(this.#stillOurs(revoked))
      context.wake()
    }
  }

  /** Nobody would hear of it later when the consumer closes: `close` rejects then. */
  async #commit(
    committer: Committer | undefined,
    revoked: readonly AssignedPartition[],
  ): Promise<void> {
    if (!this.#options.isClosing()) {
      await committer?.commitQuietly(revoked)
      return
    }
    try {
      await committer?.commitDone(revoked)
    } catch (error) {
      this.#options.context.fail(error)
    }
  }

  async onLost(partitions: readonly TopicPartition[]): Promise<void> {
    const { held, onLost } = this.#options
    const lost = this.#end(
      partitions,
      'UNKNOWN_MEMBER_ID',
      'was lost: the group may have it elsewhere',
    )
    this.#letGo(lost)
    // A revocation that waits for them waits no more.
    held.changed()
    await onLost?.(partitions)
  }

  onFatal(error: KafkaError): void {
    this.#options.context.fail(error)
  }

  #end(
    partitions: readonly TopicPartition[],
    code: 'REBALANCE_IN_PROGRESS' | 'UNKNOWN_MEMBER_ID',
    what: string,
  ): AssignedPartition[] {
    const { assignment, cluster } = this.#options.context
    const ended: AssignedPartition[] = []
    for (const one of partitions) {
      const found = assignment.find(one)
      if (found === undefined) continue
      discountQueue(cluster, found)
      found.end(new KafkaError(code, `Partition ${one.topic}-${one.partition} ${what}`))
      ended.push(found)
    }
    return ended
  }

  #letGo(partitions: readonly AssignedPartition[]): void {
    this.#options.context.assignment.remove(partitions)
    this.#options.onGone?.(partitions)
    this.#count(-partitions.length)
  }

  #stillOurs(partitions: readonly AssignedPartition[]): AssignedPartition[] {
    const { assignment } = this.#options.context
    return partitions.filter((one) => assignment.find(one) === one)
  }

  #count(partitionCount: number): void {
    this.#options.context.cluster.options.metrics?.consumer.addAssignedPartitions(partitionCount)
  }

  /** Until loops and handlers have let go of them, they are lost, or the time for it is over. */
  async #untilFinished(partitions: readonly AssignedPartition[]): Promise<void> {
    const { context, held, working, isClosing } = this.#options
    const isBusy = (): boolean => {
      const ours = new Set(this.#stillOurs(partitions))
      return held.isHeld(ours) || [...working].some((one) => one.isWorkingOn(ours))
    }
    let isLate = false
    const timer = context.cluster.world.clock.setTimer(context.settings.revocationWaitMs, () => {
      isLate = true
      held.changed()
    })
    while (!isLate && !isClosing() && isBusy()) await held.untilChanged()
    timer.cancel()
  }
}
