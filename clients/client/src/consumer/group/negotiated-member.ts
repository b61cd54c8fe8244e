/**
 * 'auto': a KIP-848 member where the coordinator can have one, else a classic one. Decided when it joins,
 * once: the coordinator's own broker is asked, as the brokers of a cluster may differ while it is upgraded.
 */
import { linkedSignal } from '../../async/abort.ts'
import { KafkaError, type KafkaErrorCode } from '../../kafka-error.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { CoordinatorLink } from './coordinator-link.ts'
import { CONSUMER_GROUP_HEARTBEAT } from './group-apis.ts'
import type { CommittedOffset, GroupListener, GroupMember, OffsetToCommit } from './group-member.ts'
import { leftError } from './member-errors.ts'

/**
 * The group is a classic one that the broker does not convert (group.consumer.migration.policy, or a
 * member whose subscription it cannot read), or the broker was told not to serve the protocol
 * (group.coordinator.rebalance.protocols).
 */
const CLASSIC_ONLY: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'GROUP_ID_NOT_FOUND',
  'INCONSISTENT_GROUP_PROTOCOL',
  'UNSUPPORTED_VERSION',
])

export interface NegotiatedMemberOptions {
  /** To ask the coordinator's broker what it serves. */
  readonly link: CoordinatorLink
  readonly consumer: GroupMember
  readonly classic: GroupMember
}

export class NegotiatedMember implements GroupMember {
  readonly #options: NegotiatedMemberOptions
  #member: GroupMember
  readonly #leaving = new AbortController()

  constructor(options: NegotiatedMemberOptions) {
    this.#options = options
    this.#member = options.consumer
  }

  get groupId(): string {
    return this.#member.groupId
  }

  get memberId(): string {
    return this.#member.memberId
  }

  get memberEpoch(): number {
    return this.#member.memberEpoch
  }

  get protocol(): 'classic' | 'consumer' {
    return this.#member.protocol
  }

  get assignment(): readonly TopicPartition[] {
    return this.#member.assignment
  }

  async join(listener: GroupListener, signal?: AbortSignal): Promise<void> {
    const { consumer, classic } = this.#options
    if (await this.#isServed(signal)) {
      try {
        await consumer.join(listener, signal)
        return
      } catch (error) {
        if (!(error instanceof KafkaError && CLASSIC_ONLY.has(error.code))) throw error
      }
    }
    await consumer.leave()
    if (this.#leaving.signal.aborted) throw leftError(this.groupId)
    this.#member = classic
    await classic.join(listener, signal)
  }

  /** For as long as it takes: a group does not refuse for good because a broker is down just now. */
  async #isServed(signal: AbortSignal | undefined): Promise<boolean> {
    const { link } = this.#options
    const leaving = this.#leaving.signal
    const either = linkedSignal(signal, leaving)
    try {
      const wait = { signal: either.signal, timeoutMs: Infinity }
      // The main lane: commits will need it in any case, the lane of its own one of the two members.
      const connection = await link.cluster.retry(wait, () => link.connection('main'))
      return connection.versionOf(CONSUMER_GROUP_HEARTBEAT) !== undefined
    } catch (error) {
      throw leaving.aborted ? leftError(this.groupId) : error
    } finally {
      either.release()
    }
  }

  subscribe(topics: readonly string[]): void {
    this.#member.subscribe(topics)
  }

  commit(
    offsets: readonly OffsetToCommit[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, KafkaError>> {
    return this.#member.commit(offsets, signal)
  }

  committed(
    partitions: readonly TopicPartition[],
    signal?: AbortSignal,
  ): Promise<readonly CommittedOffset[]> {
    return this.#member.committed(partitions, signal)
  }

  async leave(signal?: AbortSignal): Promise<void> {
    this.#leaving.abort()
    await this.#member.leave(signal)
  }
}
