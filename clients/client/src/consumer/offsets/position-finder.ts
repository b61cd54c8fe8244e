/**
 * Finds out where to read each partition: what the group has committed, what the reset policy says, and
 * whether a new leader still has what we have read (KIP-320). Here is decided who is asked about which;
 * the three questions have a file each.
 */
import type { BrokerId } from '@ottla/base'
import type { AssignedPartition } from '../assignment/assigned-partition.ts'
import { leaderOf } from '../assignment/partition-leader.ts'
import { isDue } from '../assignment/partition-retries.ts'
import type { ConsumerContext } from '../consumer-context.ts'
import { findCommitted, type CommittedLookup } from './committed-positions.ts'
import { noticeLeader, validateEpochs } from './epoch-validation.ts'
import { lookUpOffsets } from './offset-lookup.ts'

interface AskedOfLeader {
  readonly reset: AssignedPartition[]
  readonly validating: AssignedPartition[]
}

export class PositionFinder {
  readonly #context: ConsumerContext
  /** undefined without a group. */
  readonly #committed: CommittedLookup | undefined

  constructor(context: ConsumerContext, committed: CommittedLookup | undefined) {
    this.#context = context
    this.#committed = committed
  }

  run(nowMs: number): void {
    const context = this.#context
    const committed: AssignedPartition[] = []
    const byLeader = new Map<BrokerId, AskedOfLeader>()
    for (const partition of context.assignment) {
      if (partition.phase === 'ready') noticeLeader(context.cluster, partition)
      if (partition.isAsking || !isDue(partition, nowMs)) continue
      if (partition.phase === 'committed') committed.push(partition)
      if (partition.phase !== 'reset' && partition.phase !== 'validating') continue
      const leaderId = leaderOf(context, partition)
      if (leaderId === undefined) continue
      const asked = byLeader.get(leaderId) ?? { reset: [], validating: [] }
      byLeader.set(leaderId, asked)
      asked[partition.phase].push(partition)
    }
    if (committed.length > 0) void findCommitted(context, committed, this.#committed)
    for (const [leaderId, { reset, validating }] of byLeader) {
      if (reset.length > 0) void lookUpOffsets(context, leaderId, reset)
      if (validating.length > 0) void validateEpochs(context, leaderId, validating)
    }
  }
}
