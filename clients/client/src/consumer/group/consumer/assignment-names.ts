/**
 * The topics of an assignment by name: KIP-848 coordinators assign them by id, and the metadata may not
 * know an id yet. What has no name is left out until it is learnt.
 */
import type { ConsumerGroupHeartbeatResponseTopicPartitions } from '@ottla/protocol/consumer-group-heartbeat-response'
import type { AssignedPartition } from './assigned-partition.ts'
import type { ConsumerGroupContext } from './consumer-group-context.ts'

export class AssignmentNames {
  readonly #context: ConsumerGroupContext
  /** The newest assignment, while the metadata does not know the names of all its topics. */
  #unnamed: readonly ConsumerGroupHeartbeatResponseTopicPartitions[] | undefined

  constructor(context: ConsumerGroupContext) {
    this.#context = context
  }

  /** Of the newest assignment, those that have a name. */
  named(assignment: readonly ConsumerGroupHeartbeatResponseTopicPartitions[]): AssignedPartition[] {
    const { machine, link } = this.#context
    // What is held keeps its name, also when the topic was deleted.
    const held = new Map(machine.owned.map(({ topicId, topic }) => [topicId, topic]))
    this.#unnamed = undefined
    return assignment.flatMap(({ topicId, partitions }) => {
      const topic = held.get(topicId) ?? link.cluster.metadata.topicName(topicId)
      if (topic !== undefined) return partitions.map((partition) => ({ topicId, topic, partition }))
      this.#unnamed = assignment
      return []
    })
  }

  /** Asks for what has no name. When that fails, the next heartbeat tries again. */
  async learn(): Promise<void> {
    if (this.#unnamed === undefined) return
    const { subscription, machine, perform } = this.#context
    await subscription.refresh()
    // A heartbeat may have brought a newer assignment meanwhile, with names for all.
    const unnamed = this.#unnamed
    if (unnamed !== undefined) perform(machine.onAssignmentResolved(this.named(unnamed)))
  }
}
