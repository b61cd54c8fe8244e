/** The tables over all APIs: keys and versions. */
import type { Definition } from './definition.ts'

type ApiDefinition = Definition & { readonly apiKey: number }

function isApi(definition: Definition): definition is ApiDefinition {
  return definition.apiKey !== undefined
}

export function apisOf(definitions: readonly Definition[]): ApiDefinition[] {
  return definitions.filter(isApi).toSorted((a, b) => a.apiKey - b.apiKey)
}

export function emitApiKeys(definitions: readonly Definition[]): string {
  const rows = apisOf(definitions).map((api) => `  ${api.name}: ${api.apiKey},`)
  return `/** Every API that a broker of Kafka 4.4 answers. Generated from definitions/; do not edit. */
export const ApiKey = {
${rows.join('\n')}
} as const

export type ApiKey = (typeof ApiKey)[keyof typeof ApiKey]
`
}

/**
 * Rows are indexed by API key; flexible is the first version with tagged fields.
 */
export function emitApiVersions(definitions: readonly Definition[]): string {
  const rows = apisOf(definitions).map((api) => {
    const flexible = api.flexible.min === Infinity ? 'Infinity' : String(api.flexible.min)
    return `  [${api.apiKey}, { name: '${api.name}', min: ${api.versions.min}, max: ${api.versions.max}, flexibleMin: ${flexible} }],`
  })
  return `/**
 * The stable versions of every API and where flexible versions begin (KIP-482).
 *
 * Generated from definitions/; do not edit.
 */
export interface ApiVersionRange {
  readonly name: string
  readonly min: number
  readonly max: number
  /** First version with compact lengths and tagged fields; Infinity for none. */
  readonly flexibleMin: number
}

export const API_VERSION_ROWS: readonly (readonly [apiKey: number, range: ApiVersionRange])[] = [
${rows.join('\n')}
]
`
}
