/** The directives of strftime(3) that make sense for a moment in UTC. */
import { UsageError } from '../parse/usage-error.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const two = (value: number): string => String(value).padStart(2, '0')
const date = (at: Date): string =>
  `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
const time = (at: Date): string =>
  `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`
const hour12 = (at: Date): number => at.getUTCHours() % 12 || 12

const DIRECTIVES: Readonly<Record<string, (at: Date) => string>> = {
  Y: (at) => String(at.getUTCFullYear()),
  y: (at) => two(at.getUTCFullYear() % 100),
  m: (at) => two(at.getUTCMonth() + 1),
  d: (at) => two(at.getUTCDate()),
  e: (at) => String(at.getUTCDate()).padStart(2),
  H: (at) => two(at.getUTCHours()),
  I: (at) => two(hour12(at)),
  M: (at) => two(at.getUTCMinutes()),
  S: (at) => two(at.getUTCSeconds()),
  f: (at) => String(at.getUTCMilliseconds()).padStart(3, '0').padEnd(6, '0'),
  L: (at) => String(at.getUTCMilliseconds()).padStart(3, '0'),
  p: (at) => (at.getUTCHours() < 12 ? 'AM' : 'PM'),
  j: (at) =>
    String(
      Math.floor((at.getTime() - Date.UTC(at.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
    ).padStart(3, '0'),
  a: (at) => (DAYS[at.getUTCDay()] as string).slice(0, 3),
  A: (at) => DAYS[at.getUTCDay()] as string,
  b: (at) => (MONTHS[at.getUTCMonth()] as string).slice(0, 3),
  B: (at) => MONTHS[at.getUTCMonth()] as string,
  u: (at) => String(at.getUTCDay() || 7),
  w: (at) => String(at.getUTCDay()),
  s: (at) => String(Math.floor(at.getTime() / 1000)),
  z: () => '+0000',
  Z: () => 'UTC',
  F: date,
  D: (at) =>
    `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${two(at.getUTCFullYear() % 100)}`,
  T: time,
  R: (at) => time(at).slice(0, 5),
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
}

/** Throws a UsageError for a directive that is not known. */
export function strftime(format: string): (timestampMs: number) => string {
  const parts = format.split(/(%.?)/s).map((part): ((at: Date) => string) => {
    if (!part.startsWith('%')) return () => part
    const letter = part.slice(1)
    const directive = Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined
    if (directive === undefined) {
      throw new UsageError(
        `There is no ${part} in the time format "${format}": try %F (date), %T (time), %L (milliseconds)`,
      )
    }
    return directive
  })
  return (timestampMs) => {
    const at = new Date(timestampMs)
    return Number.isNaN(at.getTime()) ? String(timestampMs) : parts.map((part) => part(at)).join('')
  }
}
