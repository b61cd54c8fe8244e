/**
 * ApiVersions, versions 0 to 5: what this broker serves, and nothing else.
 *
 * The response header is always version 0 (KIP-511). An unknown version is answered in the layout of
 * version 0 with UNSUPPORTED_VERSION and the one range that matters (conformance C2). Produce is
 * advertised from 0 although 0 to 2 are refused: older librdkafka switches idempotence and compression
 * on by looking for those versions in the range (KAFKA-18659).
 */
import type { ByteReader } from '@ottla/base'
import type { Exchange } from '@ottla/net'
import { API_VERSIONS, ApiKey, ErrorCode, isVersionSupported } from '@ottla/protocol'
import { decodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import {
  encodeApiVersionsResponse,
  type ApiVersionsResponse,
} from '@ottla/protocol/api-versions-response'
import type { BrokerContext } from '../broker-context.ts'
import type { ApiHandler } from '../dispatch/api-handler.ts'

const SOFTWARE_PATTERN = /^[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?$/
const SOFTWARE_VERSION_MIN = 3
const CLUSTER_CHECK_VERSION_MIN = 5

type ApiRange = ApiVersionsResponse['apiKeys'][number]

export function apiVersionsHandler(
  broker: BrokerContext,
  servedKeys: readonly number[],
): ApiHandler {
  const ranges = servedKeys.map(advertisedRange)
  return {
    apiKey: ApiKey.ApiVersions,
    isExclusive: true,
    handle(exchange: Exchange, body: ByteReader): void {
      const errorCode = checkRequest(broker, exchange, body)
      const keys =
        errorCode === ErrorCode.UNSUPPORTED_VERSION
          ? ranges.filter((range) => range.apiKey === ApiKey.ApiVersions)
          : ranges
      exchange.reply(encodeApiVersionsResponse, answer(errorCode, keys))
    },
  }
}

function advertisedRange(apiKey: number): ApiRange {
  const versions = API_VERSIONS[apiKey]
  if (versions === undefined) throw new RangeError(`API key ${apiKey} has no versions`)
  return {
    apiKey,
    minVersion: apiKey === ApiKey.Produce ? 0 : versions.min,
    maxVersion: versions.max,
  }
}

function checkRequest(broker: BrokerContext, exchange: Exchange, body: ByteReader): ErrorCode {
  const { apiVersion } = exchange
  if (!isVersionSupported(ApiKey.ApiVersions, apiVersion)) return ErrorCode.UNSUPPORTED_VERSION
  const request = decodeApiVersionsRequest(body, apiVersion)
  if (
    apiVersion >= SOFTWARE_VERSION_MIN &&
    !(
      SOFTWARE_PATTERN.test(request.clientSoftwareName) &&
      SOFTWARE_PATTERN.test(request.clientSoftwareVersion)
    )
  ) {
    return ErrorCode.INVALID_REQUEST
  }
  // KIP-1242: a client that means another cluster or broker has stale addresses.
  if (apiVersion >= CLUSTER_CHECK_VERSION_MIN) {
    const isOtherCluster =
      request.clusterId !== null && request.clusterId !== broker.metadata.image.clusterId
    const isOtherNode = request.nodeId >= 0 && request.nodeId !== broker.brokerId
    if (isOtherCluster || isOtherNode) return ErrorCode.REBOOTSTRAP_REQUIRED
  }
  return ErrorCode.NONE
}

function answer(errorCode: ErrorCode, apiKeys: ApiRange[]): ApiVersionsResponse {
  return {
    errorCode,
    apiKeys:
      errorCode === ErrorCode.NONE || errorCode === ErrorCode.UNSUPPORTED_VERSION ? apiKeys : [],
    throttleTimeMs: 0,
    supportedFeatures: [],
    finalizedFeaturesEpoch: -1,
    finalizedFeatures: [],
    zkMigrationReady: false,
  }
}
