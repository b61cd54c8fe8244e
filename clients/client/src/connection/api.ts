/** One API as the client speaks it: its codec pair and the versions that it can make sense of. */
import type { ByteReader, ByteWriter } from '@ottla/base'
import { API_VERSIONS, apiName, type ApiKey } from '@ottla/protocol'

export interface Api<Request, Response> {
  readonly key: ApiKey
  readonly name: string
  readonly min: number
  readonly max: number
  readonly encode: (writer: ByteWriter, request: Request, version: number) => void
  readonly decode: (reader: ByteReader, version: number) => Response
}

/**
 * ```ts
 * const METADATA = defineApi(ApiKey.Metadata, encodeMetadataRequest, decodeMetadataResponse, { min: 4 })
 * ```
 *
 * `versions` narrows what the protocol table allows, for APIs whose old versions lack what we need.
 */
export function defineApi<Request, Response>(
  key: ApiKey,
  encode: (writer: ByteWriter, request: Request, version: number) => void,
  decode: (reader: ByteReader, version: number) => Response,
  versions: { readonly min?: number; readonly max?: number } = {},
): Api<Request, Response> {
  const range = API_VERSIONS[key]
  return {
    key,
    name: apiName(key),
    min: versions.min ?? range?.min ?? 0,
    max: versions.max ?? range?.max ?? 0,
    encode,
    decode,
  }
}
