/**
 * OffsetCommit, versions 2 to 10: where a group has got to.
 *
 * 5 no retention time; 6 leader epoch; 7 group instance id; 8 flexible; 9 member epoch of KIP-848; 10
 * topic ids. Answered when the records are safe in __consumer_offsets.
 */
import { ApiKey } from '@ottla/protocol'
import { decodeOffsetCommitRequest } from '@ottla/protocol/offset-commit-request'
import { encodeOffsetCommitResponse } from '@ottla/protocol/offset-commit-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { groupHandler } from './group-handler.ts'

export function offsetCommitHandler({ groups }: BrokerContext): ApiHandler {
  return groupHandler({
    apiKey: ApiKey.OffsetCommit,
    decode: decodeOffsetCommitRequest,
    encode: encodeOffsetCommitResponse,
    run: (context, request, reply) => {
      groups.commitOffsets(context, request, reply)
    },
  })
}
