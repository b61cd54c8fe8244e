/**
 * Keeps a fetch going to every broker that has something for us, as long as there is room for it.
 *
 * A partition is part of the next fetch when its queue has room: its share of `maxBufferedBytes`. One
 * that nobody reads from is left out and holds up nobody else.
 *
 * Each broker has two slots. The first takes whatever can be fetched, and waits at the broker until there
 * is something (fetch.max.wait.ms). A partition whose queue was emptied while that poll waits would have
 * to wait with it for nothing: it goes through the second slot, which waits only briefly. The first one
 * begins its next poll when the second has come back, so that what has nothing more gathers there.
 */
import type { BrokerId } from '@ottla/base'
import type { Lane } from '../../cluster/connection-pool.ts'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import { leaderOf } from '../assignment/partition-leader.ts'
import { isDue } from '../assignment/partition-retries.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import { FetchAnswers } from './fetch-answer.ts'
import { FetchSlot } from './fetch-slot.ts'

/** Of the second slot. */
const SHORT_WAIT_MS = 10
/** Fetched ahead while the ones before are read. */
const AHEAD_FACTOR = 2
/** What `close` waits for brokers at most: nothing is lost when they forget a session later. */
const CLOSE_WAIT_MS = 100

export class Fetcher {
  readonly #context: ConsumerContext
  readonly #answers: FetchAnswers
  readonly #lanes: readonly Lane[]
  readonly #slots = new Map<BrokerId, readonly FetchSlot[]>()

  constructor(context: ConsumerContext) {
    this.#context = context
    this.#answers = new FetchAnswers(context)
    this.#lanes = [context.cluster.newLane('fetch'), context.cluster.newLane('fetch')]
  }

  run(nowMs: number): void {
    const { settings, assignment } = this.#context
    // Half for what is in the queues, half for what is on its way to them.
    const share = Math.max(
      1,
      Math.floor(settings.maxBufferedBytes / 2 / Math.max(1, assignment.size)),
    )
    const queueBytesMax = Math.min(share, AHEAD_FACTOR * settings.partitionFetchBytes)
    const byBroker = new Map<BrokerId, AssignedPartition[]>()
    for (const partition of assignment) {
      if (!isFetchable(partition, nowMs) || partition.queue.bytes >= queueBytesMax) continue
      const brokerId = this.#sourceOf(partition, nowMs)
      if (brokerId === undefined) continue
      const partitions = byBroker.get(brokerId)
      if (partitions === undefined) byBroker.set(brokerId, [partition])
      else partitions.push(partition)
    }
    for (const [brokerId, partitions] of byBroker) {
      this.#fetch(brokerId, partitions, {
        nowMs,
        partitionBytes: Math.min(share, settings.partitionFetchBytes),
      })
    }
  }

  #fetch(
    brokerId: BrokerId,
    partitions: readonly AssignedPartition[],
    { nowMs, partitionBytes }: { nowMs: number; partitionBytes: number },
  ): void {
    const { fetchMaxBytes, fetchMaxWaitMs, maxBufferedBytes } = this.#context.settings
    const [first, second] = this.#slotsOf(brokerId)
    if (second.isBusy) return
    const slot = first.isBusy ? second : first
    if (slot.notBeforeMs > nowMs) return
    slot.fetch(partitions, {
      maxWaitMs: slot === first ? fetchMaxWaitMs : Math.min(fetchMaxWaitMs, SHORT_WAIT_MS),
      partitionBytes,
      totalBytes: Math.min(fetchMaxBytes, maxBufferedBytes),
    })
  }

  #slotsOf(brokerId: BrokerId): readonly [FetchSlot, FetchSlot] {
    const slots =
      this.#slots.get(brokerId) ??
      this.#lanes.map((lane) => new FetchSlot(brokerId, this.#context, lane, this.#answers))
    this.#slots.set(brokerId, slots)
    return slots as unknown as readonly [FetchSlot, FetchSlot]
  }

  /** The replica that the leader named, else the leader. */
  #sourceOf(partition: AssignedPartition, nowMs: number): BrokerId | undefined {
    const { metadata } = this.#context.cluster
    const { preferredReplica } = partition
    if (preferredReplica !== undefined) {
      const isGood = nowMs < partition.preferredUntilMs && metadata.brokers.has(preferredReplica)
      if (isGood) return preferredReplica
      partition.preferredReplica = undefined
    }
    return leaderOf(this.#context, partition)
  }

  /** The earliest time after `nowMs` at which something that waits now can be tried. */
  nextDueMs(nowMs: number): number {
    let dueMs = Infinity
    for (const slots of this.#slots.values()) {
      for (const { notBeforeMs } of slots)
        if (notBeforeMs > nowMs) dueMs = Math.min(dueMs, notBeforeMs)
    }
    return dueMs
  }

  /** Sessions are closed at the brokers too, as far as they answer within a moment. */
  async close(): Promise<void> {
    const { clock } = this.#context.cluster.world
    const closing = [...this.#slots.values()].flat().map((slot) => slot.closeSession())
    const moment = Promise.withResolvers<undefined>()
    const timer = clock.setTimer(CLOSE_WAIT_MS, () => {
      moment.resolve(undefined)
    })
    await Promise.race([Promise.all(closing), moment.promise])
    timer.cancel()
    for (const lane of this.#lanes) this.#context.cluster.closeLane(lane)
  }
}

function isFetchable(partition: AssignedPartition, nowMs: number): boolean {
  return (
    partition.phase === 'ready' &&
    !partition.isInFlight &&
    !partition.isPaused &&
    !partition.isEnded &&
    (partition.outOfRangeAt !== partition.fetchOffset || partition.queue.isEmpty) &&
    isDue(partition, nowMs)
  )
}
