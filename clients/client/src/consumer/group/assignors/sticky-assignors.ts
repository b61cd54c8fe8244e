/**
 * Sticky, and sticky without stopping everybody (Kafka: StickyAssignor, CooperativeStickyAssignor).
 *
 * The cooperative one never gives a partition to a member while another still holds it: it is left out
 * of the assignment, its holder sees that, revokes it and rejoins, and the rebalance that follows gives
 * it away. That is what rules out two owners (KIP-429).
 */
import { partitionKey } from '../../../topic-partition.ts'
import type { Assignor, GroupAssignment, MemberSubscription } from './assignor.ts'
import { balancePartitions, type Claim } from './balance-partitions.ts'
import {
  decodeGeneration,
  decodeStickyUserData,
  encodeGeneration,
  encodeStickyUserData,
} from './sticky-user-data.ts'

export const stickyAssignor: Assignor = {
  name: 'sticky',
  isCooperative: false,
  userData: (last) => (last === undefined ? null : encodeStickyUserData(last)),
  assign: (counts, members) =>
    balancePartitions(counts, members, ({ userData }) => decodeStickyUserData(userData)),
}

export const cooperativeStickyAssignor: Assignor = {
  name: 'cooperative-sticky',
  isCooperative: true,
  userData: (last) => encodeGeneration(last?.generationId ?? -1),
  assign: (counts, members) => {
    const assignment = balancePartitions(counts, members, cooperativeClaim)
    withholdHeld(assignment, members)
    return assignment
  },
}

/** Older clients put the generation into the user data. */
function cooperativeClaim({ ownedPartitions, generationId, userData }: MemberSubscription): Claim {
  return {
    partitions: ownedPartitions,
    generationId: generationId >= 0 ? generationId : decodeGeneration(userData),
  }
}

/**
 * A holder of an older generation was thrown out since and may not know it: that does not take the
 * partition from the member which has it validly, but it does keep it from a third one for a round.
 */
function withholdHeld(assignment: GroupAssignment, members: readonly MemberSubscription[]): void {
  const holders = new Map<string, { memberId: string; generationId: number }[]>()
  for (const member of members) {
    const { partitions, generationId } = cooperativeClaim(member)
    for (const { topic, partition } of partitions) {
      const key = partitionKey(topic, partition)
      const found = holders.get(key) ?? []
      holders.set(key, [...found, { memberId: member.memberId, generationId }])
    }
  }
  for (const [memberId, partitions] of assignment) {
    const free = partitions.filter(({ topic, partition }) => {
      const held = holders.get(partitionKey(topic, partition)) ?? []
      const own = held.find((holder) => holder.memberId === memberId)
      const others = held.filter((holder) => holder.memberId !== memberId)
      return others.every(
        ({ generationId }) => own !== undefined && generationId < own.generationId,
      )
    })
    assignment.set(memberId, free)
  }
}
