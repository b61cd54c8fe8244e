/** The last word of a member to its group, whatever its protocol. */
import { KafkaError, type KafkaErrorCode } from '../../kafka-error.ts'
import type { CoordinatorLink } from './coordinator-link.ts'
import { LEAVE_TIMEOUT_MS } from './group-options.ts'

/** It has no such member: there is nobody left whose session could time out. */
const GONE: ReadonlySet<KafkaErrorCode> = new Set<KafkaErrorCode>([
  'FENCED_INSTANCE_ID',
  'GROUP_ID_NOT_FOUND',
  'UNKNOWN_MEMBER_ID',
])

/** Never rejects. */
export async function sayGoodbye(
  { cluster, groupId }: CoordinatorLink,
  say: () => Promise<void>,
): Promise<void> {
  try {
    await cluster.retry({ timeoutMs: LEAVE_TIMEOUT_MS }, say)
  } catch (error) {
    const { logger } = cluster.world
    const isGone = error instanceof KafkaError && GONE.has(error.code)
    if (isGone) logger.debug('The group had let go of the member already', { groupId, error })
    else logger.warn('Cannot leave the group; it waits for the session timeout', { groupId, error })
  }
}
