/**
 * Moments as people write them: `1732492800000` (ms), `1732492800` (s), `2026-11-22`, `2026-11-22T10:00:00Z`,
 * `-1h` (ago), `now`; durations `1h30m`, `2d`, `500ms`. Times without a zone are UTC, as brokers log them.
 */
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}
const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w))+$/
const DURATION_PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g
const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?$/i
/** Ten digits of seconds reach to the year 2286, thirteen of milliseconds from 2001. */
const SECONDS_DIGITS_MAX = 10

/** undefined when it is no duration. */
export function parseDurationMs(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined
  let totalMs = 0
  for (const [, amount, unit] of text.matchAll(DURATION_PART)) {
    totalMs += Number(amount) * (UNIT_MS[unit as string] as number)
  }
  return Math.round(totalMs)
}

/** undefined when it is no moment. */
export function parseTimeMs(text: string, nowMs: number): number | undefined {
  if (text === 'now') return nowMs
  if (text.startsWith('-')) {
    const agoMs = parseDurationMs(text.slice(1))
    return agoMs === undefined ? undefined : nowMs - agoMs
  }
  if (/^\d{1,16}$/.test(text)) {
    return text.length <= SECONDS_DIGITS_MAX ? Number(text) * 1000 : Number(text)
  }
  if (DATE.test(text)) return valid(Date.parse(`${text}T00:00:00Z`), text.slice(8))
  const match = DATE_TIME.exec(text)
  if (match === null) return undefined
  const [, date = '', time = '', zone = 'Z'] = match
  const colonised = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  return valid(Date.parse(`${date}T${time}${colonised}`), date.slice(8), colonised)
}

/** Date.parse takes the 31st of February for the 3rd of March. */
function valid(timestampMs: number, dayText: string, zone = 'Z'): number | undefined {
  if (Number.isNaN(timestampMs)) return undefined
  const day = new Date(timestampMs).getUTCDate()
  // Another zone may move the day by one.
  return zone !== 'Z' || day === Number(dayText) ? timestampMs : undefined
}

/** How long a text of a time at the start of `text` is, for grammars that have colons of their own. */
export const TIME_PREFIX =
  /^(?:\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?|[^:]+)/i
