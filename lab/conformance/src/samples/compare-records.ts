/**
 * Whether a reader saw a sample as its writer wrote it, as far as both are able.
 *
 * What a reader cannot tell apart (kafka-go hands out an empty value as nil) is made equal on both
 * sides; what it cannot show is not compared. A writer that cannot set timestamps leaves the time of
 * writing, so the timestamp must then lie in the window of the write.
 */
import { fromBase64, type Base64, type WireRecord } from './record.ts'
import type { Feature, Sample } from './sample.ts'

export interface Written {
  readonly writer: string
  readonly sample: Sample
  /** Undefined when the writer set the timestamp itself. */
  readonly window?: readonly [fromMs: number, toMs: number]
}

export function differenceOf(
  written: Written,
  seen: WireRecord,
  readable: ReadonlySet<Feature>,
): string | undefined {
  const { record, id } = written.sample
  const plain = (bytes: Base64 | null): Base64 | null =>
    bytes === '' && !readable.has('empty') ? null : bytes
  const expect = (what: string, wanted: Base64 | null, got: Base64 | null): string | undefined =>
    plain(wanted) === plain(got)
      ? undefined
      : `${id}: ${what} is ${show(got)}, ${show(wanted)} was written`

  return (
    expect('value', record.value, seen.value) ??
    (readable.has('keys') ? expect('key', record.key, seen.key) : undefined) ??
    (readable.has('headers') ? headerDifference(written, seen, expect) : undefined) ??
    (readable.has('timestamps') ? timestampDifference(written, seen) : undefined)
  )
}

function headerDifference(
  { sample }: Written,
  seen: WireRecord,
  expect: (what: string, wanted: Base64 | null, got: Base64 | null) => string | undefined,
): string | undefined {
  const names = (record: WireRecord): string => record.headers.map(([name]) => name).join(',')
  if (names(sample.record) !== names(seen))
    return `${sample.id}: headers are [${names(seen)}], [${names(sample.record)}] were written`
  for (const [index, [name, value]] of sample.record.headers.entries()) {
    const difference = expect(`header ${name}`, value, seen.headers[index]?.[1] ?? null)
    if (difference !== undefined) return difference
  }
  return undefined
}

function timestampDifference(
  { sample, window }: Written,
  { timestamp }: WireRecord,
): string | undefined {
  const [fromMs, toMs] = window ?? [sample.record.timestamp, sample.record.timestamp]
  if (timestamp >= fromMs && timestamp <= toMs) return undefined
  return `${sample.id}: timestamp is ${timestamp}, wanted ${fromMs}${fromMs === toMs ? '' : ` to ${toMs}`}`
}

function show(bytes: Base64 | null): string {
  const text = fromBase64(bytes)
  if (text === null) return 'null'
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
