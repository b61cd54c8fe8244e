/** ListGroups, versions 0 to 5: 4 filters by state, 5 by type. */
import { ApiKey } from '@ottla/protocol'
import { decodeListGroupsRequest } from '@ottla/protocol/list-groups-request'
import { encodeListGroupsResponse } from '@ottla/protocol/list-groups-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function listGroupsHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.ListGroups,
    decode: decodeListGroupsRequest,
    encode: encodeListGroupsResponse,
    run: (context, request, reply) => {
      groups.listGroups(context, request, reply)
    },
  })
}
