/** Members and assignments in the short words of the assignors' tests. */
import * as fc from 'fast-check'
import type { GroupAssignment, MemberSubscription, PartitionCounts } from '../assignors/assignor.ts'

export function member(
  memberId: string,
  topics: readonly string[],
  rest: Partial<MemberSubscription> = {},
): MemberSubscription {
  return {
    memberId,
    groupInstanceId: null,
    topics,
    ownedPartitions: [],
    generationId: -1,
    rack: null,
    userData: null,
    ...rest,
  }
}

/** topic-partition, sorted, by member. */
export function assigned(assignment: GroupAssignment): Record<string, string[]> {
  return Object.fromEntries(
    [...assignment].map(([memberId, partitions]) => [
      memberId,
      partitions.map(({ topic, partition }) => `${topic}-${partition}`).toSorted(),
    ]),
  )
}

export interface GroupCase {
  readonly counts: PartitionCounts
  readonly members: readonly MemberSubscription[]
}

const TOPICS = ['t0', 't1', 't2', 't3']

/** Groups of up to six members over up to four topics; with `isEven` all want all of them. */
export function anyGroup({ isEven = false } = {}): fc.Arbitrary<GroupCase> {
  const counts = fc.tuple(...TOPICS.map(() => fc.integer({ min: 0, max: 7 })))
  const wishes = isEven ? fc.constant(TOPICS) : fc.subarray(TOPICS)
  const members = fc.array(wishes, { minLength: 1, maxLength: 6 })
  return fc.record({ counts, members }).map((one) => ({
    counts: new Map(TOPICS.map((topic, i) => [topic, one.counts[i] as number])),
    members: one.members.map((topics, i) => member(`m${i}`, topics)),
  }))
}
