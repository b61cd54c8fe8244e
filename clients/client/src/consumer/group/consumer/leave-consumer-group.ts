/** The last heartbeat of a KIP-848 member; its session timeout says the same when nobody listens. */
import type { Lane } from '../../../cluster/connection-pool.ts'
import type { CoordinatorLink } from '../coordinator-link.ts'
import { CONSUMER_GROUP_HEARTBEAT } from '../group-apis.ts'
import { LEAVE_TIMEOUT_MS, type MemberSettings } from '../group-options.ts'
import { sayGoodbye } from '../say-goodbye.ts'
import { leaveFields } from './heartbeat-fields.ts'

export interface Leaving {
  readonly memberId: string
  /** -1, or -2 for a static member; undefined for one that the group does not know. */
  readonly epoch: number | undefined
  /** The member's own by default, where it comes after what is under way. */
  readonly lane?: Lane
}

/** Never rejects. */
export async function leaveConsumerGroup(
  link: CoordinatorLink,
  settings: MemberSettings,
  { memberId, epoch: memberEpoch, lane }: Leaving,
): Promise<void> {
  if (memberEpoch === undefined) return
  const { groupId } = settings
  const options = { timeoutMs: LEAVE_TIMEOUT_MS, ...(lane === undefined ? {} : { lane }) }
  await sayGoodbye(link, async () => {
    const answer = await link.ask(
      CONSUMER_GROUP_HEARTBEAT,
      () => ({ groupId, memberId, memberEpoch, ...leaveFields(settings) }),
      options,
    )
    const { errorCode, errorMessage } = answer.response
    link.check(errorCode, CONSUMER_GROUP_HEARTBEAT, answer, errorMessage)
  })
}
