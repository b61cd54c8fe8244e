/**
 * Topic by topic: the partitions in order, cut into one run per member, the first few of them one longer
 * (Kafka: RangeAssignor). Topics with the same number of partitions meet at the same members, which is
 * what joins of two topics by key rely on.
 */
import { emptyAssignment, inServingOrder, subscribedTopics, type Assignor } from './assignor.ts'

export const rangeAssignor: Assignor = {
  name: 'range',
  isCooperative: false,
  userData: () => null,
  assign: (counts, members) => {
    const assignment = emptyAssignment(members)
    const ordered = inServingOrder(members)
    for (const topic of subscribedTopics(members)) {
      const takers = ordered.filter(({ topics }) => topics.includes(topic))
      const count = counts.get(topic) ?? 0
      const each = Math.floor(count / takers.length)
      const longerCount = count % takers.length
      let next = 0
      for (const [i, { memberId }] of takers.entries()) {
        const end = next + each + (i < longerCount ? 1 : 0)
        for (; next < end; next++) assignment.get(memberId)?.push({ topic, partition: next })
      }
    }
    return assignment
  },
}
