/**
 * Fetch, versions 4 to 18.
 *
 * 7 sessions; 9 current leader epoch; 11 rack; 12 flexible, diverging epoch; 13 topic ids; 16 leader
 * hint. Batches leave as they are stored: no decoding, no new CRC (conformance F8). Followers do not
 * exist yet, so a request with a replica id is refused.
 */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeFetchRequest } from '@ottla/protocol/fetch-request'
import { encodeFetchResponse, type FetchResponse } from '@ottla/protocol/fetch-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { FetchCall } from '../fetch/fetch-call.ts'
import { openFetchContext } from '../fetch/fetch-context.ts'
import { FetchSessionCache, INVALID_SESSION_ID } from '../fetch/fetch-session.ts'

export function fetchHandler(broker: BrokerContext): ApiHandler {
  const sessions = new FetchSessionCache({
    slotsMax: broker.config.maxIncrementalFetchSessionCacheSlots,
    clock: broker.clock,
    random: broker.random,
  })
  return {
    apiKey: ApiKey.Fetch,
    isExclusive: false,
    handle(exchange: Exchange, body: ByteReader): void {
      const request = decodeFetchRequest(body, exchange.apiVersion)
      const context = openFetchContext(sessions, request, exchange.apiVersion)
      if (context.errorCode !== ErrorCode.NONE) {
        exchange.reply(encodeFetchResponse, refusal(context.errorCode))
        return
      }
      new FetchCall(broker, exchange, request, context).run()
    },
  }
}

function refusal(errorCode: ErrorCode): FetchResponse {
  return {
    throttleTimeMs: 0,
    errorCode,
    sessionId: INVALID_SESSION_ID,
    responses: [],
    nodeEndpoints: [],
  }
}
