/** AlterConfigs, versions 0 to 2: replaces all overrides of a resource; the older way. */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey } from '@ottla/protocol'
import { decodeAlterConfigsRequest } from '@ottla/protocol/alter-configs-request'
import {
  encodeAlterConfigsResponse,
  type AlterConfigsResponse,
} from '@ottla/protocol/alter-configs-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { refuseRepeated } from './resource-repetition.ts'

export function alterConfigsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.AlterConfigs,
    isExclusive: true,
    async handle(exchange: Exchange, body: ByteReader): Promise<void> {
      const request = decodeAlterConfigsRequest(body, exchange.apiVersion)
      const { refusals, once } = refuseRepeated(request.resources)
      const responses: AlterConfigsResponse['responses'] = [...refusals]
      for (const resource of once) {
        const { resourceType, resourceName, configs } = resource
        const outcome = await broker.configs.replace(resource, configs, request.validateOnly)
        responses.push({ ...outcome, resourceType, resourceName })
      }
      exchange.reply(encodeAlterConfigsResponse, { throttleTimeMs: 0, responses })
    },
  }
}
