/**
 * Who waits for the disk before the answer (docs/decisions: durability).
 *
 * `auto`: acks=all on a partition that is its own only copy. `always` and `never` force either side.
 * `flush.messages` means what it means in Kafka: once that many records are not synced, whoever
 * appended the last of them waits for the sync.
 */
import type { PartitionLog } from '@ottla/log'
import type { ProduceResult } from './waiting/produce-result.ts'

const ACKS_ALL = -1

export function awaitsDisk(log: PartitionLog, result: ProduceResult): boolean {
  const { flushPolicy, flushMessages } = log.config
  if (result.lastOffset < log.recoveryPoint) return false
  if (flushPolicy === 'never') return false
  if (flushPolicy === 'always') return true
  if (result.acks === ACKS_ALL) return true
  return log.logEndOffset - log.recoveryPoint >= flushMessages
}
