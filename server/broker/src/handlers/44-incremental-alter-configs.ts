/** IncrementalAlterConfigs, versions 0 and 1: set, delete, append, subtract (KIP-339). */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey } from '@ottla/protocol'
import { decodeIncrementalAlterConfigsRequest } from '@ottla/protocol/incremental-alter-configs-request'
import {
  encodeIncrementalAlterConfigsResponse,
  type IncrementalAlterConfigsResponse,
} from '@ottla/protocol/incremental-alter-configs-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'
import { refuseRepeated } from './resource-repetition.ts'

export function incrementalAlterConfigsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.IncrementalAlterConfigs,
    isExclusive: true,
    async handle(exchange: Exchange, body: ByteReader): Promise<void> {
      const request = decodeIncrementalAlterConfigsRequest(body, exchange.apiVersion)
      const { refusals, once } = refuseRepeated(request.resources)
      const responses: IncrementalAlterConfigsResponse['responses'] = [...refusals]
      for (const resource of once) {
        const { resourceType, resourceName, configs } = resource
        const outcome = await broker.configs.alter(resource, configs, request.validateOnly)
        responses.push({ ...outcome, resourceType, resourceName })
      }
      exchange.reply(encodeIncrementalAlterConfigsResponse, { throttleTimeMs: 0, responses })
    },
  }
}
