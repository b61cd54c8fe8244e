/**
 * The end of an empty group: by DeleteGroups, or because nothing of it is worth keeping any more.
 *
 * The group turns Dead while its tombstones are on their way, so that a join or commit in between is
 * told to come again instead of being buried by them. Its own tombstone comes after those of its offsets
 * are committed: where that fails, the group is still there to be deleted again.
 */
import { invariant } from '@ottla/base'
import { ErrorCode } from '@ottla/protocol'
import { removeOffsets } from '../offsets/remove-offsets.ts'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import type { ClassicGroupDriver } from './classic/classic-group-driver.ts'
import { groupMetadataTombstone } from './group-metadata-record.ts'

export function removeGroup(
  shard: CoordinatorShard,
  driver: ClassicGroupDriver,
  onRemoved: (errorCode: number) => void,
): void {
  const { groupId } = driver.group
  invariant(driver.group.state === 'Empty', 'only an empty group is removed', { groupId })
  const finish = (errorCode: number): void => {
    if (errorCode === ErrorCode.NONE) shard.applyGroupTombstone(groupId)
    // A closed shard has no groups any more; in an active one nothing else ends the state Dead.
    else if (shard.isActive) driver.revive()
    onRemoved(errorCode)
  }
  driver.bury()
  removeOffsets(shard, [...shard.offsets.keysOf(groupId)], (errorCode) => {
    if (errorCode !== ErrorCode.NONE || !driver.group.isSaved) finish(errorCode)
    else shard.appends.append([groupMetadataTombstone(groupId)], finish)
  })
}
