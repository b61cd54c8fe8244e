/** In whose name offsets are committed and fetched. */
import type { TopicPartition } from '../../../topic-partition.ts'
import { KafkaError } from '../../../kafka-error.ts'
import type { MemberSettings } from '../group-options.ts'

export interface Identity {
  /** Empty without membership. */
  readonly memberId: string
  /** -1 without membership. */
  readonly epoch: number
  readonly groupInstanceId: string | null
}

/** For a consumer that chose its partitions itself and uses the group for its offsets only. */
export const NO_MEMBER: Identity = { memberId: '', epoch: -1, groupInstanceId: null }

/** Of a member that has joined; throws while it is thrown out. */
export function identityOf(
  { groupId, groupInstanceId }: MemberSettings,
  memberId: string,
  epoch: number,
): Identity {
  if (epoch >= 0) return { memberId, epoch, groupInstanceId }
  throw new KafkaError(
    'UNKNOWN_MEMBER_ID',
    `The consumer is not a member of the group "${groupId}" just now: commit after it has joined`,
  )
}

export interface Membership {
  /** Of this moment; throws when the member was thrown out and has not rejoined yet. */
  readonly identity: () => Identity
  readonly owns: (partition: TopicPartition) => boolean
  /** KIP-848 members say who they are when they fetch, too. */
  readonly isNamedInFetch: boolean
  /** What a commit is refused with may say that the membership is over. */
  readonly onRefused: (error: KafkaError, identity: Identity) => void
}
