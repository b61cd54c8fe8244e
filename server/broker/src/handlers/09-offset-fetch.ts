/**
 * OffsetFetch, versions 1 to 10: committed offsets of one group, or of several (8).
 *
 * 2 all topics by null; 7 require stable; 8 several groups; 9 member epoch; 10 topic ids.
 */
import { ApiKey } from '@ottla/protocol'
import { decodeOffsetFetchRequest } from '@ottla/protocol/offset-fetch-request'
import { encodeOffsetFetchResponse } from '@ottla/protocol/offset-fetch-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function offsetFetchHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.OffsetFetch,
    decode: decodeOffsetFetchRequest,
    encode: encodeOffsetFetchResponse,
    run: (context, request, reply) => {
      groups.fetchOffsets(context, request, reply)
    },
  })
}
