/** DescribeGroups, versions 0 to 6. From 6 an unknown group is GROUP_ID_NOT_FOUND, before it is a dead one. */
import { ApiKey } from '@ottla/protocol'
import { decodeDescribeGroupsRequest } from '@ottla/protocol/describe-groups-request'
import { encodeDescribeGroupsResponse } from '@ottla/protocol/describe-groups-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function describeGroupsHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.DescribeGroups,
    decode: decodeDescribeGroupsRequest,
    encode: encodeDescribeGroupsResponse,
    run: (context, request, reply) => {
      groups.describeGroups(context, request, reply)
    },
  })
}
