/** Records to bytes by a `-f` template. Compiled once; a record then only runs down the list. */
import { UsageError } from '../parse/usage-error.ts'
import { numberCodec } from './number-codec.ts'
import type { FormatRecord, Watermarks, WatermarksOf } from './record.ts'
import { strftime } from './strftime.ts'
import { bracketed, parseTemplate, type TemplatePart, type Token } from './template.ts'
import { unpack } from './unpack.ts'

const LETTERS = 'tTkKvVhHpoedaixy[|]'
const HEADER_LETTERS = 'kKvV'
const EMPTY = Buffer.alloc(0)

/** What a record does not say itself. */
export interface Surroundings {
  /** The number of the record in this run, from 1. */
  readonly count: number
  readonly watermarksOf: WatermarksOf
}

export type RecordFormat = (record: FormatRecord, around: Surroundings) => Buffer

type Field<T> = (source: T, around: Surroundings) => Buffer

/** Throws a UsageError. */
export function compileFormat(template: string): RecordFormat {
  return joined(parseTemplate(template, LETTERS).map((part) => compilePart(part, recordField)))
}

function joined<T>(fields: readonly Field<T>[]): Field<T> {
  return (source, around) => Buffer.concat(fields.map((field) => field(source, around)))
}

function compilePart<T>(part: TemplatePart, fieldOf: (token: Token) => Field<T>): Field<T> {
  return Buffer.isBuffer(part) ? () => part : fieldOf(part)
}

function recordField(token: Token): Field<FormatRecord> {
  const { letter, modifier } = token
  switch (letter) {
    case 't':
      return text(token, ({ topic }) => Buffer.from(topic))
    case 'k':
      return text(token, ({ key }) => key)
    case 'v':
      return text(token, ({ value }) => value)
    case 'T':
      return number(token, ({ topic }) => Buffer.byteLength(topic))
    case 'K':
      return number(token, ({ key }) => key?.length ?? -1)
    case 'V':
      return number(token, ({ value }) => value?.length ?? -1)
    case 'H':
      return number(token, ({ headers }) => headers.length)
    case 'p':
      return number(token, ({ partition }) => partition)
    case 'o':
      return number(token, ({ offset }) => offset)
    case 'e':
      return number(token, ({ leaderEpoch }) => leaderEpoch)
    case 'i':
      return number<FormatRecord>(token, (_record, { count }) => count)
    case 'x':
      return number(token, ({ producerId }) => producerId)
    case 'y':
      return number(token, ({ producerEpoch }) => producerEpoch)
    case '[':
      return watermark(token, 'logStartOffset')
    case '|':
      return watermark(token, 'lastStableOffset')
    case ']':
      return watermark(token, 'highWatermark')
    case 'd':
      return timestamp(token)
    case 'h':
      return headers(modifier)
    default:
      return attribute(modifier)
  }
}

function number<T>(
  { letter, modifier }: Token,
  of: (source: T, around: Surroundings) => number,
): Field<T> {
  const codec = numberCodec(letter, modifier)
  return (source, around) => codec.write(of(source, around))
}

function watermark(token: Token, which: keyof Watermarks): Field<FormatRecord> {
  return number<FormatRecord>(token, (record, { watermarksOf }) => watermarksOf(record)[which])
}

/** A null is written as nothing: %K and %V tell it apart (-1) from an empty one (0). */
function text<T>({ letter, modifier }: Token, of: (source: T) => Buffer | null): Field<T> {
  const encode = textEncoder(letter, modifier)
  return (source) => {
    const bytes = of(source)
    return bytes === null ? EMPTY : encode(bytes)
  }
}

function textEncoder(letter: string, modifier: string | undefined): (bytes: Buffer) => Buffer {
  if (modifier === undefined) return (bytes) => bytes
  const [name, argument] = bracketed(modifier)
  if (name === 'hex') return (bytes) => Buffer.from(bytes.toString('hex'))
  if (name === 'base64') return (bytes) => Buffer.from(bytes.toString('base64'))
  if (name === 'base64raw') {
    return (bytes) => Buffer.from(bytes.toString('base64').replace(/=+$/, ''))
  }
  if (name === 'json') return (bytes) => Buffer.from(JSON.stringify(bytes.toString('utf8')))
  if (name === 'unpack' && argument !== undefined) {
    const read = unpack(argument)
    return (bytes) => Buffer.from(read(bytes))
  }
  throw new UsageError(
    `Cannot use %${letter}{${modifier}}: hex, base64, base64raw, json and unpack[…] are known`,
  )
}

function timestamp({ letter, modifier }: Token): Field<FormatRecord> {
  const [name, argument] = bracketed(modifier ?? '')
  if (name === 'strftime' && argument !== undefined) {
    const format = strftime(argument)
    return ({ timestampMs }) => Buffer.from(format(timestampMs))
  }
  if (name === 'iso') {
    return ({ timestampMs }) => Buffer.from(isoTime(timestampMs) ?? String(timestampMs))
  }
  return number({ letter, modifier }, ({ timestampMs }) => timestampMs)
}

/** undefined for what lies outside of a Date, such as -1 (none). */
export function isoTime(timestampMs: number): string | undefined {
  const date = new Date(timestampMs)
  return timestampMs < 0 || Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

function attribute(modifier: string | undefined): Field<FormatRecord> {
  if (modifier === 'timestamp-type') return ({ timestampType }) => Buffer.from(timestampType)
  throw new UsageError(
    `Cannot use %a{${modifier ?? ''}}: of the attributes only %a{timestamp-type} reaches a consumer`,
  )
}

function headers(modifier: string | undefined): Field<FormatRecord> {
  if (modifier === undefined) {
    throw new UsageError('Write what to do with each header, for example %h{%k=%v }')
  }
  const each = joined(
    parseTemplate(modifier, HEADER_LETTERS).map((part) => compilePart(part, headerField)),
  )
  return (record, around) => Buffer.concat(record.headers.map((header) => each(header, around)))
}

function headerField(token: Token): Field<FormatRecord['headers'][number]> {
  switch (token.letter) {
    case 'k':
      return text(token, ({ name }) => Buffer.from(name))
    case 'v':
      return text(token, ({ value }) => value)
    case 'K':
      return number(token, ({ name }) => Buffer.byteLength(name))
    default:
      return number(token, ({ value }) => value?.length ?? -1)
  }
}
