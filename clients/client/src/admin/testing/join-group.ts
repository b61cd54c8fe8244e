/** A member of a classic group that does nothing but be one, for tests of what is said about it. */
import {
  encodeAssignment,
  encodeSubscription,
} from '../../consumer/group/classic/consumer-protocol.ts'
import { JOIN_GROUP, SYNC_GROUP } from '../../consumer/group/group-apis.ts'
import type { TopicPartition } from '../../topic-partition.ts'
import type { AdminUnderTest } from './admin-under-test.ts'

export interface JoinOptions {
  readonly topics: readonly string[]
  /** What the member, its own leader, gives itself. */
  readonly assign: readonly TopicPartition[]
}

export async function joinGroup(
  { cluster }: AdminUnderTest,
  groupId: string,
  { topics, assign }: JoinOptions,
): Promise<{ readonly memberId: string }> {
  const connection = await cluster.retry({}, () => cluster.coordinator('group', groupId))
  const metadata = encodeSubscription({
    topics,
    userData: null,
    ownedPartitions: [],
    generationId: -1,
    rack: null,
  })
  const join = (memberId: string) =>
    connection.request(JOIN_GROUP, {
      groupId,
      sessionTimeoutMs: 30_000,
      rebalanceTimeoutMs: 30_000,
      memberId,
      groupInstanceId: null,
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata }],
      reason: null,
    })
  // The first answer only names the member (KIP-394).
  const { memberId } = await join('')
  const { generationId } = await join(memberId)
  const { errorCode } = await connection.request(SYNC_GROUP, {
    groupId,
    generationId,
    memberId,
    groupInstanceId: null,
    protocolType: 'consumer',
    protocolName: 'range',
    assignments: [{ memberId, assignment: encodeAssignment(assign) }],
  })
  if (errorCode !== 0) throw new Error(`SyncGroup was answered ${errorCode}`)
  return { memberId }
}
