/** Says goodbye to a classic group; the session timeout says it for us when nobody listens. */
import type { CoordinatorLink } from '../coordinator-link.ts'
import { LEAVE_GROUP } from '../group-apis.ts'
import { LEAVE_TIMEOUT_MS, type MemberSettings } from '../group-options.ts'
import { sayGoodbye } from '../say-goodbye.ts'
import { leaveRequest } from './classic-requests.ts'

/** Never rejects; an empty id is nobody's. */
export async function leaveClassicGroup(
  link: CoordinatorLink,
  settings: MemberSettings,
  memberId: string,
): Promise<void> {
  if (memberId === '') return
  await sayGoodbye(link, async () => {
    const answer = await link.ask(
      LEAVE_GROUP,
      (version) => leaveRequest(settings, memberId, version),
      // The own lane may be held by a JoinGroup that is answered when we have left.
      { lane: 'main', timeoutMs: LEAVE_TIMEOUT_MS },
    )
    link.check(answer.response.errorCode, LEAVE_GROUP, answer)
  })
}
