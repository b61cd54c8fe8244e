/**
 * Where to begin to read, and where to stop; the grammar of rpk and a few words more.
 *
 *     start end stored      the beginning, what comes from now on, where the group left off
 *     N  N:                 from offset N
 *     :N                    up to offset N, without it
 *     N:M                   from N up to M, without M
 *     N:end  :end           up to what is there now
 *     +N  -N                N records after the beginning, N before the end
 *     @T  @T:               from the first record whose timestamp is T or later
 *     @T:U  @:U             up to the first record whose timestamp is U or later; U may be a duration
 *                           (after T) or `end`
 *
 * T: see parse-time.ts. Also taken: `earliest`, `beginning`, `latest` (other tools' words).
 */
import { didYouMean } from '../parse/nearest.ts'
import { UsageError } from '../parse/usage-error.ts'
import { parseDurationMs, parseTimeMs, TIME_PREFIX } from './parse-time.ts'

export type StartAt =
  | { readonly at: 'start' | 'end' | 'stored' }
  | { readonly at: 'offset'; readonly offset: number }
  | { readonly at: 'afterStart' | 'beforeEnd'; readonly records: number }
  | { readonly at: 'time'; readonly timestampMs: number }

export type StopAt =
  | { readonly at: 'never' | 'end' }
  | { readonly at: 'offset'; readonly offset: number }
  | { readonly at: 'time'; readonly timestampMs: number }

export interface OffsetRange {
  readonly from: StartAt
  readonly until: StopAt
}

const WORDS: Readonly<Record<string, OffsetRange>> = {
  start: { from: { at: 'start' }, until: { at: 'never' } },
  earliest: { from: { at: 'start' }, until: { at: 'never' } },
  beginning: { from: { at: 'start' }, until: { at: 'never' } },
  end: { from: { at: 'end' }, until: { at: 'never' } },
  latest: { from: { at: 'end' }, until: { at: 'never' } },
  stored: { from: { at: 'stored' }, until: { at: 'never' } },
  ':end': { from: { at: 'start' }, until: { at: 'end' } },
  'start:end': { from: { at: 'start' }, until: { at: 'end' } },
}

/** Throws a UsageError. */
export function parseOffset(text: string, nowMs: number): OffsetRange {
  const word = Object.hasOwn(WORDS, text) ? WORDS[text] : undefined
  if (word !== undefined) return word
  if (text.startsWith('@')) return parseTimes(text, nowMs)
  const relative = /^([+-])(\d+)(:end)?$/.exec(text)
  if (relative !== null) {
    const at = relative[1] === '+' ? 'afterStart' : 'beforeEnd'
    const until = { at: relative[3] === undefined ? 'never' : 'end' } as const
    return { from: { at, records: exact(relative[2] as string, text) }, until }
  }
  const match = /^(\d*)(?:(:)(\d*|end))?$/.exec(text)
  if (match === null || text === '' || text === ':') throw unreadable(text)
  return parseOffsets(match, text)
}

function parseOffsets(match: RegExpExecArray, text: string): OffsetRange {
  const [, first = '', , last] = match
  const from: StartAt =
    first === '' ? { at: 'start' } : { at: 'offset', offset: exact(first, text) }
  if (last === undefined || last === '') return { from, until: { at: 'never' } }
  if (last === 'end') return { from, until: { at: 'end' } }
  const offset = exact(last, text)
  if (from.at === 'offset' && offset < from.offset) {
    throw new UsageError(`Cannot use the offsets "${text}": the second lies before the first`)
  }
  return { from, until: { at: 'offset', offset } }
}

function parseTimes(text: string, nowMs: number): OffsetRange {
  const first = text.startsWith('@:') ? '' : (TIME_PREFIX.exec(text.slice(1))?.[0] ?? '')
  const rest = text.slice(1 + first.length)
  const isMalformed = first === '' && rest.length < 2
  if (isMalformed || (rest !== '' && !rest.startsWith(':'))) throw unreadable(text)
  const fromMs = first === '' ? undefined : readTime(first, text, nowMs)
  const from: StartAt = fromMs === undefined ? { at: 'start' } : { at: 'time', timestampMs: fromMs }
  const last = rest.slice(1)
  if (last === '') return { from, until: { at: 'never' } }
  if (last === 'end') return { from, until: { at: 'end' } }
  const durationMs = fromMs === undefined ? undefined : parseDurationMs(last)
  const untilMs =
    durationMs === undefined ? readTime(last, text, nowMs) : (fromMs as number) + durationMs
  if (fromMs !== undefined && untilMs < fromMs) {
    throw new UsageError(`Cannot use the times "${text}": the second lies before the first`)
  }
  return { from, until: { at: 'time', timestampMs: untilMs } }
}

function readTime(time: string, text: string, nowMs: number): number {
  const timestampMs = parseTimeMs(time, nowMs)
  if (timestampMs !== undefined) return timestampMs
  throw new UsageError(
    `Cannot read "${time}" in the offset "${text}" as a time: write milliseconds or seconds since 1970, ` +
      `2026-11-22, 2026-11-22T10:00:00Z, or how long ago, as -1h or -30m`,
  )
}

function exact(digits: string, text: string): number {
  const value = Number(digits)
  if (Number.isSafeInteger(value)) return value
  throw new UsageError(`Cannot use the offset "${text}": it is larger than any offset can be`)
}

function unreadable(text: string): UsageError {
  return new UsageError(
    `Cannot read the offset "${text}".${didYouMean(text, Object.keys(WORDS))} Write start, end, stored, a number N, ` +
      `a range N:M, +N or -N (from the start, before the end), or @TIME such as @-1h`,
  )
}
