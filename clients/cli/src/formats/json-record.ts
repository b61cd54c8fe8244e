/**
 * A record as one line of JSON, and back: what `consume --json` prints is what `produce -f json` takes, so
 * a pipe between the two copies a topic. Nothing is lost: bytes that are no UTF-8 stand in base64, and
 * `keyEncoding`, `valueEncoding` or `encoding` (of a header) says so.
 */
import { isUtf8 } from 'node:buffer'
import { UsageError } from '../parse/usage-error.ts'
import { isoTime } from './format-record.ts'
import type { FormatRecord } from './record.ts'

export const RECORD_SCHEMA = 'ottla/record/1'

export interface JsonRecordOptions {
  /** Values that are JSON stand as they are, in place of a string that holds them. */
  readonly parsesValues: boolean
}

export function toJsonLine(record: FormatRecord, { parsesValues }: JsonRecordOptions): string {
  const { topic, partition, offset, timestampMs, key, value, headers } = record
  const time = isoTime(timestampMs)
  return `${JSON.stringify({
    schema: RECORD_SCHEMA,
    topic,
    partition,
    offset,
    ...(time === undefined ? {} : { timestamp: time }),
    timestampMs,
    ...encoded('key', key, false),
    ...encoded('value', value, parsesValues),
    headers: headers.map(({ name, value }) => headerJson(name, value)),
  })}\n`
}

function encoded(field: 'key' | 'value', bytes: Buffer | null, parses: boolean): object {
  if (bytes === null) return { [field]: null }
  if (!isUtf8(bytes)) {
    return { [field]: bytes.toString('base64'), [`${field}Encoding`]: 'base64' }
  }
  const text = bytes.toString('utf8')
  if (!parses) return { [field]: text }
  const parsed = parseJson(text)
  return parsed === undefined
    ? { [field]: text }
    : { [field]: parsed, [`${field}Encoding`]: 'json' }
}

function headerJson(name: string, value: Buffer | null): object {
  if (value === null) return { name, value: null }
  return isUtf8(value)
    ? { name, value: value.toString('utf8') }
    : { name, value: value.toString('base64'), encoding: 'base64' }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** What a line of JSON, or a template, says of a record to be sent. */
export interface RecordToSend {
  readonly topic?: string
  readonly partition?: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[]
  readonly timestampMs?: number
}

/** Throws a UsageError that names the line. */
export function fromJsonLine(line: string, lineNumber: number): RecordToSend {
  const refuse = (why: string): never => {
    throw new UsageError(
      `Cannot use line ${lineNumber} of the input: ${why}. A line is an object such as {"key": "k", "value": "v"}`,
    )
  }
  const parsed = parseJson(line)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return refuse('it is no JSON object')
  }
  const object = parsed as Record<string, unknown>
  const bytes = (field: string, value: unknown, encoding: unknown): Buffer | null =>
    toBytes(value, encoding) ??
    (value === null || value === undefined ? null : refuse(`"${field}" cannot be read`))
  const integer = (field: string): number | undefined => {
    const value = object[field]
    if (value === undefined) return undefined
    return Number.isSafeInteger(value) ? (value as number) : refuse(`"${field}" is no whole number`)
  }
  const partition = integer('partition')
  const timestampMs = integer('timestampMs')
  const { topic } = object
  return {
    ...(typeof topic === 'string' ? { topic } : {}),
    ...(partition === undefined ? {} : { partition }),
    key: bytes('key', object['key'], object['keyEncoding']),
    value: bytes('value', object['value'], object['valueEncoding']),
    headers: readHeaders(object['headers'], bytes) ?? refuse('"headers" cannot be read'),
    // Records from before there were timestamps say -1.
    ...(timestampMs === undefined || timestampMs < 0 ? {} : { timestampMs }),
  }
}

/** A string is its text; anything else (but null) is its JSON. undefined when it is neither. */
function toBytes(value: unknown, encoding: unknown): Buffer | undefined {
  if (value === null || value === undefined) return undefined
  if (encoding === 'base64') {
    const isText = typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
    return isText ? Buffer.from(value, 'base64') : undefined
  }
  if (typeof value === 'string' && encoding !== 'json') return Buffer.from(value)
  return Buffer.from(JSON.stringify(value))
}

/** A list of {name, value}, as we print it, or an object, as people write it. */
function readHeaders(
  headers: unknown,
  bytes: (field: string, value: unknown, encoding: unknown) => Buffer | null,
): RecordToSend['headers'] | undefined {
  if (headers === undefined || headers === null) return []
  if (typeof headers !== 'object') return undefined
  if (!Array.isArray(headers)) {
    return Object.entries(headers).map(([name, value]) => [
      name,
      bytes('headers', value, undefined),
    ])
  }
  const read: [string, Buffer | null][] = []
  for (const header of headers as unknown[]) {
    if (typeof header !== 'object' || header === null) return undefined
    const { name, value, encoding } = header as Record<string, unknown>
    if (typeof name !== 'string') return undefined
    read.push([name, bytes('headers', value, encoding)])
  }
  return read
}
