/**
 * The records that both directions write: keys, values and headers that are there, empty or null, in
 * a pattern that a reader can tell from the number of the record alone. SampleRecords.java, which
 * writes them through Apache's client, follows the same pattern.
 */
import type { SimpleRecord } from '@ottla/records'

export interface SampleRecord {
  readonly key: string | null
  readonly value: string | null
  readonly timestamp: number
  readonly headers: readonly { readonly key: string; readonly value: string | null }[]
}

export function sampleRecord(index: number, baseTimestamp: number): SampleRecord {
  return {
    key: index % 7 === 0 ? null : `key-${index}`,
    value: index % 11 === 0 ? null : `value-${index}-${'x'.repeat((index * 31) % 400)}`,
    timestamp: baseTimestamp + index,
    headers:
      index % 5 === 0 ? [{ key: 'h', value: index % 10 === 0 ? null : `header-${index}` }] : [],
  }
}

export function toSimpleRecord(record: SampleRecord): SimpleRecord {
  return {
    key: bytesOf(record.key),
    value: bytesOf(record.value),
    timestamp: record.timestamp,
    headers: record.headers.map(({ key, value }) => ({ key, value: bytesOf(value) })),
  }
}

/** A record that was read back, in the form of a sample. */
export function toSampleRecord(record: {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly timestamp: number
  readonly headers: readonly { readonly key: string; readonly value: Buffer | null }[]
}): SampleRecord {
  return {
    key: record.key?.toString() ?? null,
    value: record.value?.toString() ?? null,
    timestamp: record.timestamp,
    headers: record.headers.map(({ key, value }) => ({ key, value: value?.toString() ?? null })),
  }
}

function bytesOf(text: string | null): Buffer | null {
  return text === null ? null : Buffer.from(text)
}
