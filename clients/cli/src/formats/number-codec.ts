/** How a number stands in a format: as digits, or as bytes of a fixed width. Both ways. */
import { UsageError } from '../parse/usage-error.ts'

export interface NumberCodec {
  /** undefined: digits up to whatever follows. */
  readonly bytes: number | undefined
  write(value: number): Buffer
  /** `bytes` of them, or digits; NaN when they are none. */
  read(bytes: Buffer): number
}

const DIGITS: NumberCodec = {
  bytes: undefined,
  write: (value) => Buffer.from(String(value)),
  read: (bytes) => digitsOf(bytes, /^-?\d{1,16}$/, 10),
}

function digitsOf(bytes: Buffer, pattern: RegExp, radix: number): number {
  const text = bytes.toString('latin1')
  return pattern.test(text) ? Number.parseInt(text, radix) : Number.NaN
}

/** All ones in at least four bytes is -1, the length of a null, and no length that could be. */
const NULL_WIDTH_MIN = 4

/** Two's complement: -1 is all ones in any width. */
function fixed(width: number, isLittle: boolean): NumberCodec {
  return {
    bytes: width,
    write(value) {
      const bytes = Buffer.alloc(width)
      let rest = BigInt.asUintN(width * 8, BigInt(value))
      for (let at = 0; at < width; at++) {
        bytes[isLittle ? at : width - 1 - at] = Number(rest & 0xffn)
        rest >>= 8n
      }
      return bytes
    },
    read(bytes) {
      if (bytes.length < width) return Number.NaN
      let value = 0n
      for (let at = 0; at < width; at++) {
        value = (value << 8n) | BigInt(bytes[isLittle ? width - 1 - at : at] as number)
      }
      const isNull = width >= NULL_WIDTH_MIN && BigInt.asIntN(width * 8, value) === -1n
      return isNull ? -1 : Number(value)
    },
  }
}

function hex(digits: number): NumberCodec {
  return {
    bytes: digits,
    write: (value) =>
      Buffer.from(
        BigInt.asUintN(digits * 4, BigInt(value))
          .toString(16)
          .padStart(digits, '0'),
      ),
    read: (bytes) => digitsOf(bytes, /^[0-9a-fA-F]+$/, 16),
  }
}

const BOOL: NumberCodec = {
  bytes: undefined,
  write: (value) => Buffer.from(value === 0 ? 'false' : 'true'),
  read: (bytes) =>
    bytes.toString() === 'true' ? 1 : bytes.toString() === 'false' ? 0 : Number.NaN,
}

const CODECS: Readonly<Record<string, NumberCodec>> = {
  ascii: DIGITS,
  bool: BOOL,
  byte: fixed(1, false),
  big64: fixed(8, false),
  big32: fixed(4, false),
  big16: fixed(2, false),
  big8: fixed(1, false),
  little64: fixed(8, true),
  little32: fixed(4, true),
  little16: fixed(2, true),
  little8: fixed(1, true),
  hex64: hex(16),
  hex32: hex(8),
  hex16: hex(4),
  hex8: hex(2),
  hex4: hex(1),
}

/** Throws a UsageError. */
export function numberCodec(letter: string, modifier: string | undefined): NumberCodec {
  if (modifier === undefined) return DIGITS
  const codec = Object.hasOwn(CODECS, modifier) ? CODECS[modifier] : undefined
  if (codec !== undefined) return codec
  throw new UsageError(
    `Cannot use %${letter}{${modifier}}: numbers are written as ${Object.keys(CODECS).join(', ')}`,
  )
}
