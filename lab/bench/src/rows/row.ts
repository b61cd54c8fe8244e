/** A row of the comparison: one workload and what is read from it. */
import type { Contestant, LoadFigures } from '../contestant.ts'
import type { Scale } from '../options.ts'

export interface Goal {
  /** `ratio` compares A with B; `value` is for A alone, in the metric's unit. */
  readonly of: 'ratio' | 'value'
  readonly limit: number
}

export interface Metric {
  readonly name: string
  readonly unit: string
  readonly better: 'higher' | 'lower'
  readonly goal?: Goal
}

export interface RowContext {
  readonly contestant: Contestant
  readonly scale: Scale
  /** True once per row and side: read everything back and look at every byte. */
  readonly isVerified: boolean
}

export interface RowFigures {
  readonly values: Readonly<Record<string, number>>
  readonly loads: readonly LoadFigures[]
}

export interface Row {
  readonly name: string
  readonly about: string
  readonly metrics: readonly Metric[]
  run(context: RowContext): Promise<RowFigures>
}

const BYTES_PER_GB = 1e9
const BYTES_PER_MB = 1e6

/** Throughput and the broker's processor time, as every row under full load shows them. */
export function loadMetrics(goals: {
  readonly throughput: number
  readonly cpu: number
}): readonly Metric[] {
  return [
    {
      name: 'records',
      unit: '1000/s',
      better: 'higher',
      goal: { of: 'ratio', limit: goals.throughput },
    },
    { name: 'bytes', unit: 'MB/s', better: 'higher' },
    {
      name: 'broker CPU',
      unit: 's/GB',
      better: 'lower',
      goal: { of: 'ratio', limit: goals.cpu },
    },
  ]
}

export function loadValues(figures: LoadFigures): Record<string, number> {
  const { window, brokerCpuSeconds } = figures
  return {
    records: window.records / window.seconds / 1000,
    bytes: window.bytes / window.seconds / BYTES_PER_MB,
    'broker CPU': (brokerCpuSeconds / window.bytes) * BYTES_PER_GB,
  }
}
