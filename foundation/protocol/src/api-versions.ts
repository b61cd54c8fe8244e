/** What the table of APIs says about one request: is it known, is it flexible, which header comes back. */
import { ApiKey } from './generated/api-key.ts'
import { API_VERSION_ROWS, type ApiVersionRange } from './generated/api-version-rows.ts'

/** Indexed by API key; undefined for keys that no broker listener answers. */
export const API_VERSIONS: readonly (ApiVersionRange | undefined)[] = byKey()

function byKey(): (ApiVersionRange | undefined)[] {
  const table: (ApiVersionRange | undefined)[] = []
  for (const [apiKey, range] of API_VERSION_ROWS) table[apiKey] = range
  return table
}

export function apiName(apiKey: number): string {
  return API_VERSIONS[apiKey]?.name ?? `API ${apiKey}`
}

export function isVersionSupported(apiKey: number, version: number): boolean {
  const range = API_VERSIONS[apiKey]
  return range !== undefined && version >= range.min && version <= range.max
}

/** 1, or 2 with tagged fields. */
export function requestHeaderVersion(apiKey: number, version: number): 1 | 2 {
  return version >= (API_VERSIONS[apiKey]?.flexibleMin ?? Infinity) ? 2 : 1
}

/**
 * 0, or 1 with tagged fields. ApiVersions stays at 0 in every version: a client that does not know the
 * broker's versions yet must be able to read its answer (KIP-511).
 */
export function responseHeaderVersion(apiKey: number, version: number): 0 | 1 {
  if (apiKey === ApiKey.ApiVersions) return 0
  return version >= (API_VERSIONS[apiKey]?.flexibleMin ?? Infinity) ? 1 : 0
}
