/** DescribeConfigs, versions 1 to 4: 3 adds types. */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { ApiKey, ErrorCode } from '@ottla/protocol'
import {
  decodeDescribeConfigsRequest,
  type DescribeConfigsRequest,
  type DescribeConfigsRequestDescribeConfigsResource,
} from '@ottla/protocol/describe-configs-request'
import {
  encodeDescribeConfigsResponse,
  type DescribeConfigsResponseDescribeConfigsResult,
} from '@ottla/protocol/describe-configs-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'

export function describeConfigsHandler(broker: BrokerContext): ApiHandler {
  return {
    apiKey: ApiKey.DescribeConfigs,
    isExclusive: true,
    handle(exchange: Exchange, body: ByteReader): void {
      const request = decodeDescribeConfigsRequest(body, exchange.apiVersion)
      exchange.reply(encodeDescribeConfigsResponse, {
        throttleTimeMs: 0,
        results: askedOnce(request).map((resource) => describe(broker, resource, request)),
      })
    },
  }
}

/**
 * The same question twice is answered once: a short request cannot ask for an answer of any size.
 */
function askedOnce({
  resources,
}: DescribeConfigsRequest): DescribeConfigsRequestDescribeConfigsResource[] {
  const byKey = new Map<string, DescribeConfigsRequestDescribeConfigsResource>()
  for (const resource of resources) {
    const { resourceType, resourceName, configurationKeys } = resource
    byKey.set(JSON.stringify([resourceType, resourceName, configurationKeys]), resource)
  }
  return [...byKey.values()]
}

function describe(
  broker: BrokerContext,
  resource: DescribeConfigsRequestDescribeConfigsResource,
  { includeSynonyms, includeDocumentation }: DescribeConfigsRequest,
): DescribeConfigsResponseDescribeConfigsResult {
  const { resourceType, resourceName, configurationKeys } = resource
  const described = broker.configs.describe(resource)
  if (!Array.isArray(described)) {
    return { ...described, resourceType, resourceName, configs: [] }
  }
  // No list and an empty list both mean every key (conformance M21).
  const keys = configurationKeys ?? []
  const wanted = keys.length === 0 ? described : described.filter(({ name }) => keys.includes(name))
  return {
    errorCode: ErrorCode.NONE,
    errorMessage: null,
    resourceType,
    resourceName,
    configs: wanted.map((entry) => ({
      ...entry,
      synonyms: includeSynonyms ? entry.synonyms : [],
      documentation: includeDocumentation ? entry.documentation : null,
    })),
  }
}
