/**
 * When each life of the broker ends: what the seed decides. The moments are random, the mix is not:
 * starts and shutdowns are short, so they are aimed at.
 */
import type { Random } from '@ottla/base'

export type LifePlan =
  /** `delayMs` after the process was started. */
  | { readonly kind: 'during start'; readonly delayMs: number }
  /** `delayMs` after readiness, perhaps in the middle of the checks. */
  | { readonly kind: 'soon after start'; readonly delayMs: number }
  /** While clients write; after the checks. */
  | { readonly kind: 'under load'; readonly delayMs: number }
  /** At the very moment of an answer, which a timer would rarely hit. */
  | { readonly kind: 'on an answer'; readonly answerCount: number }
  /** SIGTERM under load, SIGKILL `graceMs` later, if it is still there. */
  | { readonly kind: 'during shutdown'; readonly delayMs: number; readonly graceMs: number }

export interface KillPlanOptions {
  /** How long the broker took to start, at last count. */
  readonly startMs: number
  readonly shutdownMs: number
}

const UNDER_LOAD_MS_MAX = 900
const SOON_MS_MAX = 60
const ANSWERS_MAX = 400

export function planLife(random: Random, options: KillPlanOptions): LifePlan {
  const roll = random.fraction()
  if (roll < 0.2) {
    return { kind: 'during start', delayMs: random.fraction() * options.startMs * 1.1 }
  }
  if (roll < 0.27) return { kind: 'soon after start', delayMs: random.fraction() * SOON_MS_MAX }
  if (roll < 0.47) {
    return {
      kind: 'during shutdown',
      delayMs: underLoadMs(random),
      graceMs: random.fraction() * options.shutdownMs,
    }
  }
  if (roll < 0.67) {
    return { kind: 'on an answer', answerCount: 1 + Math.floor(random.fraction() * ANSWERS_MAX) }
  }
  return { kind: 'under load', delayMs: underLoadMs(random) }
}

/** Short lives are likelier: more of what is going on is a retry. */
function underLoadMs(random: Random): number {
  return random.fraction() ** 2 * UNDER_LOAD_MS_MAX
}
