/** How much text the configs of one topic or broker may be; far above any real use. */
import { refusal, type Outcome } from './outcome.ts'

export const CONFIGS_BYTES_MAX = 256 * 1024

/** @param encoded as it would be stored. */
export function refuseConfigs(encoded: string): Outcome | undefined {
  if (Buffer.byteLength(encoded) <= CONFIGS_BYTES_MAX) return undefined
  return refusal(
    'INVALID_CONFIG',
    `The configs of one resource may take ${CONFIGS_BYTES_MAX} bytes together.`,
  )
}
