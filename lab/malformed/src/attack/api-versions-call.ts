/** Asks which APIs and versions are served: those are attacked. */
import type { ApiCall } from '@ottla/lab-kill-loop'
import { ApiKey } from '@ottla/protocol'
import {
  encodeApiVersionsRequest,
  type ApiVersionsRequest,
} from '@ottla/protocol/api-versions-request'
import {
  decodeApiVersionsResponse,
  type ApiVersionsResponse,
} from '@ottla/protocol/api-versions-response'

export const API_VERSIONS_CALL: ApiCall<ApiVersionsRequest, ApiVersionsResponse> = {
  apiKey: ApiKey.ApiVersions,
  version: 4,
  encode: encodeApiVersionsRequest,
  decode: decodeApiVersionsResponse,
}
