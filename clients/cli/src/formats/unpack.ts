/**
 * `%v{unpack[…]}`: bytes as the numbers that are in them, in the notation of kcat's -s and Python's struct:
 * `<` `>` set the order of bytes; b B 8 bits, h H 16, i I 32, q Q 64 (small letters with a sign), c one
 * character, s the rest as text, `.` skips a byte, `$` wants the end. Results are separated by a space.
 */
import { UsageError } from '../parse/usage-error.ts'

const WIDTHS: Readonly<Record<string, number>> = { b: 1, h: 2, i: 4, q: 8 }

interface Cursor {
  readonly bytes: Buffer
  at: number
  isLittle: boolean
  readonly out: string[]
}

type Step = (cursor: Cursor) => void

/** Throws a UsageError for a letter that is not known. */
export function unpack(pattern: string): (bytes: Buffer) => string {
  const steps = Array.from(pattern)
    .filter((letter) => letter.trim() !== '')
    .map((letter) => stepOf(letter, pattern))
  return (bytes) => {
    const cursor: Cursor = { bytes, at: 0, isLittle: false, out: [] }
    for (const step of steps) step(cursor)
    return cursor.out.join(' ')
  }
}

function stepOf(letter: string, pattern: string): Step {
  if (letter === '<' || letter === '>') {
    return (cursor) => {
      cursor.isLittle = letter === '<'
    }
  }
  if (letter === '.') return (cursor) => void take(cursor, 1)
  if (letter === 'c') return (cursor) => void cursor.out.push(take(cursor, 1).toString('latin1'))
  if (letter === 's') {
    return (cursor) =>
      void cursor.out.push(take(cursor, cursor.bytes.length - cursor.at).toString())
  }
  if (letter === '$') return wantEnd
  const width = WIDTHS[letter.toLowerCase()]
  if (width === undefined) {
    throw new UsageError(
      `There is no "${letter}" in unpack[${pattern}]: < > b B h H i I q Q c s . and $ are known`,
    )
  }
  const isSigned = letter === letter.toLowerCase()
  return (cursor) => {
    cursor.out.push(readInteger(take(cursor, width), cursor.isLittle, isSigned))
  }
}

/** Too short is shown, not thrown: one odd record must not end a `tail`. */
function take(cursor: Cursor, count: number): Buffer {
  const part = cursor.bytes.subarray(cursor.at, cursor.at + count)
  cursor.at += count
  return part
}

function readInteger(bytes: Buffer, isLittle: boolean, isSigned: boolean): string {
  if (bytes.length === 0) return '?'
  let value = 0n
  for (let at = 0; at < bytes.length; at++) {
    value = (value << 8n) | BigInt(bytes[isLittle ? bytes.length - 1 - at : at] as number)
  }
  return String(isSigned ? BigInt.asIntN(bytes.length * 8, value) : value)
}

function wantEnd(cursor: Cursor): void {
  const rest = cursor.bytes.length - cursor.at
  if (rest > 0) cursor.out.push(`+${rest} bytes`)
}
