/** SyncGroup, versions 0 to 5: the leader brings the assignment, the others wait for it. */
import { ApiKey } from '@ottla/protocol'
import { decodeSyncGroupRequest } from '@ottla/protocol/sync-group-request'
import { encodeSyncGroupResponse } from '@ottla/protocol/sync-group-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function syncGroupHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.SyncGroup,
    decode: decodeSyncGroupRequest,
    encode: encodeSyncGroupResponse,
    run: (context, request, reply) => {
      groups.syncGroup(context, request, reply)
    },
  })
}
