/** What every FakeBroker answers unless its test says otherwise. */
import { ApiKey, ErrorCode } from '@ottla/protocol'
import { decodeApiVersionsRequest } from '@ottla/protocol/api-versions-request'
import {
  encodeApiVersionsResponse,
  type ApiVersionsResponse,
} from '@ottla/protocol/api-versions-response'
import { decodeFindCoordinatorRequest } from '@ottla/protocol/find-coordinator-request'
import {
  encodeFindCoordinatorResponse,
  type FindCoordinatorResponse,
} from '@ottla/protocol/find-coordinator-response'
import { decodeMetadataRequest } from '@ottla/protocol/metadata-request'
import { encodeMetadataResponse } from '@ottla/protocol/metadata-response'
import type { FakeBroker } from './fake-broker.ts'
import type { FakeConnection, Turn } from './fake-connection.ts'

export function serveDefaults(broker: FakeBroker): void {
  broker.serve(
    ApiKey.ApiVersions,
    { min: 0, max: 4 },
    decodeApiVersionsRequest,
    encodeApiVersionsResponse,
    () => apiVersions(broker, 0),
  )
  broker.serve(
    ApiKey.Metadata,
    { min: 0, max: 13 },
    decodeMetadataRequest,
    encodeMetadataResponse,
    (request, version) => broker.cluster.metadata(request, version),
  )
  broker.serve(
    ApiKey.FindCoordinator,
    { min: 0, max: 6 },
    decodeFindCoordinatorRequest,
    encodeFindCoordinatorResponse,
    ({ key, coordinatorKeys }, version) =>
      coordinator(broker, version < 4 ? [key] : coordinatorKeys),
  )
}

function apiVersions(broker: FakeBroker, errorCode: number): ApiVersionsResponse {
  return {
    errorCode,
    apiKeys: [...broker.served].map(([apiKey, { min, max }]) => ({
      apiKey,
      minVersion: min,
      maxVersion: max,
    })),
    throttleTimeMs: 0,
    supportedFeatures: [],
    finalizedFeaturesEpoch: -1,
    finalizedFeatures: [],
    zkMigrationReady: false,
  }
}

/** The answer that says `broker` coordinates all `keys`, in every version of the API. */
export function coordinator(broker: FakeBroker, keys: readonly string[]): FindCoordinatorResponse {
  const { nodeId, host, port } = broker
  const errorMessage = null
  return {
    throttleTimeMs: 0,
    errorCode: 0,
    errorMessage,
    nodeId,
    host,
    port,
    coordinators: keys.map((key) => ({ key, nodeId, host, port, errorCode: 0, errorMessage })),
  }
}

/** An ApiVersions version that is not known is answered in version 0 (KIP-511); false for other APIs. */
export function refuseVersion(broker: FakeBroker, connection: FakeConnection, turn: Turn): boolean {
  if (turn.apiKey !== ApiKey.ApiVersions) return false
  connection.answer(turn, {
    version: 0,
    encode: (writer) => {
      encodeApiVersionsResponse(writer, apiVersions(broker, ErrorCode.UNSUPPORTED_VERSION), 0)
    },
  })
  return true
}
