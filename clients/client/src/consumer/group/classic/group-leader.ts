/**
 * The member that shares out the partitions for all: computes the assignment, and watches the topics of
 * the whole group, as nobody else does in a classic group. When a topic appears, goes or grows, the
 * leader rejoins and so starts a rebalance.
 */
import { MalformedError } from '@ottla/base'
import type {
  JoinGroupResponse,
  JoinGroupResponseMember,
} from '@ottla/protocol/join-group-response'
import type { SyncGroupRequestAssignment } from '@ottla/protocol/sync-group-request'
import type { Cluster } from '../../../cluster/cluster.ts'
import { KafkaError } from '../../../kafka-error.ts'
import type { JoinMode } from '../assignors/assignor-list.ts'
import { subscribedTopics, type MemberSubscription } from '../assignors/assignor.ts'
import { decodeSubscription, encodeAssignment } from './consumer-protocol.ts'

export class GroupLeader {
  readonly #cluster: Cluster
  /** Partition counts that the last assignment was made of; undefined while somebody else leads. */
  #counts: ReadonlyMap<string, number> | undefined

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  follow(): void {
    this.#counts = undefined
  }

  async lead(answer: JoinGroupResponse, mode: JoinMode): Promise<SyncGroupRequestAssignment[]> {
    const members = answer.members.map((member) => this.#subscriptionOf(member))
    const counts = await this.#countPartitions(subscribedTopics(members))
    this.#counts = counts
    // A static leader that came back: the coordinator keeps the assignment of before (KIP-814).
    if (answer.skipAssignment) return []
    const assignor = mode.assignors.find(({ name }) => name === answer.protocolName)
    if (assignor === undefined) {
      throw new KafkaError(
        'INCONSISTENT_GROUP_PROTOCOL',
        `The group chose the assignor "${answer.protocolName ?? ''}", which this member did not offer`,
      )
    }
    const existing = new Map([...counts].filter(([, count]) => count > 0))
    return [...assignor.assign(existing, members)].map(([memberId, partitions]) => ({
      memberId,
      assignment: encodeAssignment(partitions),
    }))
  }

  /** Whether the topics are not what the assignment was made of. */
  hasChanged(): boolean {
    if (this.#counts === undefined) return false
    let isUnknown = false
    let hasChanged = false
    for (const [topic, count] of this.#counts) {
      this.#cluster.refresher.use(topic)
      const now = this.#countOf(topic)
      isUnknown ||= now === 0
      hasChanged ||= now !== count
    }
    // Somebody waits for a topic that is not there: it is not left to metadata.max.age.ms.
    if (isUnknown) this.#cluster.refreshSoon()
    return hasChanged
  }

  #subscriptionOf({ memberId, groupInstanceId, metadata }: JoinGroupResponseMember) {
    try {
      return { memberId, groupInstanceId, ...decodeSubscription(metadata) }
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      // One member that cannot be understood gets nothing; the others must not wait for it.
      const { logger } = this.#cluster.world
      logger.warn('Cannot read the subscription of a member of the group', { memberId, error })
      const nothing: MemberSubscription = {
        memberId,
        groupInstanceId,
        topics: [],
        ownedPartitions: [],
        generationId: -1,
        rack: null,
        userData: null,
      }
      return nothing
    }
  }

  async #countPartitions(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    for (const topic of topics) this.#cluster.refresher.use(topic)
    try {
      const { requestTimeoutMs } = this.#cluster.options
      const timeoutMs = requestTimeoutMs
      await this.#cluster.retry({ timeoutMs }, () => this.#cluster.refresher.refresh())
    } catch (error) {
      // What is known is assigned; the rest follows when `hasChanged` sees it.
      const { logger } = this.#cluster.world
      logger.warn('Cannot refresh the metadata before the group is assigned', { error })
    }
    return new Map(topics.map((topic) => [topic, this.#countOf(topic)]))
  }

  #countOf(topic: string): number {
    return this.#cluster.metadata.topic(topic)?.partitions.length ?? 0
  }
}
