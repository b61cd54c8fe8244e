/** A member of a classic group, joined and synced over the wire, in any versions. */
import assert from 'node:assert/strict'
import type { Uuid } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import type { JoinGroupResponse } from '@ottla/protocol/join-group-response'
import type { SyncGroupResponse } from '@ottla/protocol/sync-group-response'
import { joinGroup, syncGroup } from './apis.ts'
import type { BrokerUnderTest } from './broker-under-test.ts'

export interface GroupMember {
  readonly memberId: string
  readonly generationId: number
  readonly join: JoinGroupResponse
  readonly sync: SyncGroupResponse
}

interface JoinOptions {
  readonly groupId: string
  readonly joinVersion?: number
  readonly syncVersion?: number
  /** The subscription as the client's assignor wrote it. */
  readonly metadata?: Buffer
}

/** The only member of its group, which is Stable afterwards; every partition is assigned to it. */
export async function joinedGroup(
  { client }: BrokerUnderTest,
  { groupId, joinVersion = 9, syncVersion = 5, metadata = Buffer.from('topics') }: JoinOptions,
): Promise<GroupMember> {
  const ask = (memberId: string) =>
    client.ask(joinGroup, joinVersion, {
      groupId,
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: joinVersion >= 1 ? 10_000 : -1,
      memberId,
      groupInstanceId: null,
      protocolType: 'consumer',
      protocols: [{ name: 'range', metadata }],
      reason: null,
    })
  let join = await ask('')
  // KIP-394: from version 4 the id comes first.
  if (join.errorCode === ErrorCode.MEMBER_ID_REQUIRED) join = await ask(join.memberId)
  assert.equal(join.errorCode, ErrorCode.NONE)
  const { memberId, generationId } = join
  const sync = await client.ask(syncGroup, syncVersion, {
    groupId,
    generationId,
    memberId,
    groupInstanceId: null,
    protocolType: syncVersion >= 5 ? 'consumer' : null,
    protocolName: syncVersion >= 5 ? 'range' : null,
    assignments: [{ memberId, assignment: Buffer.from('all') }],
  })
  return { memberId, generationId, join, sync }
}

export function topicIdOf({ broker }: BrokerUnderTest, name: string): Uuid {
  const topic = broker.context.metadata.image.topic(name)
  assert.ok(topic !== undefined)
  return topic.topicId
}
