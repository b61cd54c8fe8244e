/** A place in a partition, as an offset or by what it means. */
import { KafkaError } from '../../kafka-error.ts'

/**
 * An offset; the oldest record there is; the end; the first record of that time (milliseconds since
 * 1970) or later, and the end when there is none; the same, counted back from now.
 */
export type OffsetSpec =
  | number
  | 'earliest'
  | 'latest'
  | { readonly timestampMs: number }
  | { readonly durationMs: number }

/** Where reading begins when nothing else says so; 'none' makes that an error. */
export type ResetPolicy = Exclude<OffsetSpec, number> | 'none'

const EARLIEST_TIMESTAMP = -2
export const LATEST_TIMESTAMP = -1

/** As ListOffsets asks for it. */
export function timestampOf(spec: Exclude<OffsetSpec, number>, nowMs: number): number {
  if (spec === 'earliest') return EARLIEST_TIMESTAMP
  if (spec === 'latest') return LATEST_TIMESTAMP
  return 'timestampMs' in spec ? spec.timestampMs : Math.max(0, Math.floor(nowMs - spec.durationMs))
}

export function checkOffsetSpec(spec: OffsetSpec | 'none', name: string): void {
  if (spec === 'none' || spec === 'earliest' || spec === 'latest') return
  const value = valueOf(spec)
  if (Number.isSafeInteger(value) && value >= 0) return
  throw new KafkaError(
    'INVALID_ARGUMENT',
    `${name} is ${JSON.stringify(spec)}: an offset, 'earliest', 'latest', { timestampMs } or { durationMs } expected`,
  )
}

function valueOf(spec: OffsetSpec): number {
  if (typeof spec === 'number') return spec
  if (typeof spec !== 'object') return NaN
  return 'timestampMs' in spec ? spec.timestampMs : spec.durationMs
}
