/** Records as the client programs speak them: one JSON object, bytes as base64. */
export type Base64 = string

export interface WireRecord {
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
  readonly key: Base64 | null
  readonly value: Base64 | null
  readonly headers: readonly (readonly [name: string, value: Base64 | null])[]
}

export const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
export type Codec = (typeof CODECS)[number]

export function toBase64(text: string | Uint8Array): Base64 {
  return (typeof text === 'string' ? Buffer.from(text) : Buffer.from(text)).toString('base64')
}

export function fromBase64(text: Base64 | null): string | null {
  return text === null ? null : Buffer.from(text, 'base64').toString()
}
