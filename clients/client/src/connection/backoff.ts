/**
 * How long to wait before the next attempt: doubled each time up to a ceiling, with a fifth of chance
 * either way so that clients which failed together do not come back together (KIP-580).
 */
import type { Random } from '@ottla/base'

export interface BackoffOptions {
  /** retry.backoff.ms; 100 by default. */
  readonly firstMs?: number
  /** retry.backoff.max.ms; 1000 by default. */
  readonly maxMs?: number
}

const FIRST_MS = 100
const MAX_MS = 1000
const JITTER = 0.2

/** `attempt` counts the failures so far, from 1. */
export function backoffMs(random: Random, attempt: number, options: BackoffOptions = {}): number {
  const { firstMs = FIRST_MS, maxMs = MAX_MS } = options
  const plain = Math.min(firstMs * 2 ** (attempt - 1), maxMs)
  return plain * (1 - JITTER + 2 * JITTER * random.fraction())
}
