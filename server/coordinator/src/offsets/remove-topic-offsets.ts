/** A deleted topic takes its offsets along, in every group (conformance O12). */
import { ErrorCode } from '@ottla/protocol'
import type { CoordinatorShard } from '../runtime/coordinator-shard.ts'
import type { OffsetKey } from './offset-store.ts'
import { removeOffsets } from './remove-offsets.ts'

export function removeTopicOffsets(
  shard: CoordinatorShard,
  topics: readonly string[],
  onFailed: (errorCode: number) => void,
): void {
  const keys: OffsetKey[] = []
  for (const groupId of shard.offsets.groupIds()) {
    const offsets = shard.offsets.group(groupId)
    if (offsets === undefined) continue
    for (const topic of topics) {
      const partitions = new Set([
        ...offsets.committed.partitions(topic).keys(),
        ...offsets.inFlight.partitions(topic).keys(),
      ])
      for (const partition of partitions) keys.push({ groupId, topic, partition })
    }
  }
  removeOffsets(shard, keys, (errorCode) => {
    if (errorCode !== ErrorCode.NONE) onFailed(errorCode)
  })
}
