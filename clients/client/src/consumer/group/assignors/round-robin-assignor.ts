/**
 * All partitions of all topics in order, dealt to the members in turn; a member that does not want the
 * topic is passed over and not served later for it (Kafka: RoundRobinAssignor).
 */
import { emptyAssignment, inServingOrder, subscribedTopics, type Assignor } from './assignor.ts'

export const roundRobinAssignor: Assignor = {
  name: 'roundrobin',
  isCooperative: false,
  userData: () => null,
  assign: (counts, members) => {
    const assignment = emptyAssignment(members)
    const wants = inServingOrder(members).map(({ memberId, topics }) => ({
      memberId,
      topics: new Set(topics),
    }))
    let turn = 0
    for (const topic of subscribedTopics(members)) {
      for (let partition = 0; partition < (counts.get(topic) ?? 0); partition++) {
        // Ends: the topic is in the list because a member subscribed to it.
        while (wants[turn % wants.length]?.topics.has(topic) === false) turn++
        const taker = wants[turn % wants.length]
        if (taker !== undefined) assignment.get(taker.memberId)?.push({ topic, partition })
        turn++
      }
    }
    return assignment
  },
}
