/** LeaveGroup, versions 0 to 5: one member, or several (3), leave at once. */
import { ApiKey } from '@ottla/protocol'
import { decodeLeaveGroupRequest } from '@ottla/protocol/leave-group-request'
import { encodeLeaveGroupResponse } from '@ottla/protocol/leave-group-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function leaveGroupHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.LeaveGroup,
    decode: decodeLeaveGroupRequest,
    encode: encodeLeaveGroupResponse,
    run: (context, request, reply) => {
      groups.leaveGroup(context, request, reply)
    },
  })
}
