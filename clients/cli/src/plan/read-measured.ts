/**
 * Rates of one partition from files of `ottla perf … --json`. Of several measurements the slowest counts: a
 * partition has to be written and read.
 */
import { UsageError } from '../parse/usage-error.ts'
import { PERF_SCHEMA, type PerfResult } from '../perf/perf-result.ts'
import type { Measured } from './plan-partitions.ts'

export interface MeasuredFile {
  readonly name: string
  readonly text: string
}

/** Throws a UsageError for a file that is not of that kind. */
export function readMeasured(files: readonly MeasuredFile[]): Measured | undefined {
  if (files.length === 0) return undefined
  const rates = files.map(readFile)
  return {
    megabytesPerSecond: Math.min(...rates.map((rate) => rate.megabytesPerSecond)),
    messagesPerSecond: Math.min(...rates.map((rate) => rate.messagesPerSecond)),
    source: files.map(({ name }) => name).join(', '),
  }
}

function readFile({ name, text }: MeasuredFile): Omit<Measured, 'source'> {
  const refuse = (why: string): never => {
    throw new UsageError(
      `Cannot use the measurements in "${name}": ${why}. Make them with "ottla perf produce --json > ${name}"`,
    )
  }
  const result = parse(text) ?? refuse('it is no JSON object')
  if (result.schema !== PERF_SCHEMA) refuse(`its schema is not ${PERF_SCHEMA}`)
  if (result.kind === 'e2e') {
    refuse(
      'an end-to-end run sends one record at a time and says nothing of how much a partition carries',
    )
  }
  const { megabytesPerSecond, recordsPerSecond, partitions } = result
  if (!isRate(megabytesPerSecond) || !isRate(recordsPerSecond) || !isRate(partitions)) {
    return refuse('its rates are missing')
  }
  return {
    megabytesPerSecond: megabytesPerSecond / partitions,
    messagesPerSecond: recordsPerSecond / partitions,
  }
}

function parse(text: string): Partial<PerfResult> | undefined {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function isRate(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0
}
