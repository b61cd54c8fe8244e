/** One group of a DeleteGroups request, versions 0 to 3 (conformance G26). */
import { ErrorCode } from '@ottla/protocol'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import { removeGroup } from './remove-group.ts'

export function deleteGroup(
  shard: CoordinatorShard,
  groupId: string,
  onDeleted: (errorCode: number) => void,
): void {
  const driver = shard.group(groupId)
  const state = driver?.group.state
  if (driver === undefined || state === 'Dead') onDeleted(ErrorCode.GROUP_ID_NOT_FOUND)
  else if (state !== 'Empty') onDeleted(ErrorCode.NON_EMPTY_GROUP)
  else removeGroup(shard, driver, onDeleted)
}
