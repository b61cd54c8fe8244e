/** Heartbeat, versions 0 to 4: a member is alive, and learns of a rebalance. */
import { ApiKey } from '@ottla/protocol'
import { decodeHeartbeatRequest } from '@ottla/protocol/heartbeat-request'
import { encodeHeartbeatResponse } from '@ottla/protocol/heartbeat-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function heartbeatHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.Heartbeat,
    decode: decodeHeartbeatRequest,
    encode: encodeHeartbeatResponse,
    run: (context, request, reply) => {
      groups.heartbeat(context, request, reply)
    },
  })
}
