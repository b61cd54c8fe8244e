/**
 * JoinGroup, versions 0 to 9: the first half of a classic rebalance.
 *
 * 1 rebalance timeout; 4 member id comes first (KIP-394); 5 static members (KIP-345); 7 protocol type; 8
 * reason; 9 skip assignment. The answer waits for the others, so the connection waits as well.
 */
import { ApiKey } from '@ottla/protocol'
import { decodeJoinGroupRequest } from '@ottla/protocol/join-group-request'
import { encodeJoinGroupResponse } from '@ottla/protocol/join-group-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function joinGroupHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.JoinGroup,
    decode: decodeJoinGroupRequest,
    encode: encodeJoinGroupResponse,
    run: (context, request, reply) => {
      groups.joinGroup(context, request, reply)
    },
  })
}
