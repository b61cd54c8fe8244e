/** Bytes as they are: what a topic without serdes takes and gives. */
import type { Serde } from './serde.ts'

/** Text is sent as UTF-8. */
export type RawInput = Uint8Array | string

/**
 * Bytes as they are; what is received belongs to the receiver.
 *
 * ```ts
 * const Images = kafka.topic('images', { key: string(), value: bytes() })
 * ```
 */
export function bytes(): Serde<Buffer> {
  return BYTES
}

const BYTES: Serde<Buffer> = {
  serialize: (value) => value,
  deserialize: (value) => value,
}

/** As `bytes()`, and takes a string or any Uint8Array on the way out. */
export const RAW = {
  serialize: (value: RawInput): Uint8Array =>
    typeof value === 'string' ? Buffer.from(value, 'utf8') : value,
  deserialize: (value: Buffer): Buffer => value,
}
