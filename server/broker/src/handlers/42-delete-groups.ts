/** DeleteGroups, versions 0 to 2: only groups without members. */
import { ApiKey } from '@ottla/protocol'
import { decodeDeleteGroupsRequest } from '@ottla/protocol/delete-groups-request'
import { encodeDeleteGroupsResponse } from '@ottla/protocol/delete-groups-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function deleteGroupsHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.DeleteGroups,
    decode: decodeDeleteGroupsRequest,
    encode: encodeDeleteGroupsResponse,
    run: (context, request, reply) => {
      groups.deleteGroups(context, request, reply)
    },
  })
}
