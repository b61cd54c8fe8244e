/** OffsetDelete, version 0: offsets of topics that the group does not subscribe to. */
import { ApiKey } from '@ottla/protocol'
import { decodeOffsetDeleteRequest } from '@ottla/protocol/offset-delete-request'
import { encodeOffsetDeleteResponse } from '@ottla/protocol/offset-delete-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function offsetDeleteHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.OffsetDelete,
    decode: decodeOffsetDeleteRequest,
    encode: encodeOffsetDeleteResponse,
    run: (context, request, reply) => {
      groups.deleteOffsets(context, request, reply)
    },
  })
}
