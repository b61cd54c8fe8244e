/**
 * Forgets offsets that have not been committed for `offsets.retention.minutes`, and groups that are left
 * with nothing (KIP-211; conformance O10, O11).
 *
 *   group                              the time counts from
 *   simple, without a protocol type    the commit
 *   Empty                              when it became Empty, or the commit where that is not known
 *   Stable consumers                   the commit, for topics they are not subscribed to
 *   any other                          nothing expires
 */
import type { ClassicGroup } from '../group/classic/classic-group.ts'
import { removeGroup } from '../group/remove-group.ts'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import { NO_TIMESTAMP, type OffsetAndMetadata } from './offset-and-metadata.ts'
import type { OffsetKey } from './offset-store.ts'
import { removeOffsets } from './remove-offsets.ts'

export interface ExpiryCount {
  readonly offsetCount: number
  readonly groupCount: number
}

export function expireOffsets(shard: CoordinatorShard): ExpiryCount {
  const expiredKeys: OffsetKey[] = []
  let groupCount = 0
  for (const driver of shard.groups()) {
    const { group } = driver
    const expired = expiredKeysOf(shard, group)
    const isAll = expired.length === (shard.offsets.group(group.groupId)?.committed.size ?? 0)
    if (isAll && isRemovable(shard, group)) {
      groupCount++
      removeGroup(shard, driver, () => {})
    } else {
      expiredKeys.push(...expired)
    }
  }
  removeOffsets(shard, expiredKeys, () => {})
  return { offsetCount: expiredKeys.length, groupCount }
}

function isRemovable(shard: CoordinatorShard, group: ClassicGroup): boolean {
  if (group.state !== 'Empty' || group.pendingJoinMembers.size > 0) return false
  // A commit on its way is younger than everything here.
  return (shard.offsets.group(group.groupId)?.inFlight.size ?? 0) === 0
}

function expiredKeysOf(shard: CoordinatorShard, group: ClassicGroup): OffsetKey[] {
  const { groupId } = group
  const offsets = shard.offsets.group(groupId)
  const expired: OffsetKey[] = []
  if (offsets === undefined) return expired
  for (const [topic, partitions] of offsets.committed.topics()) {
    if (group.isSubscribedTo(topic)) continue
    for (const [partition, offset] of partitions) {
      if (offsets.inFlight.get(topic, partition) !== undefined) continue
      if (isExpired(shard, group, offset)) expired.push({ groupId, topic, partition })
    }
  }
  return expired
}

function isExpired(
  shard: CoordinatorShard,
  group: ClassicGroup,
  offset: OffsetAndMetadata,
): boolean {
  const sinceMs = retainedSince(group, offset)
  if (sinceMs === undefined) return false
  if (offset.expireTimestampMs !== NO_TIMESTAMP) return shard.nowMs >= offset.expireTimestampMs
  return shard.nowMs - sinceMs >= shard.config.offsetsRetentionMs
}

function retainedSince(group: ClassicGroup, offset: OffsetAndMetadata): number | undefined {
  if (group.protocolType === null) return offset.commitTimestampMs
  if (group.state === 'Empty') {
    return group.stateSinceMs === NO_TIMESTAMP ? offset.commitTimestampMs : group.stateSinceMs
  }
  const isKnown = group.state === 'Stable' && group.subscribedTopics !== undefined
  return isKnown ? offset.commitTimestampMs : undefined
}
