/**
 * The shape that all group APIs share: decode, hand to the coordinator, encode what it replies. The
 * coordinator owns the rules; a handler only names the codec pair and the operation.
 */
import type { ByteReader } from '@ottla/base'
import type { RequestContext } from '@ottla/coordinator'
import type { Exchange, MessageEncoder } from '@ottla/net'
import type { ApiHandler } from '../dispatch/api-handler.ts'

interface GroupApi<Request, Response> {
  readonly apiKey: number
  readonly decode: (reader: ByteReader, version: number) => Request
  readonly encode: MessageEncoder<Response>
  readonly run: (
    context: RequestContext,
    request: Request,
    reply: (response: Response) => void,
  ) => void
}

export function groupHandler<Request, Response>(api: GroupApi<Request, Response>): ApiHandler {
  return {
    apiKey: api.apiKey,
    isExclusive: true,
    handle(exchange: Exchange, body: ByteReader): void {
      const request = api.decode(body, exchange.apiVersion)
      const context = {
        apiVersion: exchange.apiVersion,
        clientId: exchange.clientId ?? '',
        // With the slash that Kafka's tools show.
        clientHost: `/${exchange.connection.clientHost}`,
      }
      api.run(context, request, (response) => {
        exchange.reply(api.encode, response)
      })
    },
  }
}
